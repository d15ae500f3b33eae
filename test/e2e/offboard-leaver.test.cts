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
import { SERVICE_NAMES, STAFF, startSimulators, UNKNOWN_EMAIL } from '../simulators/index.cts';
import type { Simulators } from '../simulators/index.cts';
import { OFFBOARD_USER_WORKFLOW_ID, offboardUserWorkflow } from './offboardUser.cts';
import {
	GUARDS,
	GUARDS_WORKFLOW_ID,
	guardsWorkflow,
	LOOP_WORKFLOW_ID,
	loopWorkflow,
} from './guards.cts';

/** The packed package in each real n8n, with the example workflow as shipped. */

jest.setTimeout(10 * 60 * 1000);

const leaver = STAFF.leaver.email;

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

	test('sends who is not finished along the error output, with what came in', async () => {
		simulators.reset();
		simulators.awork.next({ kind: 'status', status: 403 }, { times: 99 });
		const people = [leaver, UNKNOWN_EMAIL, STAFF.lastAdmin.email];
		await instance.importWorkflow(offboardUserWorkflow(people));
		const execution = await instance.execute(OFFBOARD_USER_WORKFLOW_ID);
		expect(itemsOf(execution, 'Offboard User')).toEqual([]);
		const done = { langdock: 'deactivated', odeus: 'deactivated', aitronos: 'deactivated' };
		expect(itemsOf(execution, 'Offboard User', 1)).toMatchObject([
			{
				email: leaver,
				error: `${leaver} was deactivated at Langdock, Odeus, Aitronos and ZITADEL. awork failed: no permission.`,
				details: {
					email: leaver,
					complete: false,
					...done,
					zitadel: 'deactivated',
					awork: 'failed',
				},
			},
			{ email: UNKNOWN_EMAIL, details: { zitadel: 'failed' } },
			// ZITADEL knows no last admin.
			{ email: STAFF.lastAdmin.email, details: { langdock: 'failed', zitadel: 'deactivated' } },
		]);

		simulators.awork.reset();
		const again = await instance.execute(OFFBOARD_USER_WORKFLOW_ID);
		expect(itemsOf(again, 'Offboard User')).toMatchObject([
			{ email: leaver, complete: true, zitadel: 'alreadyDeactivated', awork: 'deactivated' },
		]);
		expect(itemsOf(again, 'Offboard User')[0]).not.toHaveProperty('error');
	});

	test('refuses whom it must not touch, and touches nobody', async () => {
		simulators.reset();
		await instance.importWorkflow(guardsWorkflow());
		const execution = await instance.execute(GUARDS_WORKFLOW_ID);
		for (const [name, service, , reason] of GUARDS) {
			const items = itemsOf(execution, name);
			// Two people come in, so two items come out, whatever happens to them.
			expect([name, items]).toEqual([
				name,
				[0, 1].map(() =>
					expect.objectContaining({ details: expect.objectContaining({ service, reason }) }),
				),
			]);
		}
		for (const service of SERVICE_NAMES) {
			expect(simulators[service].account(leaver)?.state).toBe('active');
			expect(simulators[service].violations).toEqual([]);
		}
	});

	test('stops at the safety limit, also in a loop of one person each', async () => {
		simulators.reset();
		await instance.importWorkflow(loopWorkflow());
		const execution = await instance.execute(LOOP_WORKFLOW_ID);
		expect(itemsOf(execution, 'One at Most')).toEqual([
			expect.objectContaining({ email: leaver, outcome: 'deactivated' }),
			expect.objectContaining({
				details: expect.objectContaining({ reason: 'safetyLimit' }),
			}),
		]);
		expect(simulators.awork.account(STAFF.colleague.email)?.state).toBe('active');
	});
});
