import type { INode } from 'n8n-workflow';
import nock from 'nock';

import { testCredential } from '../harness/credentialTest.cts';
import { itSince } from '../harness/engineVersion.cts';
import { byId, json, runNode, type NodeRun } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { SEED, STAFF, startZitadel, type Fault, type Simulator } from '../simulators/index.cts';

/** What n8n's engine and request helper do to any node, shown at ZITADEL. */
let simulator: Simulator;

const redirect = { kind: 'redirect', location: '/elsewhere' } as const;

beforeAll(async () => {
	simulator = await startZitadel();
});

afterEach(() => {
	expect(simulator.requests.map(({ path }) => path)).not.toContain(redirect.location);
	simulator.reset();
});

afterAll(async () => {
	nock.restore();
	await simulator.close();
});

const TYPE = 'zitadelAdminApi';
const KEY: string = SEED.zitadel.secrets.valid;
const { leaver, colleague } = SEED.zitadel.accounts;

type Fields = Readonly<Record<string, string>>;
const dataOf = (fields: Fields = {}) => ({
	baseUrl: simulator.baseUrl,
	accessToken: KEY,
	...fields,
});

/** Deactivates the leaver, with other fields in the credential. */
const leaverRun = (fields: Fields = {}, parameters: INode['parameters'] = {}): NodeRun => ({
	node: 'zitadel',
	parameters: {
		authentication: 'personalAccessToken',
		userId: byId(leaver.userId),
		options: { maxRetries: 0, timeout: 1 },
		...parameters,
	},
	credentials: { [TYPE]: dataOf(fields) },
	settings: { onError: 'continueErrorOutput' },
});
const failed = async (run: NodeRun) => json(await runNode(run))[1]?.[0] ?? {};

const change = { path: /\/deactivate$/ };
const unsendable = "The key or token in the credential contains characters that can't be sent";
const restricted = "isn't one of this credential's allowed domains";
const allowedFor = (allowedDomains: string) => ({
	allowedHttpRequestDomains: 'domains',
	allowedDomains,
});

it.each<[string, Fault, string, object]>([
	['an HTML page', { kind: 'html' }, 'unexpected response', { httpCode: '200' }],
	['a cut line', { kind: 'cutBefore' }, 'connection was lost', { httpCode: 'ECONNRESET' }],
	['half an answer', { kind: 'truncated' }, 'connection was lost', {}],
	['silence', { kind: 'delay', ms: 60_000 }, 'did not answer', { reason: 'timeout' }],
	['a redirect, which is not followed', redirect, 'redirects to another', { httpCode: '307' }],
])('understands %s', async (_, fault, message, details) => {
	simulator.next(fault, change);
	const item = await failed(leaverRun());
	expect(item).toMatchObject({ error: expect.stringContaining(message) as string, details });
	expect(findSecrets(item, [KEY])).toEqual([]);
});

// Older engines wait for the rest of the body, which is a timeout.
itSince(14)('understands a body that is not in the encoding it names', async () => {
	const headers = { 'content-encoding': 'gzip' };
	simulator.next({ kind: 'status', status: 200, headers, body: {} }, change);
	expect((await failed(leaverRun())).error).toContain('No valid response arrived');
});

it.each<[string, Fields, string, reason: string]>([
	['a closed port', { baseUrl: 'http://127.0.0.1:1' }, 'refused the connection', 'unavailable'],
	['an unknown host', { baseUrl: 'https://no-such.invalid' }, "doesn't exist", 'unavailable'],
	['an empty address', { baseUrl: '' }, 'in the credential is empty', 'invalidInput'],
	['a key with an invisible character', { accessToken: 'k\u200by' }, unsendable, 'invalidInput'],
	['an empty key', { accessToken: ' ' }, 'in the credential is empty', 'invalidInput'],
])('sends nothing with a credential with %s', async (_, fields, message, reason) => {
	const item = await failed(leaverRun(fields));
	const error = expect.stringContaining(message) as string;
	expect(item).toMatchObject({ error, details: { reason } });
	const { message: tested } = await testCredential(TYPE, dataOf(fields));
	expect(tested).toContain(message);
	expect(simulator.requests).toEqual([]);
});

itSince(14)('keeps to the domains that a credential is allowed for', async () => {
	for (const domains of ['example.org', '', ' ']) {
		const item = await failed(leaverRun(allowedFor(domains)));
		expect(item.error).toContain(restricted);
		expect(item.details).toMatchObject({ reason: 'invalidInput' });
		expect((await testCredential(TYPE, dataOf(allowedFor(domains)))).message).toContain(restricted);
	}
	expect(simulator.requests).toEqual([]);
});

