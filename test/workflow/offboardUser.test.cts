import type { IDataObject, INode } from 'n8n-workflow';

import type { CredentialData } from '../harness/credentials.cts';
import { byId, json, NODE_NAME, runNode, startNode, type NodeRun } from '../harness/runNode.cts';
import { startSilentServer } from '../harness/silentServer.cts';
import { credentialOf, LOOK_UP } from '../harness/subjects.cts';
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
	operation?: string;
	at?: readonly ServiceName[];
	people?: ReadonlyArray<string | IDataObject>;
	parameters?: INode['parameters'];
	options?: IDataObject;
	settings?: NodeRun['settings'];
	credentials?: CredentialData;
}

const leaver: string = STAFF.leaver.email;
const colleague: string = STAFF.colleague.email;

function nodeRun(run: Run): NodeRun {
	const { operation = 'deactivate', at = SERVICE_NAMES, people = [leaver], options = {} } = run;
	return {
		node: 'offboardUser',
		parameters: {
			operation,
			email: '={{ $json.email }}',
			services: [...at],
			...(at.includes('aitronos') && AT_AITRONOS),
			...run.parameters,
			options: options as INode['parameters'],
		},
		credentials: run.credentials ?? (Object.assign({}, ...at.map(credentialAt)) as CredentialData),
		input: people.map((person) => (typeof person === 'string' ? { email: person } : person)),
		settings: run.settings ?? { onError: 'continueErrorOutput' },
	};
}

/** With the error output, unless told otherwise: who is finished, and who is not. */
async function offboard(run: Run = {}) {
	const [done = [], failed = []] = json(await runNode(nodeRun(run)));
	const details = failed.map((item) => item.details as IDataObject);
	return { done, failed, details };
}

/** What the table shows of a person at each service. */
const columnsOf = (person: IDataObject = {}) =>
	Object.fromEntries(
		SERVICE_NAMES.filter((name) => name in person).map((name) => [name, person[name]]),
	);
const everywhere = (outcome: string, names: readonly ServiceName[] = SERVICE_NAMES) =>
	Object.fromEntries(names.map((name) => [name, outcome]));
const states = (email = leaver, names: readonly ServiceName[] = SERVICE_NAMES) =>
	Object.fromEntries(names.map((name) => [name, simulators[name].account(email)?.state]));
const nobodyIsAsked = () => {
	for (const name of SERVICE_NAMES) expect(simulators[name].requests).toEqual([]);
};
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

it('asks nothing of services that are not those of the person, and for no credential of theirs', async () => {
	const { done, failed } = await offboard({
		at: ['awork', 'zitadel'],
		people: [
			{ email: leaver, apps: ['awork'] },
			{ email: colleague, apps: ['awork', 'ZITADEL'] },
			{ email: STAFF.invitee.email, apps: ['langdock'] },
			{ email: STAFF.invitee.email },
		],
		options: { onlyTheseServices: '={{ $json.apps }}' },
	});
	expect(done.map(columnsOf)).toEqual([
		{ awork: 'deactivated' },
		{ zitadel: 'deactivated', awork: 'deactivated' },
	]);
	for (const name of ['langdock', 'odeus', 'aitronos'] as const) {
		expect(simulators[name].requests).toEqual([]);
	}
	expect(failed.map(({ error }) => error)).toEqual([
		expect.stringContaining("'Only These Services' can't be used: entry 1"),
		expect.stringContaining("'Only These Services' has no value"),
	]);
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

it('says of each service what happened and what to do', async () => {
	const { details } = await offboard({
		at: ['langdock', 'aitronos', 'awork'],
		parameters: { aitronosOrganizationId: byId("={{ 'acme' }}") },
		credentials: {
			...credentialAt('awork'),
			...credentialAt('aitronos'),
			langdockAdminApi: { baseUrl: simulators.langdock.baseUrl, apiKey: 'nobodys-key' },
		},
	});
	expect(details[0]?.services).toEqual([
		{
			service: 'langdock',
			operation: 'deactivate',
			reason: 'unauthorized',
			message: 'Langdock rejected the credential',
			description: expect.stringContaining('Check the API key in the credential') as string,
			email: leaver,
			httpCode: '401',
			item: 0,
		},
		expect.objectContaining({ service: 'aitronos', reason: 'invalidInput' }),
		expect.objectContaining({ service: 'awork', outcome: 'deactivated' }),
	]);
	expect(details[0]?.summary).toContain("Aitronos failed: 'Organization' must be an ID");
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

describe('safety', () => {
	const people = [leaver, colleague, STAFF.invitee.email];

	it('counts people alike for all services, whatever is wrong with the fields of one', async () => {
		const { failed } = await offboard({
			people: people.map((email, index) => ({ email, org: index === 0 ? 'acme' : 'org_acme' })),
			parameters: { aitronosOrganizationId: byId('={{ $json.org }}') },
			options: { safetyLimit: 2 },
		});
		expect(failed).toHaveLength(3);
		nobodyIsAsked();
	});

	it('touches nobody who is protected', async () => {
		const { details } = await offboard({ options: { protectedUsers: leaver } });
		expect(details).toMatchObject([{ email: leaver, reason: 'protectedUser' }]);
		nobodyIsAsked();
	});

	it('changes nothing in a dry run, which is no failure', async () => {
		const { done } = await offboard({ options: { dryRun: true } });
		expect(done).toMatchObject([
			{ complete: false, dryRun: true, ...everywhere('wouldDeactivate') },
		]);
		expect(states()).toEqual(everywhere('active'));
	});

	it('counts a service without the user as finished only if somebody chose so', async () => {
		const run = { at: LOOK_UP, people: [STAFF.locked.email] };
		const strict = await offboard(run);
		expect(strict.details).toMatchObject([{ zitadel: 'deactivated', awork: 'failed' }]);
		simulators.reset();
		const lenient = await offboard({ ...run, options: { ifNotFound: 'succeed' } });
		expect(columnsOf(lenient.done[0])).toEqual({
			...everywhere('notFound', LOOK_UP),
			zitadel: 'deactivated',
		});
	});
});

it('shows the states of everybody, whatever they are', async () => {
	const people = [leaver, STAFF.deactivated.email, STAFF.locked.email, 'gone@example.org'];
	const { done, failed } = await offboard({ operation: 'get', at: LOOK_UP, people });
	expect(failed).toEqual([]);
	expect(done.map(columnsOf)).toEqual([
		everywhere('active', LOOK_UP),
		everywhere('deactivated', LOOK_UP),
		{ ...everywhere('notFound', LOOK_UP), zitadel: 'locked' },
		everywhere('notFound', LOOK_UP),
	]);
	expect(done.map(({ complete }) => complete)).toEqual([false, true, false, false]);

	cut('awork');
	const everyone = await offboard({
		operation: 'get',
		people: [STAFF.deactivated.email],
		options: { maxRetries: 0 },
	});
	expect(everyone.details.map(columnsOf)).toEqual([
		{ ...everywhere('deactivated'), langdock: 'notAsked', odeus: 'notAsked', awork: 'failed' },
	]);
});

it('gives access back everywhere', async () => {
	await offboard();
	const { done } = await offboard({
		operation: 'reactivate',
		parameters: { langdockRole: 'editor' },
	});
	expect(columnsOf(done[0])).toEqual(everywhere('reactivated'));
	expect(states(leaver, LOOK_UP)).toEqual(everywhere('active', LOOK_UP));
	const again = await offboard({ operation: 'reactivate', at: LOOK_UP });
	expect(columnsOf(again.done[0])).toEqual(everywhere('alreadyActive', LOOK_UP));
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
