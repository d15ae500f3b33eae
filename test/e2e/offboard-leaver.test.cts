import { disagreements, runPass, violationsOf } from '../host/agreement.cts';
import { temporaryFolder } from '../host/cleanup.cts';
import { itemsOf } from '../host/execution.cts';
import { HOST_NAMES, installHost } from '../host/install.cts';
import { Instance } from '../host/instance.cts';
import {
	credentialsFor,
	exampleWorkflow,
	LEAVER_WORKFLOW_ID,
	UNDO_WORKFLOW_ID,
} from '../host/offboarding.cts';
import { packPackage } from '../host/pack.cts';
import { STAFF, startSimulators } from '../simulators/index.cts';
import type { Simulators } from '../simulators/index.cts';
import { LOOP_WORKFLOW_ID, loopWorkflow } from './loop.cts';

/** The packed package in each real n8n, with the example workflow as shipped. */

jest.setTimeout(10 * 60 * 1000);

describe.each(HOST_NAMES)('in the %s n8n', (hostName) => {
	let simulators: Simulators;
	let instance: Instance;
	const tarballFolder = temporaryFolder();

	beforeAll(async () => {
		const host = await installHost(hostName);
		simulators = await startSimulators();
		instance = await Instance.create(host);
		await instance.importCredentials(credentialsFor(simulators));
		await instance.installPackage(await packPackage(tarballFolder.folder));
		for (const id of [LEAVER_WORKFLOW_ID, UNDO_WORKFLOW_ID]) {
			await instance.importWorkflow(exampleWorkflow(id, { dryRun: false }));
		}
	});

	afterAll(async () => {
		await simulators.close();
		instance.remove();
		tarballFolder.remove();
	});

	test.each([
		['deactivates the leaver at all services, and nobody else', 'deactivated'],
		['says that nothing was left to do when it runs again', 'alreadyDeactivated'],
		['gives the access back with the workflow that undoes it', 'reactivated'],
	] as const)('%s', async (_, expected) => {
		const pass = await runPass(instance, simulators, expected);
		expect(disagreements(pass)).toEqual([]);
		expect(violationsOf(simulators)).toEqual([]);
	});

	test('only says what would happen as it is shipped', async () => {
		simulators.reset();
		await instance.importWorkflow(exampleWorkflow(LEAVER_WORKFLOW_ID));
		expect(disagreements(await runPass(instance, simulators, 'wouldDeactivate'))).toEqual([]);
	});

	test('stops at the safety limit, also in a loop of one person each', async () => {
		simulators.reset();
		await instance.importWorkflow(loopWorkflow());
		const execution = await instance.execute(LOOP_WORKFLOW_ID);
		expect(itemsOf(execution, 'One at Most')).toEqual([
			expect.objectContaining({ email: STAFF.leaver.email, outcome: 'deactivated' }),
			expect.objectContaining({
				details: expect.objectContaining({ reason: 'safetyLimit' }),
			}),
		]);
		expect(simulators.awork.account(STAFF.colleague.email)?.state).toBe('active');
	});
});
