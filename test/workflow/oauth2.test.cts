import nock from 'nock';

import type { CredentialData } from '../harness/credentials.cts';
import { testCredential } from '../harness/credentialTest.cts';
import { engineSince, itSince } from '../harness/engineVersion.cts';
import { byId, json, runNode, startNode, type NodeRun } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { startSilentServer } from '../harness/silentServer.cts';
import { SEED, startZitadel, type Fault, type Simulator } from '../simulators/index.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startZitadel();
});

afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const TOKEN_PATH = '/oauth/v2/token';
const TYPE = 'zitadelClientCredentialsApi';
const { leaver } = SEED.zitadel.accounts;
const USER_PATH = `/v2/users/${leaver.userId}`;

describe('client credentials of ZITADEL', () => {
	/** Looks the leaver up once for each item. */
	const lookUp = (credential: Record<string, string> = {}, options = {}, items = 1): NodeRun => ({
		node: 'zitadel',
		parameters: {
			operation: 'get',
			authentication: 'clientCredentials',
			userId: byId(leaver.userId),
			options: { maxRetries: 0, ...options },
		},
		credentials: {
			[TYPE]: {
				baseUrl: simulator.baseUrl,
				clientId: SEED.zitadel.client.id,
				clientSecret: SEED.zitadel.client.secret,
				...credential,
			},
		},
		input: Array.from({ length: items }, () => ({})),
		settings: { onError: 'continueErrorOutput' },
	});
	const stored = (tokenOrigin = simulator.baseUrl) => ({
		accessToken: 'st0red-5ecr3t-5ecr3t',
		tokenOrigin,
	});
	const paths = () => simulator.requests.map(({ path }) => path);
	const found = (items = 1) => [Array.from({ length: items }, () => ({ outcome: 'found' })), []];
	const atTokenEndpoint = { path: /\/token$/ };
	const test = async (credential: Record<string, string> = {}) =>
		await testCredential(TYPE, { ...lookUp(credential).credentials[TYPE] });
	const wrongSecret = { clientSecret: 'wr0ng-5ecr3t-5ecr3t' };

	it('fetches a token, uses it, keeps it and goes on with it', async () => {
		const first = await runNode(lookUp());
		expect(json(first)).toMatchObject(found());
		const kept = first.credentials.stored.get(TYPE) as Record<string, string>;
		expect(kept).toMatchObject({ tokenOrigin: simulator.baseUrl });
		expect(kept.accessToken).toEqual(expect.stringMatching(/./));
		expect(json(await runNode(lookUp(kept)))).toMatchObject(found());
		expect(paths()).toEqual([TOKEN_PATH, USER_PATH, USER_PATH]);
		expect(simulator.violations).toEqual([]);
	});

	it('fetches one token for requests at the same time', async () => {
		expect(json(await runNode(lookUp({}, {}, 4)))).toMatchObject(found(4));
		expect(paths().filter((path) => path === TOKEN_PATH)).toHaveLength(1);
	});

	it('renews a token that is no longer accepted, once for all items', async () => {
		const execution = await runNode(lookUp(stored(), {}, 3));
		expect(json(execution)).toMatchObject(found(3));
		const refused = engineSince(11) ? [USER_PATH] : [USER_PATH, USER_PATH];
		expect(paths()).toEqual([...refused, TOKEN_PATH, USER_PATH, USER_PATH, USER_PATH]);
		expect(execution.credentials.stored.get(TYPE)?.accessToken).not.toBe(stored().accessToken);
	});

	it('goes to no second address, even if the address is an expression', async () => {
		const other = await startZitadel();
		const execution = await runNode({
			...lookUp({ baseUrl: '={{ $json.url }}' }, { parallelRequests: 1 }),
			input: [{ url: simulator.baseUrl }, { url: other.baseUrl }],
		});
		await other.close();
		// Newer releases of n8n don't even evaluate an expression in this field.
		expect(json(execution)[1]?.at(-1)).toMatchObject({
			url: other.baseUrl,
			details: { reason: 'invalidInput' },
		});
		expect(other.requests).toEqual([]);
	});

	it.each<[string, Fault, string, string]>([
		['a limit', { kind: 'status', status: 429 }, 'rateLimited', 'Too many access tokens'],
		['a cut line', { kind: 'cutBefore' }, 'unavailable', "can't issue an access token"],
		['silence', { kind: 'delay', ms: 60_000 }, 'timeout', 'did not answer'],
		['a redirect', { kind: 'redirect', location: '/x' }, 'invalidInput', "doesn't issue tokens"],
	])('says what %s at the token endpoint means, and asks nowhere else', async (...row) => {
		const [, fault, reason, said] = row;
		simulator.next(fault, atTokenEndpoint);
		const [, failed] = json(await runNode(lookUp({}, { timeout: 1 })));
		const error = expect.stringContaining(said) as string;
		expect(failed).toMatchObject([{ error, details: { reason } }]);
		expect(paths()).toEqual([TOKEN_PATH]);
	});

	it('says that the secret is wrong, and does not repeat it', async () => {
		const [, failed = []] = json(await runNode(lookUp(wrongSecret)));
		expect(failed).toMatchObject([{ details: { reason: 'unauthorized' } }]);
		const tested = await test(wrongSecret);
		expect(tested.status).toBe('Error');
		for (const { error } of [...failed, { error: tested.message }]) {
			expect(error).toContain("Couldn't get an access token");
		}
		expect(findSecrets([failed, tested], Object.values(wrongSecret))).toEqual([]);
	});

	it('ends at once when the execution is stopped while the token endpoint is silent', async () => {
		const silent = await startSilentServer();
		const run = startNode(lookUp({ baseUrl: silent.baseUrl }));
		await silent.asked;
		run.cancel();
		const { status } = await run.result;
		silent.close();
		expect(status).toBe('canceled');
	});

	it.each(['continueErrorOutput', 'stopWorkflow'] as const)(
		'shows neither the secret nor a token, however they are repeated: %s',
		async (onError) => {
			const secrets = ['cl13nt/5ecr3t+&=', 'fr3sh/t0ken+&5ecr3t', stored().accessToken];
			const [clientSecret = '', token = ''] = secrets;
			const repeated = secrets.flatMap((secret) => [
				secret,
				encodeURIComponent(secret),
				...['', 'x', 'id'].map((id) => Buffer.from(`${id}${secret}`).toString('base64')),
				`Bearer ${secret}`,
			]);
			const baseUrl = 'https://zitadel.example.org';
			nock(baseUrl)
				.post(TOKEN_PATH)
				.reply(200, { access_token: token })
				.get(USER_PATH)
				.reply(400, { code: 3, message: repeated.join(' '), details: repeated });
			const run = lookUp({ clientSecret, ...stored('https://other.example.org'), baseUrl });
			const execution = await runNode({ ...run, settings: { onError } });
			const shown = execution.error ?? json(execution)[1];
			expect(JSON.stringify(shown)).toContain('***');
			expect(findSecrets(shown, secrets)).toEqual([]);
		},
	);

	it('are tested with a new token, since the stored one says nothing about the secret', async () => {
		expect(await test({ ...stored(), baseUrl: `${simulator.baseUrl}/` })).toEqual({
			status: 'OK',
			message: 'ZITADEL accepts the credential',
		});
		expect(paths()).toEqual([TOKEN_PATH, '/auth/v1/permissions/zitadel/me/_search']);
		expect(simulator.violations).toEqual([]);
	});

	it('are not sent after a redirect when they are tested', async () => {
		simulator.next({ kind: 'redirect', location: '/x' }, atTokenEndpoint);
		expect((await test()).message).toContain("doesn't issue tokens");
		expect(paths()).toEqual([TOKEN_PATH]);
	});
});