it('does not follow a redirect when a credential is tested', async () => {
	simulator.next(redirect);
	expect((await testCredential(TYPE, dataOf())).message).toContain('redirects to another one');
});

it('does not ask twice when a key is not accepted', async () => {
	const { details } = await failed(leaverRun({ accessToken: 'wr0ng-5ecr3t' }));
	expect(details).toMatchObject({ reason: 'unauthorized', httpCode: '401' });
	const paths = simulator.requests.map(({ path }) => path);
	expect(paths).toEqual([...new Set(paths)]);
});

it('keeps what was done under Retry On Fail, which runs all items again', async () => {
	const path = new RegExp(`/${colleague.userId}/deactivate$`);
	simulator.next({ kind: 'status', status: 403 }, { path });
	const execution = await runNode({
		...leaverRun({}, { userId: byId('={{ $json.id }}'), options: { parallelRequests: 1 } }),
		input: [{ id: leaver.userId }, { id: colleague.userId }],
		// The shortest wait that n8n does not take for its default.
		settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	});
	const record = { outcome: 'deactivated', changed: true };
	expect(json(execution)).toMatchObject([[record, record]]);
});

describe('an expression', () => {
	const NOTHING = '={{ $json.no.such.thing }}';
	const empty = 'has no value: its expression returns nothing';
	const broken = "has an expression that can't be evaluated";

	it.each<[string, INode['parameters'], string]>([
		['for the user that returns nothing', { userId: byId(NOTHING) }, `'User' ${empty}`],
		['for the user that returns an object', { userId: byId('={{ ($json) }}') }, `'User' must be`],
		['that ends too soon', { userId: byId('={{ $json.') }, `'User' ${broken}`],
		['with an unknown node', { userId: byId('={{ $("No").item.json }}') }, `'User' ${broken}`],
		...Object.entries({
			dryRun: 'Dry Run',
			ifNotFound: 'If Not Found',
			protectedUsers: 'Protected Users',
			safetyLimit: 'Safety Limit',
		}).map(([name, label]): [string, INode['parameters'], string] => [
			`for ${label} that returns nothing`,
			{ options: { [name]: NOTHING } },
			`'${label}' ${empty}`,
		]),
	])('%s is refused, and nothing is sent', async (_, parameters, said) => {
		const error = expect.stringContaining(said) as string;
		const refused = { error, details: { reason: 'invalidInput' } };
		const run = leaverRun({}, parameters);
		expect(await failed(run)).toMatchObject(refused);
		if ('options' in parameters) {
			const person = { services: ['zitadel'], email: STAFF.leaver.email, ...parameters };
			const offboarding = { ...run, node: 'offboardUser', parameters: person };
			expect(await failed(offboarding)).toMatchObject(refused);
		}
		expect(simulator.requests).toEqual([]);
	});

	it('in a credential sends each item to its own host with its own key', async () => {
		const hosts = [1, 2].map((tenant) => ({
			origin: `https://tenant${tenant}.example.org`,
			key: `t3nant-${tenant}-5ecr3t`,
			email: `kim.o'neil+${tenant}@münchen.example`,
		}));
		for (const { origin, key, email } of hosts) {
			const query = `email=${encodeURIComponent(email).replace("'", '%27')}&limit=50`;
			// As it goes over the wire. The key has no access to the lists of members.
			nock(origin)
				.get((uri) => uri === `/api/billing/v1/ai-models-included/users?${query}`)
				.reply(403, {})
				.post('/api/user-management/v1/deactivate-user', { email })
				.matchHeader('authorization', `Bearer ${key}`)
				.matchHeader('content-type', 'application/json')
				.reply(200, { status: 'success', message: `for ${key}` });
		}
		const input = hosts.map(({ origin, ...item }) => ({ ...item, url: `${origin}/api/` }));
		const execution = await runNode({
			node: 'langdock',
			parameters: { email: '={{ $json.email }}', options: { output: 'record' } },
			credentials: {
				langdockAdminApi: { baseUrl: '={{ $json.url }}', apiKey: '={{ $json.key }}' },
			},
			input: [{ email: 'kim@example.org' }, ...input],
			settings: { onError: 'continueErrorOutput' },
		});
		const response = { message: 'for ***' };
		const done = hosts.map(({ email }) => ({ email, outcome: 'deactivated', response }));
		const error = expect.stringContaining("'Base URL' in the credential is empty") as string;
		expect(json(execution)).toMatchObject([done, [{ error }]]);
		expect(nock.isDone()).toBe(true);
		nock.cleanAll();
	});
});
