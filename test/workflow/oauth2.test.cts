import nock from 'nock';

import { testCredential } from '../harness/credentialTest.cts';
import { engineSince, itSince } from '../harness/engineVersion.cts';
import { byId, json, runNode } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { SEED, startZitadel, type Simulator } from '../simulators/index.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startZitadel();
});

afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

/** What the tests below go by when they say that nothing secret came out. */
test.each<[string, object]>([
	['the cause of an error', new Error('x', { cause: { config: { auth: 'cl13nt-5ecr3t' } } })],
	['a hidden property', Object.defineProperty(new Error('x'), 'y', { value: 'cl13nt-5ecr3t' })],
	['a Basic header', { authorization: `Basic ${btoa('client:cl13nt-5ecr3t')}` }],
	['a part of a JWT', { token: Buffer.from('{"k":"cl13nt-5ecr3t"}').toString('base64url') }],
	['bytes', { body: Buffer.from('cl13nt-5ecr3t') }],
])('a secret is found in %s', (_, value) => {
	expect(findSecrets(value, ['cl13nt-5ecr3t'])).not.toEqual([]);
	expect(findSecrets(value, ['an0ther-5ecr3t'])).toEqual([]);
});

const TOKEN_PATH = '/oauth/v2/token';
const ME_PATH = '/auth/v1/users/me';

const deactivate = async (credential: Record<string, unknown>) =>
	await runNode({
		node: 'zitadel',
		parameters: {
			authentication: 'oAuth2',
			userId: byId(SEED.zitadel.accounts.leaver.userId),
			options: { maxRetries: 0 },
		},
		credentials: {
			zitadelAdminOAuth2Api: {
				baseUrl: simulator.baseUrl,
				clientId: SEED.zitadel.client.id,
				clientSecret: SEED.zitadel.client.secret,
				...(credential as Record<string, string>),
			},
		},
		settings: { onError: 'continueErrorOutput' },
	});

const paths = () => simulator.requests.map(({ path }) => path);

describe('client credentials of ZITADEL', () => {
	it('gets a token for the API, uses it and keeps it', async () => {
		const execution = await deactivate({});
		expect(json(execution)[0]).toMatchObject([{ outcome: 'deactivated' }]);
		expect(paths()).toEqual([
			TOKEN_PATH,
			ME_PATH,
			`/v2/users/${SEED.zitadel.accounts.leaver.userId}/deactivate`,
		]);
		expect(simulator.violations).toEqual([]);
		expect(execution.credentials.stored.get('zitadelAdminOAuth2Api')).toMatchObject({
			oauthTokenData: { access_token: expect.any(String) as string },
		});
	});

	it('gets a new token when the one it has is not accepted any more, and tries once again', async () => {
		const oauthTokenData = { access_token: '3xpired-5ecr3t', token_type: 'Bearer' };
		const execution = await deactivate({ oauthTokenData });
		expect(json(execution)[0]).toMatchObject([{ outcome: 'deactivated', changed: true }]);
		const path = `/v2/users/${SEED.zitadel.accounts.leaver.userId}/deactivate`;
		const refused = engineSince(11) ? [ME_PATH] : [ME_PATH, ME_PATH];
		expect(paths()).toEqual([...refused, TOKEN_PATH, ME_PATH, path]);
	});

	it('says so if there is no token to be had, without the secret', async () => {
		const clientSecret = 'wr0ng-5ecr3t-5ecr3t';
		const [, failed = []] = json(await deactivate({ clientSecret }));
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining("Couldn't get an access token") as string,
				details: { reason: 'unauthorized' },
			},
		]);
		expect(findSecrets(failed, [clientSecret])).toEqual([]);
	});

	it('says so if the token endpoint cannot be reached', async () => {
		const [, failed] = json(await deactivate({ baseUrl: 'http://127.0.0.1:1' }));
		expect(failed).toMatchObject([
			{ details: { reason: 'unavailable', httpCode: 'ECONNREFUSED' } },
		]);
	});
});