describe('authorization code of awork', () => {
	const API = 'https://api.awork.com';
	const ID = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11';
	const USER = `/api/v1/users/${ID}`;
	/** What a deactivation asks for first. */
	const ME = '/api/v1/users/me';
	const SECRET = 'cl13nt-5ecr3t';
	const type = 'aworkAdminOAuth2Api';
	const tokens = { access_token: '3xpired-5ecr3t', refresh_token: 'r1-5ecr3t' };
	const client = { clientId: 'client', clientSecret: SECRET };
	const connected = { ...client, oauthTokenData: tokens };
	const renewed = { access_token: 's3cond-5ecr3t', refresh_token: 'r2' };
	const secrets = [SECRET, ...Object.values(tokens), renewed.access_token];

	const signedWith = (token: string) =>
		nock(API, { reqheaders: { authorization: `Bearer ${token}` } });
	/** Before n8n 2.11, the request goes out a second time before a new token is fetched. */
	const refuseExpired = () => {
		signedWith(tokens.access_token).get(ME).reply(401, {});
		signedWith(tokens.access_token).get(ME).optionally().reply(401, {});
	};
	const refresh = () =>
		nock(API)
			.post('/api/v1/accounts/token', { grant_type: 'refresh_token', refresh_token: 'r1-5ecr3t' })
			.basicAuth({ user: 'client', pass: SECRET });
	const run = async (credential: CredentialData[string] = connected) =>
		await runNode({
			node: 'awork',
			parameters: { authentication: 'oAuth2', userId: byId(ID), options: { maxRetries: 0 } },
			credentials: { [type]: credential },
			settings: { onError: 'continueErrorOutput' },
		});
	const description = expect.stringContaining('connect it again') as string;

	beforeAll(() => nock.disableNetConnect());
	afterEach(() => {
		const unasked = nock.pendingMocks();
		nock.cleanAll();
		expect(unasked).toEqual([]);
	});
	afterAll(() => nock.restore());

	it('gets new tokens when one has expired, goes on with them and keeps both', async () => {
		refuseExpired();
		refresh().reply(200, { ...renewed, expires_in: 86_400 });
		signedWith(renewed.access_token)
			.get(ME)
			.reply(200, { id: 'caller' })
			.get(USER)
			.reply(200, { id: ID, isDeactivated: false })
			.post(`${USER}/deactivate?includeSummary=false`, '')
			.reply(204);
		const execution = await run();
		expect(json(execution)[0]).toMatchObject([{ outcome: 'deactivated', changed: true }]);
		// awork takes a refresh token once: losing the new one would end the connection.
		expect(execution.credentials.stored.get(type)).toMatchObject({ oauthTokenData: renewed });
	});

	itSince(11)('does not ask a third time when the new token is refused as well', async () => {
		signedWith(tokens.access_token).get(ME).reply(401, { code: 'unauthorized' });
		refresh().reply(200, renewed);
		const refusal = { code: 'unauthorized', description: `not accepted: ${renewed.access_token}` };
		signedWith(renewed.access_token).get(ME).reply(401, refusal);
		const [, failed] = json(await run());
		expect(failed).toMatchObject([{ details: { reason: 'unauthorized', httpCode: '401' } }]);
		expect(JSON.stringify(failed)).toContain('***');
		expect(findSecrets(failed, secrets)).toEqual([]);
	});

	it('says so when the connection has to be made anew, without the secrets', async () => {
		refuseExpired();
		refresh().reply(400, { error: 'invalid_grant', error_description: SECRET });
		const [, failed] = json(await run());
		const error = expect.stringContaining("Couldn't get an access token") as string;
		expect(failed).toMatchObject([{ error, details: { reason: 'unauthorized', description } }]);
		expect(findSecrets(failed, secrets)).toEqual([]);
	});

	it('says so when nobody has connected the credential yet', async () => {
		const [, failed] = json(await run(client));
		expect(failed).toMatchObject([{ details: { reason: 'unauthorized', description } }]);
	});
});
