import { byId, json, runNode } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { SEED, startZitadel, type Simulator } from '../simulators/index.cts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startZitadel();
});

afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const TOKEN_PATH = '/oauth/v2/token';
const ME_PATH = '/auth/v1/users/me';

const deactivate = async (credential: Record<string, unknown>) =>
	await runNode({
		node: 'zitadel',
		parameters: { authentication: 'oAuth2', userId: byId(SEED.zitadel.accounts.leaver.userId) },
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
		expect(paths()).toEqual([ME_PATH, TOKEN_PATH, ME_PATH, path]);
	});

	it('says so if there is no token to be had, without the secret', async () => {
		const clientSecret = 'wr0ng-5ecr3t-5ecr3t';
		const [, failed = []] = json(await deactivate({ clientSecret }));
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('No access token could be had') as string,
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
