import { itSince } from '../harness/engineVersion.cts';
import { json, runNode, startNode, type NodeRun } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { startSilentServer } from '../harness/silentServer.cts';
import { credentialOf, SUBJECTS } from '../harness/subjects.cts';
import {
	SEED,
	SERVICE_NAMES,
	STAFF,
	startSimulators,
	type Fault,
	type Simulators,
} from '../simulators/index.cts';

/** Real sockets: what n8n's request helper makes of them is what the nodes must understand. */
let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterEach(() => simulators.reset());
afterAll(async () => await simulators.close());

const key = (value: string) => ({ apiKey: value, accessToken: value });

describe.each(SERVICE_NAMES)('%s', (service) => {
	const { change, credentialType, parameters } = SUBJECTS[service];
	const secrets = [SEED[service].secrets.valid];

	/** The run that deactivates the leaver, with other fields in the credential. */
	const leaver = (credential: Record<string, string> = {}, timeout = 30): NodeRun => {
		const { email } = STAFF.leaver;
		const id = String(simulators[service].account(email)?.id);
		const data = credentialOf(service, simulators[service].baseUrl)[credentialType];
		return {
			node: service,
			parameters: { ...parameters({ id, email }), options: { maxRetries: 0, timeout } },
			credentials: { [credentialType]: { ...data, ...credential } },
		};
	};
	const failed = async (run: NodeRun) => {
		const settings = { onError: 'continueErrorOutput' } as const;
		return json(await runNode({ ...run, settings }))[1]?.[0] ?? {};
	};

	// What awork or SCIM has done all the same is found out by reading the user: test/nodes/Awork/users.test.cts.
	const faults: Array<[string, Fault, string, object]> = [
		['an HTML page', { kind: 'html' }, 'gave an unexpected response', { httpCode: '200' }],
		['a cut line', { kind: 'cutBefore' }, 'connection was lost', { httpCode: 'ECONNRESET' }],
		...(service === 'awork' || service === 'scim'
			? []
			: ([
					['half an answer', { kind: 'truncated' }, 'connection was lost', {}],
					['silence', { kind: 'delay', ms: 60_000 }, 'did not answer', { reason: 'timeout' }],
				] satisfies Array<[string, Fault, string, object]>)),
	];

	it.each(faults)('understands %s', async (_, fault, message, details) => {
		simulators[service].next(fault, change);
		const item = await failed(leaver({}, 1));
		expect(item.error).toContain(message);
		expect(item.details).toMatchObject({ service, ...details });
		expect(findSecrets(item, secrets)).toEqual([]);
	});

	// Older engines wait for the rest of the body, which is a timeout.
	itSince(14)('understands a body that is not in the encoding it names', async () => {
		const headers = { 'content-encoding': 'gzip' };
		simulators[service].next({ kind: 'status', status: 200, headers, body: {} }, change);
		expect((await failed(leaver())).error).toContain('No valid response arrived');
	});

	const [unavailable, invalid] = [{ reason: 'unavailable' }, { reason: 'invalidInput' }];
	const unsendable = "The key or token in the credential contains characters that can't be sent";
	it.each<[string, Record<string, string>, string, object]>([
		['closed port', { baseUrl: 'http://127.0.0.1:1' }, 'refused the connection', unavailable],
		['unknown host', { baseUrl: 'https://no-such-host.invalid' }, "doesn't exist", unavailable],
		['empty address', { baseUrl: '' }, 'in the credential is empty', invalid],
		['key with an invisible character', key('k3y\u200b-5ecr3t'), unsendable, invalid],
		['key with a letter beyond Latin-1', key('k3y\u0100-5ecr3t'), unsendable, invalid],
		['key with a null', key('k3y\0-5ecr3t'), unsendable, invalid],
		['empty key', key(' '), 'The key or token in the credential is empty', invalid],
	])('sends nothing with a credential with an %s', async (_, credential, message, details) => {
		const item = await failed(leaver(credential));
		expect(item.error).toContain(message);
		expect(item.details).toMatchObject(details);
		expect(simulators[service].requests).toEqual([]);
	});

	describe.each(['example.org', '', ' '])('allowed for the domains %j', (allowedDomains) => {
		itSince(14)('keeps to them', async () => {
			const item = await failed(leaver({ allowedHttpRequestDomains: 'domains', allowedDomains }));
			expect(item.error).toContain("isn't one of this credential's allowed domains");
			expect(item.details).toMatchObject(invalid);
			expect(simulators[service].requests).toEqual([]);
		});
	});

	it('does not follow a redirect to another host: the credential does not travel', async () => {
		const other = service === 'odeus' ? simulators.langdock : simulators.odeus;
		simulators[service].next({ kind: 'redirect', location: other.baseUrl }, change);
		const { details } = await failed(leaver());
		expect(details).toMatchObject({ reason: 'unexpectedResponse', httpCode: '307' });
		expect(other.requests).toEqual([]);
	});

	it('does not ask twice when a key is not accepted', async () => {
		const { details } = await failed(leaver(key('wr0ng-5ecr3t')));
		expect(details).toMatchObject({ reason: 'unauthorized', httpCode: '401' });
		const asked = simulators[service].requests.map(({ method, path }) => `${method} ${path}`);
		expect(asked).toEqual([...new Set(asked)]);
	});

	it('ends at once when the execution is canceled', async () => {
		const silent = await startSilentServer();
		const run = startNode(leaver({ baseUrl: silent.baseUrl }));
		await silent.asked;
		run.cancel();
		const { status } = await run.result;
		silent.close();
		expect(status).toBe('canceled');
	});

	it('stops with an error that holds no secret', async () => {
		simulators[service].next({ kind: 'cutBefore' }, change);
		const { error } = await runNode(leaver());
		expect(error?.message).toContain('The connection was lost');
		expect(findSecrets(error, secrets)).toEqual([]);
	});
});
