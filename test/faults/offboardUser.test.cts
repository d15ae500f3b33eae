import type { IDataObject } from 'n8n-workflow';

import type { CredentialData } from '../harness/credentials.cts';
import type { Execution } from '../harness/engine.cts';
import { byId, json, NODE_NAME, runNode } from '../harness/runNode.cts';
import { credentialOf, SUBJECTS } from '../harness/subjects.cts';
import {
	crowdPerson,
	SEED,
	SERVICE_NAMES,
	startSimulators,
	type ServiceName,
	type Simulators,
} from '../simulators/index.cts';
import { disagreements, statesOf, type Item, type Outcome } from './agreement.cts';
import { SEED_OF_CHANCE } from './seed.cts';

const PEOPLE = 200;

let simulators: Simulators;

beforeEach(async () => {
	simulators = await startSimulators({ crowd: PEOPLE });
});

afterEach(async () => await simulators.close());

/** Everybody at every service, by nothing but the email. */
async function offboard(input: IDataObject[], options: IDataObject): Promise<Execution> {
	const credentials = SERVICE_NAMES.map((name) => credentialOf(name, simulators[name].baseUrl));
	return await runNode({
		node: 'offboardUser',
		parameters: {
			services: [...SERVICE_NAMES],
			email: '={{ $json.email }}',
			aitronosOrganizationId: byId(SEED.aitronos.organizationId),
			aitronosTransferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
			options: { safetyLimit: 0, timeout: 5, ...options },
		},
		credentials: Object.assign({}, ...credentials) as CredentialData,
		settings: { onError: 'continueRegularOutput' },
		input,
	});
}

/** What came out for each person at one service, as the service's own node would put it out. */
function outcomesAt(service: ServiceName, execution: Execution): Map<number, Outcome[]> {
	const outcomes = new Map<number, Outcome[]>();
	for (const { json: person, pairedItem } of execution.output(NODE_NAME).flat()) {
		const { item } = pairedItem as { item: number };
		const entries = (person.services as IDataObject[])
			.filter((entry) => entry.service === service)
			.map(
				(entry): Outcome =>
					'reason' in entry
						? {
								branch: 'failed',
								json: { error: entry.message, details: entry, employee: item } as IDataObject,
							}
						: { branch: 'done', json: entry },
			);
		outcomes.set(item, [...(outcomes.get(item) ?? []), ...entries]);
	}
	return outcomes;
}

it.each([0, 1])(
	`loses none of ${PEOPLE} people in bad weather with %d Parallel Requests (seed ${SEED_OF_CHANCE})`,
	async (parallelRequests) => {
		const input = Array.from({ length: PEOPLE }, (_, number) => crowdPerson(number));
		const before = SERVICE_NAMES.map((name) => statesOf(simulators[name]));
		for (const [index, name] of SERVICE_NAMES.entries()) {
			simulators[name].weather({ seed: SEED_OF_CHANCE + index, share: 0.3 });
		}
		const execution = await offboard(
			input.map(({ email }) => ({ email })),
			{ ifAlreadyDeactivated: 'succeed', parallelRequests },
		);

		for (const [index, name] of SERVICE_NAMES.entries()) {
			const items = input.map(({ email }, number): Item => {
				const id = SUBJECTS[name].idOf(number);
				return { id, isNobody: false, json: { email, employee: number } };
			});
			const problems = disagreements(
				items,
				outcomesAt(name, execution),
				before[index] ?? new Map(),
				statesOf(simulators[name]),
				() => false,
			);
			expect([name, problems]).toEqual([name, []]);
			expect(simulators[name].violations).toEqual([]);
			expect(simulators[name].requests.some(({ fault }) => fault !== undefined)).toBe(true);
		}
		const [people = []] = json(execution);
		expect(people.filter(({ complete }) => complete === true)).toHaveLength(PEOPLE);
	},
	60_000,
);

it('keeps on at the others when one service is down for good', async () => {
	const input = Array.from({ length: PEOPLE }, (_, number) => crowdPerson(number));
	simulators.zitadel.next({ kind: 'cutBefore' }, { times: Infinity });
	const execution = await offboard(
		input.map(({ email }) => ({ email })),
		{},
	);
	const done = Object.fromEntries(SERVICE_NAMES.map((name) => [name, 'deactivated']));
	expect(json(execution)).toEqual([
		input.map(({ email }) =>
			expect.objectContaining({
				email,
				...done,
				zitadel: 'failed',
				error: expect.stringContaining('ZITADEL failed: The connection was lost') as string,
			}),
		),
	]);
}, 60_000);
