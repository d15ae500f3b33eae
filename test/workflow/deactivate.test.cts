import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';

import { json, NODE_NAME, runNode, type NodeRun } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { credentialOf, OF_ITEM, SUBJECTS } from '../harness/subjects.cts';
import {
	SEED,
	SERVICE_NAMES,
	STAFF,
	startSimulators,
	UNKNOWN_EMAIL,
	type ServiceName,
	type Simulators,
} from '../simulators/index.cts';

/** What n8n's engine does around a node: items, expressions, branches, retries of the whole node. */

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterEach(() => simulators.reset());
afterAll(async () => await simulators.close());

const PEOPLE = [STAFF.leaver.email, STAFF.colleague.email];
const toErrorBranch = { onError: 'continueErrorOutput' } as const;

/** Deactivates the users that the fields of the input items name. */
const run = async (service: ServiceName, input: IDataObject[], rest: Partial<NodeRun> = {}) =>
	await runNode({
		node: service,
		credentials: credentialOf(service, simulators[service].baseUrl),
		input,
		...rest,
		parameters: {
			...SUBJECTS[service].parameters(OF_ITEM.id),
			options: { ifAlreadyDeactivated: 'succeed', maxRetries: 0, parallelRequests: 1 },
			...rest.parameters,
		},
	});

describe.each(SERVICE_NAMES)('%s', (service) => {
	const items = () =>
		PEOPLE.map((email) => ({ id: String(simulators[service].account(email)?.id), email }));
	const states = () => PEOPLE.map((email) => simulators[service].account(email)?.state);
	const secrets = [SEED[service].secrets.valid];

	it('deactivates the user of each item, and may run again', async () => {
		const execution = await run(service, items());
		const record = { service, operation: 'deactivate', outcome: 'deactivated', changed: true };
		expect(json(execution)).toMatchObject([[record, record]]);
		expect(execution.output(NODE_NAME)[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(states()).toEqual(['deactivated', 'deactivated']);
		const already = { outcome: 'alreadyDeactivated', changed: false };
		expect(json(await run(service, items()))).toMatchObject([[already, already]]);
		expect(simulators[service].violations).toEqual([]);
	});

	it('sends what fails to the error branch, merged with its input', async () => {
		const body = { message: secrets[0], description: secrets[0], error: { message: secrets[0] } };
		simulators[service].next({ kind: 'status', status: 403, body }, SUBJECTS[service].change);
		const [first = {}, second = {}] = items();
		const input = [{ ...first, employee: 7 }, second];
		const execution = await run(service, input, { settings: toErrorBranch });
		const details = { item: 0, service, operation: 'deactivate', reason: 'forbidden' };
		const error = expect.stringContaining("doesn't have permission to deactivate") as string;
		expect(json(execution)).toMatchObject([
			[{ outcome: 'deactivated' }],
			[{ ...input[0], error, details: { ...details, httpCode: '403' } }],
		]);
		expect(findSecrets(execution.output(NODE_NAME), secrets)).toEqual([]);
		expect(states()).toEqual(['active', 'deactivated']);
	});

	it('stops with an error that says what was already done', async () => {
		const nobody = { id: SUBJECTS[service].nobody(1), email: UNKNOWN_EMAIL };
		const [first = {}] = items();
		const options = { ifAlreadyDeactivated: 'fail', parallelRequests: 1 };
		const { error } = await run(service, [first, nobody], { parameters: { options } });
		expect(error?.name).toBe(NodeApiError.name);
		expect(error?.message).toMatch(/\. Already done in this run: '.+' \(deactivated\)\.$/);
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(findSecrets(error, secrets)).toEqual([]);
	});
});

it('keeps what was done under Retry On Fail, which runs all items again', async () => {
	const { leaver, colleague } = SEED.zitadel.accounts;
	const path = new RegExp(`/${colleague.userId}/deactivate$`);
	simulators.zitadel.next({ kind: 'status', status: 403 }, { path });
	const execution = await run('zitadel', [{ id: leaver.userId }, { id: colleague.userId }], {
		// The shortest wait that n8n does not take for its default.
		settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	});
	expect(json(execution)).toMatchObject([
		[
			{ outcome: 'deactivated', changed: true },
			{ outcome: 'deactivated', changed: true },
		],
	]);
});

describe('an expression', () => {
	const NOTHING = '={{ $json.no.such.thing }}';
	const empty = 'has no value: its expression returns nothing';
	const broken = "has an expression that can't be evaluated";
	const input = [{ id: SEED.zitadel.accounts.leaver.userId, email: STAFF.leaver.email }];
	const userIs = (value: string): INode['parameters'] => ({
		userId: { __rl: true, mode: 'id', value },
	});

	it.each<[string, INode['parameters'], string]>([
		['for the user that returns nothing', userIs(NOTHING), `'User' ${empty}`],
		['for the user that returns an object', userIs('={{ ($json) }}'), `'User' must be`],
		['that ends too soon', userIs('={{ $json.'), `'User' ${broken}`],
		['with an unknown node', userIs('={{ $("No such node").item.json }}'), `'User' ${broken}`],
		...(
			[
				['dryRun', 'Dry Run'],
				['ifNotFound', 'If Not Found'],
				['protectedUsers', 'Protected Users'],
				['safetyLimit', 'Safety Limit'],
			] as const
		).map(([name, label]): [string, INode['parameters'], string] => [
			`for ${label} that returns nothing`,
			{ options: { [name]: NOTHING } },
			`'${label}' ${empty}`,
		]),
	])('%s is refused, and nothing is sent', async (_, parameters, said) => {
		const message = expect.stringContaining(said) as string;
		const refused = [[], [{ error: message, details: { reason: 'invalidInput' } }]];
		const execution = await run('zitadel', input, { parameters, settings: toErrorBranch });
		expect(json(execution)).toMatchObject(refused);
		if ('options' in parameters) {
			const person = { services: ['zitadel'], email: '={{ $json.email }}' };
			const offboarding = await run('zitadel', input, {
				node: 'offboardUser',
				parameters: { ...person, ...parameters },
				settings: toErrorBranch,
			});
			expect(json(offboarding)).toMatchObject(refused);
		}
		expect(simulators.zitadel.requests).toEqual([]);
	});
});
