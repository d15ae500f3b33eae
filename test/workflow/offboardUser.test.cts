import type { IDataObject, INode } from 'n8n-workflow';

import type { CredentialData } from '../harness/credentials.cts';
import { listSearch } from '../harness/listSearch.cts';
import { byId, NODE_NAME, runNode, startNode, type NodeRun } from '../harness/runNode.cts';
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
	onError?: 'continueErrorOutput' | 'continueRegularOutput';
	credentials?: CredentialData;
}

const leaver = STAFF.leaver.email;
const ALL = SERVICE_NAMES.length;

function nodeRun(run: Run): NodeRun {
	const { operation = 'deactivate', at = SERVICE_NAMES, people = [leaver], options = {} } = run;
	return {
		node: 'offboardUser',
		parameters: {
			operation,
			email: '={{ $json.email }}',
			...Object.fromEntries(at.map((name) => [name, true])),
			...(at.includes('aitronos') && AT_AITRONOS),
			...run.parameters,
			options: options as INode['parameters'],
		},
		credentials: run.credentials ?? (Object.assign({}, ...at.map(credentialAt)) as CredentialData),
		input: people.map((person) => (typeof person === 'string' ? { email: person } : person)),
		settings: run.onError ? { onError: run.onError } : {},
	};
}

async function offboard(run: Run = {}) {
	const execution = await runNode(nodeRun(run));
	const [complete = [], attention = [], failed = []] = execution.error
		? []
		: execution.output(NODE_NAME);
	const asJson = (items: typeof complete) => items.map(({ json }) => json);
	return {
		error: execution.error,
		complete: asJson(complete),
		attention: asJson(attention),
		failed: asJson(failed),
		paired: [...complete, ...attention].map(({ pairedItem }) => pairedItem),
	};
}

const outcomesOf = (person: IDataObject | undefined) =>
	Object.fromEntries(
		((person?.services ?? []) as IDataObject[]).map(({ service, outcome, reason }) => [
			service,
			reason ?? outcome,
		]),
	);
const everywhere = (outcome: string, names: readonly ServiceName[] = SERVICE_NAMES) =>
	Object.fromEntries(names.map((name) => [name, outcome]));
const states = (email = leaver, names: readonly ServiceName[] = SERVICE_NAMES) =>
	Object.fromEntries(names.map((name) => [name, simulators[name].account(email)?.state]));
const nobodyIsAsked = () => {
	for (const name of SERVICE_NAMES) expect(simulators[name].requests).toEqual([]);
};

it('takes all access away in one step, and says so at Complete', async () => {
	const { complete, attention } = await offboard();
	expect(attention).toEqual([]);
	expect(complete).toHaveLength(1);
	const [person] = complete;
	expect(person).toMatchObject({
		email: leaver,
		operation: 'deactivate',
		complete: true,
		total: ALL,
		changed: ALL,
		inWantedState: ALL,
		failed: 0,
	});
	expect(outcomesOf(person)).toEqual(everywhere('deactivated'));
	expect(states()).toEqual(everywhere('deactivated'));
	const [started, finished] = [person?.startedAt, person?.finishedAt].map(String);
	expect(new Date(String(started)).toISOString()).toBe(started);
	expect(new Date(String(finished)).toISOString()).toBe(finished);
});

it('puts out the same records as the nodes of the services', async () => {
	const { complete } = await offboard({ at: ['zitadel'], options: { endSessions: true } });
	const [ours] = complete[0]?.services as IDataObject[];
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
	const theirs = execution.output(NODE_NAME)[0]?.[0]?.json;
	// When, and the number that the service gives to the change, are others.
	const fields = (record?: IDataObject) => ({ ...record, timestamp: '', response: '' });
	expect(fields(ours)).toEqual(fields(theirs));
	expect(ours?.sessionsEnded).toBeGreaterThan(0);
});

it('asks nothing of services that are turned off, and for no credential of theirs', async () => {
	const { complete } = await offboard({ at: ['awork', 'langdock'] });
	expect(outcomesOf(complete[0])).toEqual(everywhere('deactivated', ['langdock', 'awork']));
	for (const name of SERVICE_NAMES.filter((other) => !['awork', 'langdock'].includes(other))) {
		expect(simulators[name].requests).toEqual([]);
	}
});

it('repeats nothing on a second run', async () => {
	await offboard();
	const again = await offboard();
	expect(outcomesOf(again.complete[0])).toEqual(everywhere('alreadyDeactivated'));
	expect(again.complete[0]).toMatchObject({ complete: true, changed: 0, inWantedState: ALL });
});

it('takes an answer that a typing slip gets too for done only if another service knows the address', async () => {
	await offboard();
	const at = ['langdock', 'odeus'] as const;
	const { attention } = await offboard({ at });
	expect(outcomesOf(attention[0])).toEqual(everywhere('notFound', at));
	const { complete } = await offboard({ at: [...at, 'awork'] });
	expect(outcomesOf(complete[0])).toEqual(everywhere('alreadyDeactivated', [...at, 'awork']));
});

