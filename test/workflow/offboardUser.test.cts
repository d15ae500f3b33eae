import type { IDataObject, INode } from 'n8n-workflow';

import type { CredentialData } from '../harness/credentials.cts';
import { byId, json, NODE_NAME, runNode, startNode, type NodeRun } from '../harness/runNode.cts';
import { startSilentServer } from '../harness/silentServer.cts';
import { credentialOf } from '../harness/subjects.cts';
import {
	SEED,
	SERVICE_NAMES,
	STAFF,
	startSimulators,
	UNKNOWN_EMAIL,
	type ServiceName,
	type Simulators,
} from '../simulators/index.cts';

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterEach(() => {
	for (const name of SERVICE_NAMES) expect(simulators[name].violations).toEqual([]);
	simulators.reset();
});

afterAll(async () => await simulators.close());

const credentialAt = (name: ServiceName) => credentialOf(name, simulators[name].baseUrl);

const AT_AITRONOS = {
	aitronosOrganizationId: byId(SEED.aitronos.organizationId),
	aitronosTransferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
};

interface Run {
	at?: readonly ServiceName[];
	people?: ReadonlyArray<string | IDataObject>;
	parameters?: INode['parameters'];
	options?: INode['parameters'];
	settings?: NodeRun['settings'];
	credentials?: CredentialData;
}

const leaver: string = STAFF.leaver.email;
const colleague: string = STAFF.colleague.email;

function nodeRun(run: Run): NodeRun {
	const { at = SERVICE_NAMES, people = [leaver], options = {} } = run;
	return {
		node: 'offboardUser',
		parameters: {
			email: '={{ $json.email }}',
			services: [...at],
			...(at.includes('aitronos') && AT_AITRONOS),
			...run.parameters,
			options,
		},
		credentials: run.credentials ?? (Object.assign({}, ...at.map(credentialAt)) as CredentialData),
		input: people.map((person) => (typeof person === 'string' ? { email: person } : person)),
		settings: run.settings ?? { onError: 'continueErrorOutput' },
	};
}

/** With the error output, unless told otherwise: who is finished, and who is not. */
async function offboard(run: Run = {}) {
	const [done = [], failed = []] = json(await runNode(nodeRun(run)));
	return { done, failed };
}

/** What the table shows of a person at each service. */
const columnsOf = (person: IDataObject = {}) =>
	Object.fromEntries(
		SERVICE_NAMES.filter((name) => name in person).map((name) => [name, person[name]]),
	);
const everywhere = (outcome: string) =>
	Object.fromEntries(SERVICE_NAMES.map((name) => [name, outcome]));
const states = (email = leaver) =>
	Object.fromEntries(SERVICE_NAMES.map((name) => [name, simulators[name].account(email)?.state]));
const cut = (name: ServiceName) =>
	simulators[name].next({ kind: 'status', status: 503 }, { times: 1_000 });

it('takes all access away in one step, and repeats nothing on a second run', async () => {
	const { done, failed } = await offboard();
	expect(failed).toEqual([]);
	expect(done).toEqual([
		{
			email: leaver,
			complete: true,
			summary: `${leaver} was deactivated at Langdock, Odeus, Aitronos, ZITADEL, awork and scim.`,
			...everywhere('deactivated'),
			services: SERVICE_NAMES.map((service) => expect.objectContaining({ service }) as object),
		},
	]);
	expect(states()).toEqual(everywhere('deactivated'));

	const again = await offboard();
	expect(again.done).toMatchObject([{ complete: true, ...everywhere('alreadyDeactivated') }]);
	expect(again.done[0]?.summary).toMatch(/has no active account at Langdock and Odeus, and was/);
	expect(JSON.stringify(again)).not.toContain('"changed":true');
});

it('puts out the same records as the nodes of the services', async () => {
	const { done } = await offboard({ at: ['zitadel'], options: { endSessions: true } });
	const [ours] = done[0]?.services as IDataObject[];
	simulators.reset();
	const execution = await runNode({
		node: 'zitadel',
		parameters: {
			authentication: 'personalAccessToken',
			userId: { __rl: true, mode: 'email', value: leaver },
			options: { endSessions: true },
		},
		credentials: credentialAt('zitadel'),
	});
	// When, and the number that the service gives to the change, are others.
	const fields = (record?: IDataObject) => ({ ...record, timestamp: '', response: '' });
	expect(fields(ours)).toEqual(fields(json(execution)[0]?.[0]));
	expect(ours?.sessionsEnded).toBeGreaterThan(0);
});

