import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CredentialData } from '../harness/credentials.cts';
import { startWorkflow, type Execution, type WorkflowJson } from '../harness/engine.cts';
import { SEED, SERVICE_NAMES, startSimulators, type Simulators } from '../simulators/index.cts';

const workflow = JSON.parse(
	readFileSync(join(__dirname, 'offboarding.workflow.json'), 'utf8'),
) as WorkflowJson;

const { langdock, odeus, aitronos, zitadel, awork } = SEED;

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

const credentials = (): CredentialData => ({
	langdockAdminApi: { baseUrl: simulators.langdock.baseUrl, apiKey: langdock.secrets.valid },
	odeusAdminApi: { baseUrl: simulators.odeus.baseUrl, apiKey: odeus.secrets.valid },
	aitronosAdminApi: {
		baseUrl: simulators.aitronos.baseUrl,
		authentication: 'apiKey',
		apiKey: aitronos.secrets.valid,
	},
	zitadelAdminApi: { baseUrl: simulators.zitadel.baseUrl, accessToken: zitadel.secrets.valid },
	aworkAdminApi: { baseUrl: simulators.awork.baseUrl, apiKey: awork.secrets.valid },
});

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

describe('a workflow with all five nodes', () => {
	it('takes the leaver’s access away everywhere, as the simulators confirm', async () => {
		expect(outcomes(await run())).toEqual(SERVICE_NAMES.map(() => 'deactivated'));
		expect(states()).toEqual(SERVICE_NAMES.map(() => 'deactivated'));
		expect(SERVICE_NAMES.flatMap((service) => simulators[service].violations)).toEqual([]);
	});

	it('may run again: nothing fails, and nothing is claimed to have changed', async () => {
		await run();
		expect(outcomes(await run())).toEqual(SERVICE_NAMES.map(() => 'alreadyDeactivated'));
	});

	it.each([
		['langdock', 'langdockAdminApi', { apiKey: 'wrong-key' }],
		['odeus', 'odeusAdminApi', { apiKey: 'wrong-key' }],
		['aitronos', 'aitronosAdminApi', { apiKey: 'wrong-key' }],
		['zitadel', 'zitadelAdminApi', { accessToken: 'wrong-token' }],
		['awork', 'aworkAdminApi', { apiKey: 'wrong-key' }],
	] as const)(
		'goes on with the other four if the key of %s is wrong',
		async (wrong, type, secret) => {
			const data = { ...credentials() };
			const execution = await run({ ...data, [type]: { ...data[type], ...secret } });
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
		},
	);
});