describe('when a service fails', () => {
	const cut = (name: ServiceName) =>
		simulators[name].next({ kind: 'status', status: 503 }, { times: 1_000 });

	it.each([undefined, 'continueErrorOutput', 'continueRegularOutput'] as const)(
		'does its work at the others, and loses nothing (On Error: %s)',
		async (onError) => {
			cut('zitadel');
			const { complete, attention, failed } = await offboard({
				...(onError && { onError }),
				people: [leaver, STAFF.colleague.email],
				options: { maxRetries: 0 },
			});
			expect([complete, failed]).toEqual([[], []]);
			expect(attention.map(({ email }) => email)).toEqual([leaver, STAFF.colleague.email]);
			expect(outcomesOf(attention[0])).toEqual({
				...everywhere('deactivated'),
				zitadel: 'unavailable',
			});
			expect(attention[0]).toMatchObject({
				complete: false,
				total: ALL,
				changed: ALL - 1,
				failed: 1,
			});
			expect(states()).toEqual({ ...everywhere('deactivated'), zitadel: 'active' });
		},
	);

	it('finishes what was left when it is run again', async () => {
		cut('awork');
		await offboard({ options: { maxRetries: 0 } });
		simulators.awork.reset();
		const { complete } = await offboard();
		expect(outcomesOf(complete[0])).toEqual({
			...everywhere('alreadyDeactivated'),
			awork: 'deactivated',
		});
	});

	it('says what happened and what to do', async () => {
		const { attention } = await offboard({
			at: ['langdock', 'awork'],
			credentials: {
				...credentialAt('awork'),
				langdockAdminApi: { baseUrl: simulators.langdock.baseUrl, apiKey: 'nobodys-key' },
			},
		});
		expect(attention[0]?.services).toEqual([
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
			expect.objectContaining({ service: 'awork', outcome: 'deactivated' }),
		]);
	});

	it('goes on where fields of one service are wrong', async () => {
		const { attention } = await offboard({
			parameters: { aitronosOrganizationId: byId('acme') },
		});
		expect(outcomesOf(attention[0])).toEqual({
			...everywhere('deactivated'),
			aitronos: 'invalidInput',
		});
		const [, , aitronos] = attention[0]?.services as IDataObject[];
		expect(aitronos?.message).toContain("'Organization'");
	});
});

it('works on many people, each of whom comes out once and with its input', async () => {
	const people = [
		leaver,
		UNKNOWN_EMAIL,
		STAFF.colleague.email,
		STAFF.lastAdmin.email,
		'no address',
		STAFF.deactivated.email,
	];
	const { complete, attention, paired } = await offboard({ people });
	expect(complete.map(({ email }) => email)).toEqual([
		leaver,
		STAFF.colleague.email,
		STAFF.deactivated.email,
	]);
	expect(attention.map(({ email }) => email)).toEqual([
		UNKNOWN_EMAIL,
		STAFF.lastAdmin.email,
		undefined,
	]);
	expect(paired).toEqual([0, 2, 5, 1, 3, 4].map((item) => ({ item })));
	const invalid = attention[2]?.services as IDataObject[];
	for (const { reason, message, item } of invalid) {
		expect(reason).toBe('invalidInput');
		expect(message).toContain("'Email'");
		expect(item).toBe(4);
	}
});

describe('safety', () => {
	const people = [leaver, STAFF.colleague.email, STAFF.invitee.email];

	it('counts people, not accounts', async () => {
		const tooMany = await offboard({ people, options: { safetyLimit: 2 } });
		expect(tooMany.attention.map(outcomesOf)).toEqual(people.map(() => everywhere('safetyLimit')));
		nobodyIsAsked();

		const enough = await offboard({ people: people.slice(0, 2), options: { safetyLimit: 2 } });
		expect(enough.complete).toHaveLength(2);
	});

	it('counts people alike for all services, whatever is wrong with the fields of one', async () => {
		const { attention } = await offboard({
			people: people.map((email, index) => ({ email, org: index === 0 ? 'acme' : 'org_acme' })),
			parameters: {
				aitronosOrganizationId: byId('={{ $json.org }}'),
				odeus: '={{ $json.org === "acme" }}',
			},
			options: { safetyLimit: 2 },
		});
		expect(attention).toHaveLength(3);
		nobodyIsAsked();
	});

	it('touches nobody who is protected', async () => {
		const { attention } = await offboard({ options: { protectedUsers: leaver } });
		expect(outcomesOf(attention[0])).toEqual(everywhere('protectedUser'));
		nobodyIsAsked();
	});

	it('changes nothing in a dry run, and takes nobody for finished', async () => {
		const { complete, attention } = await offboard({ options: { dryRun: true } });
		expect(complete).toEqual([]);
		expect(outcomesOf(attention[0])).toEqual(everywhere('wouldDeactivate'));
		expect(attention[0]).toMatchObject({ complete: false, changed: 0, failed: 0 });
		expect(states()).toEqual(everywhere('active'));
	});

	it('counts a service without the user as finished only if somebody chose so', async () => {
		const people_ = [STAFF.locked.email];
		const strict = await offboard({ at: LOOK_UP, people: people_ });
		expect(outcomesOf(strict.attention[0])).toMatchObject({ zitadel: 'deactivated' });
		simulators.reset();
		const lenient = await offboard({
			at: LOOK_UP,
			people: people_,
			options: { ifNotFound: 'succeed' },
		});
		expect(outcomesOf(lenient.complete[0])).toEqual({
			...everywhere('notFound', LOOK_UP),
			zitadel: 'deactivated',
		});
	});
});

