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
	type ServiceName,
	type Simulators,
} from '../simulators/index.cts';

/** Real sockets: what n8n's request helper makes of them is what the nodes must understand. */
let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterEach(() => simulators.reset());
afterAll(async () => await simulators.close());

/** The run that deactivates the leaver at a service. */
function leaverAt(
	service: ServiceName,
	baseUrl = simulators[service].baseUrl,
): NodeRun & { secret: string } {
	const { email } = STAFF.leaver;
	const id = String(simulators[service].account(email)?.id);
	return {
		node: service,
		secret: SEED[service].secrets.valid,
		parameters: SUBJECTS[service].parameters({ id, email }),
		credentials: credentialOf(service, baseUrl),
	};
}

describe.each(SERVICE_NAMES)('%s', (service) => {
	const failed = async (run: NodeRun, options = {}) => {
		const execution = await runNode({
			...run,
			parameters: { ...run.parameters, options: { maxRetries: 0, ...options } },
			settings: { onError: 'continueErrorOutput' },
		});
		return json(execution)[1]?.[0] ?? {};
	};
	const { change } = SUBJECTS[service];

	it('does the job against the simulator, with requests that its documentation allows', async () => {
		const [records] = json(await runNode(leaverAt(service)));
		expect(records).toMatchObject([{ service, outcome: 'deactivated', changed: true }]);
		expect(simulators[service].account(STAFF.leaver.email)?.state).toBe('deactivated');
		expect(simulators[service].violations).toEqual([]);
	});

	const cases: Array<[string, Fault, string, string, string | undefined]> = [
		['an HTML page', { kind: 'html' }, 'unexpectedResponse', 'gave an unexpected response', '200'],
		['half an answer', { kind: 'truncated' }, 'unavailable', 'connection was lost', undefined],
		['a cut line', { kind: 'cutBefore' }, 'unavailable', 'connection was lost', 'ECONNRESET'],
		[
			'silence',
			{ kind: 'delay', ms: 60_000 },
			'timeout',
			'did not answer within 1 seconds',
			'ETIMEDOUT',
		],
	];

	// What awork has done all the same is found out by reading the user: test/nodes/retries.test.cts.
	const unanswered = cases.filter(
		([, { kind }]) => service !== 'awork' || !['truncated', 'delay'].includes(kind),
	);

	it.each(unanswered)('understands %s', async (_, fault, reason, message, httpCode) => {
		simulators[service].next(fault, change);
		const run = leaverAt(service);
		const item = await failed(run, { timeout: 1 });
		expect(item.error).toContain(message);
		expect(item.details).toMatchObject({ service, reason, ...(httpCode && { httpCode }) });
		expect(findSecrets(item, [run.secret])).toEqual([]);
	});

	it('does not follow a redirect to another host: the credential does not travel', async () => {
		const other = service === 'odeus' ? simulators.langdock : simulators.odeus;
		simulators[service].next({ kind: 'redirect', location: other.baseUrl }, change);
		const item = await failed(leaverAt(service));
		expect(item.details).toMatchObject({ reason: 'unexpectedResponse', httpCode: '307' });
		expect(other.requests).toEqual([]);
	});

	it('understands a refused connection', async () => {
		const item = await failed(leaverAt(service, 'http://127.0.0.1:1'));
		expect(item.error).toContain('The service refused the connection');
		expect(item.details).toMatchObject({ reason: 'unavailable', httpCode: 'ECONNREFUSED' });
	});

	it('understands a host name that nobody knows', async () => {
		const item = await failed(leaverAt(service, 'https://no-such-host.invalid'));
		expect(item.error).toContain("The host name in the credential doesn't exist");
		expect(item.details).toMatchObject({ reason: 'unavailable' });
	});

	describe.each(['example.org', '', ' '])('allowed for the domains %j', (allowedDomains) => {
		itSince(14)('keeps to them', async () => {
			const run = leaverAt(service);
			const restricted = Object.entries(run.credentials).map(([type, data]) => [
				type,
				{ ...data, allowedHttpRequestDomains: 'domains', allowedDomains },
			]);
			const credentials = Object.fromEntries(restricted) as typeof run.credentials;
			const item = await failed({ ...run, credentials });
			expect(item.error).toContain("isn't one of this credential's allowed domains");
			expect(item.details).toMatchObject({ reason: 'invalidInput' });
			expect(simulators[service].requests).toEqual([]);
		});
	});

	it('ends at once when the execution is canceled', async () => {
		const silent = await startSilentServer();
		const run = startNode(leaverAt(service, silent.baseUrl));
		await silent.asked;
		run.cancel();
		const { status } = await run.result;
		silent.close();
		expect(status).toBe('canceled');
	});

	it('stops with an error that holds no secret', async () => {
		simulators[service].next({ kind: 'cutBefore' }, change);
		const run = leaverAt(service);
		const parameters = { ...run.parameters, options: { maxRetries: 0 } };
		const { error } = await runNode({ ...run, parameters });
		expect(error?.message).toContain('The connection was lost');
		expect(findSecrets(error, [run.secret])).toEqual([]);
	});

	it('says what to do without a usable credential', async () => {
		const run = leaverAt(service);
		const credentials = Object.fromEntries(
			Object.entries(run.credentials).map(([type, data]) => [type, { ...data, baseUrl: '' }]),
		);
		const item = await failed({ ...run, credentials });
		const field = service === 'zitadel' ? 'Instance URL' : 'Base URL';
		expect(item.error).toContain(`'${field}' in the credential is empty`);
		expect(item.details).toMatchObject({ reason: 'invalidInput' });
	});

	it.each([
		['an invisible character', 'k3y\u200b-5ecr3t', "contains characters that can't be sent"],
		['a letter beyond Latin-1', 'k3y\u0100-5ecr3t', "contains characters that can't be sent"],
		['a null', 'k3y\0-5ecr3t', "contains characters that can't be sent"],
		['nothing at all', ' ', 'is empty'],
	])('sends nothing with a key that has %s in it', async (_, key, said) => {
		const run = leaverAt(service);
		const credentials = Object.fromEntries(
			Object.entries(run.credentials).map(([type, data]) => [
				type,
				{ ...data, apiKey: key, accessToken: key },
			]),
		);
		const item = await failed({ ...run, credentials });
		expect(item.error).toContain(`The key or token in the credential ${said}`);
		expect(item.details).toMatchObject({ reason: 'invalidInput' });
		expect(simulators[service].requests).toEqual([]);
	});

	it('does not ask twice when a key is not accepted', async () => {
		const run = leaverAt(service);
		const credentials = Object.fromEntries(
			Object.entries(run.credentials).map(([type, data]) => [
				type,
				{ ...data, apiKey: 'wr0ng-5ecr3t', accessToken: 'wr0ng-5ecr3t' },
			]),
		);
		const item = await failed({ ...run, credentials });
		expect(item.details).toMatchObject({ reason: 'unauthorized', httpCode: '401' });
		const asked = simulators[service].requests.map(({ method, path }) => `${method} ${path}`);
		expect(asked).toEqual([...new Set(asked)]);
	});
});