describe('authorization code of awork', () => {
	const API = 'https://api.awork.com';
	const ME = '/api/v1/users/me';
	const USER = '/api/v1/users/6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11';
	const SECRET = 'cl13nt-5ecr3t';
	const type = 'aworkAdminOAuth2Api';
	const oauthTokenData = { access_token: '3xpired-5ecr3t', refresh_token: 'r1-5ecr3t' };
	const data = { clientId: 'client', clientSecret: SECRET, oauthTokenData };
	const secrets = [SECRET, oauthTokenData.access_token, oauthTokenData.refresh_token];

	const signedWith = (token: string) =>
		nock(API, { reqheaders: { authorization: `Bearer ${token}` } });
	/** Before n8n 2.11, the request goes out a second time before a new token is fetched. */
	const refuseExpired = () => {
		signedWith('3xpired-5ecr3t').get(ME).reply(401, {});
		signedWith('3xpired-5ecr3t').get(ME).optionally().reply(401, {});
	};
	const refresh = () =>
		nock(API)
			.post('/api/v1/accounts/token', { grant_type: 'refresh_token', refresh_token: 'r1-5ecr3t' })
			.basicAuth({ user: 'client', pass: SECRET });
	const run = async (credential: Record<string, string | typeof oauthTokenData> = data) =>
		await runNode({
			node: 'awork',
			parameters: { authentication: 'oAuth2', userId: byId(USER.slice('/api/v1/users/'.length)) },
			credentials: { [type]: credential },
			settings: { onError: 'continueErrorOutput' },
		});

	beforeEach(() => nock.disableNetConnect());

	afterEach(() => {
		const pending = nock.pendingMocks();
		nock.cleanAll();
		nock.enableNetConnect();
		expect(pending).toEqual([]);
	});

	afterAll(() => nock.restore());

	it('gets new tokens when one has expired, goes on with them and keeps both', async () => {
		refuseExpired();
		refresh().reply(200, {
			access_token: 's3cond-5ecr3t',
			refresh_token: 'r2',
			expires_in: 86_400,
		});
		signedWith('s3cond-5ecr3t')
			.get(ME)
			.reply(200, { id: 'somebody-else' })
			.get(USER)
			.reply(200, { id: USER.slice('/api/v1/users/'.length), isDeactivated: false })
			.post(`${USER}/deactivate?includeSummary=false`, '')
			.reply(204);
		const execution = await run();
		expect(json(execution)[0]).toMatchObject([{ outcome: 'deactivated', changed: true }]);
		// awork takes a refresh token once: losing the new one would end the connection.
		expect(execution.credentials.stored.get(type)).toMatchObject({
			oauthTokenData: { access_token: 's3cond-5ecr3t', refresh_token: 'r2' },
		});
	});

	itSince(11)('does not ask a third time when the new token is refused as well', async () => {
		signedWith('3xpired-5ecr3t').get(ME).reply(401, { code: 'unauthorized' });
		refresh().reply(200, { access_token: 's3cond-5ecr3t', refresh_token: 'r2' });
		signedWith('s3cond-5ecr3t').get(ME).reply(401, { code: 'unauthorized' });
		const [, failed] = json(await run());
		expect(failed).toMatchObject([{ details: { reason: 'unauthorized', httpCode: '401' } }]);
		expect(findSecrets(failed, [...secrets, 's3cond-5ecr3t'])).toEqual([]);
	});

	it('says so when the connection has to be made anew, without the secrets', async () => {
		refuseExpired();
		refresh().reply(400, { error: 'invalid_grant', error_description: SECRET });
		const [, failed] = json(await run());
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining("Couldn't get an access token") as string,
				details: {
					reason: 'unauthorized',
					description: expect.stringContaining('connect it again') as string,
				},
			},
		]);
		expect(findSecrets(failed, secrets)).toEqual([]);
	});

	it('says so when nobody has connected the credential yet', async () => {
		const [, failed] = json(await run({ clientId: 'client', clientSecret: SECRET }));
		expect(failed).toMatchObject([
			{
				details: {
					reason: 'unauthorized',
					description: expect.stringContaining('connect it again') as string,
				},
			},
		]);
	});

	it.each([
		['OK', 'connected', data],
		['Error', 'not connected yet', { clientId: 'client', clientSecret: SECRET }],
	])('is %s for n8n when it is %s', async (status, _, credential) => {
		expect(await testCredential(type, credential)).toMatchObject({ status });
	});
});
