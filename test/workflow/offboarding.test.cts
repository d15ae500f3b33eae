import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CredentialData } from '../harness/credentials.cts';
import { startWorkflow, type Execution, type WorkflowJson } from '../harness/engine.cts';
import { credentialOf } from '../harness/subjects.cts';
import { SEED, SERVICE_NAMES, startSimulators, type Simulators } from '../simulators/index.cts';

const workflow = JSON.parse(
	readFileSync(join(__dirname, 'offboarding.workflow.json'), 'utf8'),
) as WorkflowJson;

const { langdock, aitronos, zitadel, awork } = SEED;

/** What an HR system might say of the leaver. */
const leaver = {
	email: langdock.accounts.leaver.email,
	aitronos: {
		organizationId: aitronos.organizationId,
		userId: aitronos.accounts.leaver.userId,
		departmentId: aitronos.departments.transferTarget,
	},
	zitadelUserId: zitadel.accounts.leaver.userId,
	aworkUserId: awork.accounts.leaver.id,
};

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterEach(() => simulators.reset());
afterAll(async () => await simulators.close());

const credentials = (): CredentialData =>
	Object.assign(
		{},
		...SERVICE_NAMES.map((name) => credentialOf(name, simulators[name].baseUrl)),
	) as CredentialData;

const run = async (data = credentials()) =>
	await startWorkflow(workflow, [{ json: leaver }], data).result;

/** The branch that each service's node sent its item to, and what was on it. */
function outcomes(execution: Execution) {
	const nodes = workflow.nodes.slice(1).map(({ name }) => name);
	return nodes.map((name) => {
		const [succeeded = [], failed = []] = execution.output(name);
		expect(succeeded.length + failed.length).toBe(1);
		return succeeded[0]?.json.outcome ?? failed[0]?.json.details;
	});
}

const states = () =>
	SERVICE_NAMES.map((service) => simulators[service].account(leaver.email)?.state);

describe('a workflow with the nodes of all services', () => {
	it('takes the leaver’s access away everywhere, as the simulators confirm', async () => {
		expect(outcomes(await run())).toEqual(SERVICE_NAMES.map(() => 'deactivated'));
		expect(states()).toEqual(SERVICE_NAMES.map(() => 'deactivated'));
		expect(SERVICE_NAMES.flatMap((service) => simulators[service].violations)).toEqual([]);
	});

	it('may run again: nothing fails, and nothing is claimed to have changed', async () => {
		await run();
		expect(outcomes(await run())).toEqual(SERVICE_NAMES.map(() => 'alreadyDeactivated'));
	});

	it.each(SERVICE_NAMES)('goes on with the others if the key of %s is wrong', async (wrong) => {
		const execution = await run({
			...credentials(),
			...credentialOf(wrong, simulators[wrong].baseUrl, 'wrong-key'),
		});
		expect(outcomes(execution)).toEqual(
			SERVICE_NAMES.map((service) =>
				service === wrong
					? (expect.objectContaining({ service, reason: 'unauthorized' }) as unknown)
					: 'deactivated',
			),
		);
		expect(states()).toEqual(
			SERVICE_NAMES.map((service) => (service === wrong ? 'active' : 'deactivated')),
		);
	});
});