describe('get', () => {
	it('finds people with any access left in need of attention', async () => {
		const people = [leaver, STAFF.deactivated.email];
		const { complete, attention } = await offboard({ operation: 'get', at: LOOK_UP, people });
		expect(complete).toMatchObject([{ email: STAFF.deactivated.email, changed: 0 }]);
		expect(attention).toMatchObject([{ email: leaver, failed: 0, inWantedState: 0 }]);
		expect(outcomesOf(attention[0])).toEqual(everywhere('found', LOOK_UP));
	});

	it('takes somebody for finished whom nobody knows any more', async () => {
		const { complete } = await offboard({
			operation: 'get',
			at: LOOK_UP,
			people: ['gone@example.org'],
			options: { ifNotFound: 'succeed' },
		});
		expect(outcomesOf(complete[0])).toEqual(everywhere('notFound', LOOK_UP));
	});

	it('takes nobody for finished where a service cannot be asked', async () => {
		const { attention } = await offboard({ operation: 'get', people: [STAFF.deactivated.email] });
		expect(outcomesOf(attention[0])).toEqual({
			...everywhere('notAsked'),
			...everywhere('found', LOOK_UP),
		});
		expect(attention[0]).toMatchObject({
			complete: false,
			failed: 0,
			inWantedState: LOOK_UP.length,
		});
	});
});

it('gives access back everywhere', async () => {
	await offboard();
	const { complete } = await offboard({
		operation: 'reactivate',
		parameters: { langdockRole: 'editor' },
	});
	expect(outcomesOf(complete[0])).toEqual(everywhere('reactivated'));
	expect(states(leaver, LOOK_UP)).toEqual(everywhere('active', LOOK_UP));
	const again = await offboard({ operation: 'reactivate', at: LOOK_UP });
	expect(outcomesOf(again.complete[0])).toEqual(everywhere('alreadyActive', LOOK_UP));
});

describe('services by expression', () => {
	it('are those of each person', async () => {
		const people: IDataObject[] = [
			{ email: leaver, services: ['awork'] },
			{ email: STAFF.colleague.email, services: ['awork', 'zitadel'] },
			{ email: STAFF.invitee.email, services: [] },
		];
		const parameters = Object.fromEntries(
			(['awork', 'zitadel'] as const).map((name) => [
				name,
				`={{ $json.services.includes('${name}') }}`,
			]),
		);
		const { complete, attention } = await offboard({
			at: ['awork', 'zitadel'],
			people,
			parameters,
		});
		expect(complete.map(outcomesOf)).toEqual([
			{ awork: 'deactivated' },
			{ zitadel: 'deactivated', awork: 'deactivated' },
		]);
		expect(attention).toMatchObject([{ complete: false, total: 0, services: [] }]);
	});

	it('must be true or false', async () => {
		const { attention } = await offboard({
			at: ['awork', 'zitadel'],
			parameters: { awork: '={{ "yes" }}' },
		});
		expect(outcomesOf(attention[0])).toEqual({ zitadel: 'deactivated', awork: 'invalidInput' });
		const [, awork] = attention[0]?.services as IDataObject[];
		expect(awork?.message).toContain("'awork' must be true or false");
	});
});

describe('without any service', () => {
	it('says so', async () => {
		const { error } = await offboard({ at: [] });
		expect(error?.message).toContain('No service is turned on');
	});

	it('loses no item', async () => {
		const { failed } = await offboard({
			at: [],
			people: [leaver, UNKNOWN_EMAIL],
			onError: 'continueErrorOutput',
		});
		expect(failed.map(({ email }) => email)).toEqual([leaver, UNKNOWN_EMAIL]);
	});
});

it('begins nothing new when the execution is canceled', async () => {
	const silent = await startSilentServer();
	const { baseUrl } = silent;
	const running = startNode(
		nodeRun({
			at: ['langdock'],
			people: Array.from({ length: 40 }, (_, index) => `person.${index}@example.org`),
			options: { safetyLimit: 0 },
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

it("asks for a service's lists under the names that its fields have here", async () => {
	const { results } = await listSearch({
		node: 'offboardUser',
		method: 'aitronosSearchDepartments',
		parameters: { aitronos: true, ...AT_AITRONOS },
		credentials: credentialAt('aitronos'),
	});
	expect(results.map(({ value }) => value)).toContain(SEED.aitronos.departments.transferTarget);
});
