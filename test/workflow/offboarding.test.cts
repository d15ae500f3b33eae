import type { INode } from 'n8n-workflow';

import type { CredentialData } from '../harness/credentials.cts';
import {
	START_TYPE,
	startWorkflow,
	type Execution,
	type WorkflowJson,
} from '../harness/engine.cts';
import { credentialOf, OF_ITEM, SUBJECTS } from '../harness/subjects.cts';
import { SERVICE_NAMES, STAFF, startSimulators, type Simulators } from '../simulators/index.cts';

const { email } = STAFF.leaver;

const START: INode = {
	id: 'Start',
	name: 'Start',
	type: START_TYPE,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** One node of each service, side by side, as somebody in the editor would set them. */
const workflow: WorkflowJson = {
	nodes: [
		START,
		...SERVICE_NAMES.map((service, index): INode => {
			const { credentialType, parameters } = SUBJECTS[service];
			return {
				...START,
				id: service,
				name: service,
				type: `n8n-nodes-offboarding.${service}`,
				position: [200, index * 160],
				onError: 'continueErrorOutput',
				parameters: {
					...parameters(OF_ITEM.email),
					resource: 'user',
					operation: 'deactivate',
					options: { ifAlreadyDeactivated: 'succeed' },
				},
				credentials: { [credentialType]: { id: credentialType, name: credentialType } },
			};
		}),
	],
	connections: {
		Start: { main: [SERVICE_NAMES.map((node) => ({ node, type: 'main' as const, index: 0 }))] },
	},
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
	await startWorkflow(workflow, [{ json: { email } }], data).result;

/** The branch that each service's node sent its item to, and what was on it. */
function outcomes(execution: Execution) {
	return SERVICE_NAMES.map((name) => {
		const [succeeded = [], failed = []] = execution.output(name);
		expect(succeeded.length + failed.length).toBe(1);
		return succeeded[0]?.json.outcome ?? failed[0]?.json.details;
	});
}

const states = () => SERVICE_NAMES.map((service) => simulators[service].account(email)?.state);

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