describe('when a service fails', () => {
	const people = [leaver, colleague];
	const failing = (email: string) =>
		`${email} was deactivated at Langdock, Odeus, Aitronos, awork and scim. ZITADEL failed: not available at the moment.`;
	const person = {
		email: leaver,
		complete: false,
		summary: failing(leaver),
		...everywhere('deactivated'),
		zitadel: 'failed',
	};
	const run = (settings: NodeRun['settings']) =>
		nodeRun({ people, settings, options: { maxRetries: 0 } });

	beforeEach(() => cut('zitadel'));
	afterEach(() => {
		const expected = { ...everywhere('deactivated'), zitadel: 'active' };
		expect([states(leaver), states(colleague)]).toEqual([expected, expected]);
	});

	it('finishes the others, then stops and says who is done where', async () => {
		const { error } = await runNode(run({}));
		expect(error).toMatchObject({
			message: `Not finished: 2 of 2 people. ${failing(leaver)} ${failing(colleague)}`,
			description: expect.stringContaining('ZITADEL: Try again later') as string,
		});
	});

	it('sends who is not finished along the error output, with what came in', async () => {
		const [done, failed] = json(await runNode(run({ onError: 'continueErrorOutput' })));
		expect(done).toEqual([]);
		expect(failed).toMatchObject([
			{ email: leaver, error: failing(leaver), details: person },
			{ email: colleague, error: failing(colleague) },
		]);
	});

	it('goes on with everybody, each with what the table needs', async () => {
		const output = json(await runNode(run({ onError: 'continueRegularOutput' })));
		expect(output).toMatchObject([
			[
				{
					...person,
					error: failing(leaver),
					services: [{}, {}, {}, { reason: 'unavailable' }, {}, {}],
				},
				{ email: colleague, error: failing(colleague) },
			],
		]);
	});
});

it('finishes what was left when it is run again, by Retry On Fail too', async () => {
	cut('awork');
	await offboard({ options: { maxRetries: 0 } });
	simulators.awork.reset();
	simulators.awork.next({ kind: 'status', status: 503 }, { times: 1 });
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const { done } = await offboard({ settings, options: { maxRetries: 0 } });
	expect(done.map(columnsOf)).toEqual([
		{ ...everywhere('alreadyDeactivated'), awork: 'deactivated' },
	]);
});

it('works on many people, each of whom comes out once and with their input', async () => {
	const people = [
		leaver,
		UNKNOWN_EMAIL,
		colleague,
		STAFF.lastAdmin.email,
		'no address',
		STAFF.deactivated.email,
	];
	const execution = await runNode(nodeRun({ people }));
	const [done = [], failed = []] = execution.output(NODE_NAME);
	expect(done.map(({ json: { email } }) => email)).toEqual([
		leaver,
		colleague,
		STAFF.deactivated.email,
	]);
	expect([...done, ...failed].map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 2, 5, 1, 3, 4].map((item) => ({ item })),
	);
	expect(failed.map(({ json: { error } }) => error)).toEqual([
		`${UNKNOWN_EMAIL} was not deactivated: No service knows the email '${UNKNOWN_EMAIL}'. Is it right?`,
		expect.stringMatching(
			/^ada\.min@example\.org was deactivated at ZITADEL and scim\. Langdock, Odeus/,
		),
		"no address was not deactivated: 'Email' is not an email address.",
	]);
});

it('counts people alike for all services, whatever is wrong with the fields of one', async () => {
	const people = [leaver, colleague, STAFF.invitee.email];
	const { failed } = await offboard({
		people: people.map((email, index) => ({ email, org: index === 0 ? 'acme' : 'org_acme' })),
		parameters: { aitronosOrganizationId: byId('={{ $json.org }}') },
		options: { safetyLimit: 2 },
	});
	expect(failed).toHaveLength(3);
	for (const name of SERVICE_NAMES) expect(simulators[name].requests).toEqual([]);
});

it('begins nothing new when the execution is canceled', async () => {
	const silent = await startSilentServer();
	const { baseUrl } = silent;
	const running = startNode(
		nodeRun({
			at: ['langdock'],
			people: Array.from({ length: 40 }, (_, index) => `person.${index}@example.org`),
			options: { safetyLimit: 0 },
			settings: {},
			credentials: { langdockAdminApi: { baseUrl, apiKey: SEED.langdock.secrets.valid } },
		}),
	);
	await silent.asked;
	running.cancel();
	const { status } = await running.result;
	silent.close();
	expect(status).toBe('canceled');
	expect(silent.requests()).toBeLessThanOrEqual(10);
});
