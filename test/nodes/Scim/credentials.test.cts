import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { ScimAdminApi } from '../../../credentials/ScimAdminApi.credentials';
import { ScimClientCredentialsApi } from '../../../credentials/ScimClientCredentialsApi.credentials';
import { Scim } from '../../../nodes/Scim/Scim.node';
import { press } from '../press.cts';
import { SECRET } from '../scriptedRun.cts';
import { createApp, KIM, scimError, type Habit } from './app.cts';

const { scimAdminApiTest, scimClientCredentialsApiTest } = new Scim().methods.credentialTest;
const key = { baseUrl: 'https://app.example.org/scim/v2', accessToken: SECRET };

const answersOf = (...habits: Habit[]) => {
	const app = createApp([KIM], habits);
	return ({ uri, ...request }: IDataObject) =>
		app.answer({ ...request, url: String(uri).replace('/scim/v2', '') } as IHttpRequestOptions);
};

const config =
	(body: unknown): Habit =>
	({ path }) =>
		path === '/ServiceProviderConfig' ? { status: 200, body } : undefined;

describe('the test of a credential', () => {
	const can = { patch: { supported: true }, filter: { supported: false } };
	const remark =
		"Slack accepts the credential. According to the app, its SCIM API can change single attributes (PATCH) and can't search users (filter).";
	const silent = "app.example.org accepts the credential. The app doesn't say what its SCIM API";
	const answers =
		(body: unknown): Habit =>
		() => ({ status: 200, body });
	const nobody: Habit = (request, users) =>
		request.path === '/Users' ? answers({ totalResults: 0 })(request, users) : undefined;
	const header = { authentication: 'header', headerName: 'X Key' };

	it.each<[what: string, habits: Habit[], data: object, status: string, message: string]>([
		['says what the app can', [config(can)], { appName: 'Slack' }, 'OK', remark],
		['says that the app does not tell', [], {}, 'OK', silent],
		['tells a wrong address', [() => scimError(404)], {}, 'Error', 'It ends before /Users'],
		['tells a web page', [answers('<html>')], {}, 'Error', 'There is no SCIM API'],
		['tells JSON of another kind', [answers({})], {}, 'Error', 'no SCIM API'],
		['tells a token that sees nobody', [nobody], {}, 'Error', 'shows no users'],
		['tells a bad token', [() => scimError(401)], {}, 'Error', 'rejected the credential'],
		['tells a header that can not be', [], header, 'Error', "'Header Name'"],
	])('%s', async (_, habits, data, status, message) => {
		const { result } = await press(scimAdminApiTest, answersOf(...habits), { ...key, ...data });
		expect(result).toMatchObject({ status, message: expect.stringContaining(message) as string });
		expect(result.message).not.toContain(SECRET);
	});

	it('asks for one user', async () => {
		const { requests } = await press(scimAdminApiTest, answersOf(), key);
		expect(requests[0]).toMatchObject({ uri: `${key.baseUrl}/Users?startIndex=1&count=1` });
	});
});

describe('a token', () => {
	const request = { url: `${key.baseUrl}/Users`, headers: {} };

	it('is sent as bearer, or in a header of its own', async () => {
		const credential = new ScimAdminApi();
		const signed = async (data: object) =>
			(await credential.authenticate({ ...key, ...data }, request)).headers;
		expect(await signed({})).toEqual({ Authorization: `Bearer ${SECRET}` });
		const own = { authentication: 'header', headerName: ' X-API-Key ' };
		expect(await signed(own)).toEqual({ 'X-API-Key': SECRET });
		for (const headerName of ['', undefined, null, 7]) {
			await expect(signed({ ...own, headerName })).rejects.toMatchObject({
				code: 'ERR_INVALID_HTTP_TOKEN',
			});
		}
	});

	it('is fetched where the credential says, and sent to the app alone', async () => {
		const token = { status: 200, body: { access_token: 't-1' } };
		const answers = answersOf(({ path }) => (path === '/token' ? token : undefined));
		const data = {
			baseUrl: key.baseUrl,
			tokenUrl: 'https://login.example.org/token',
			...{ clientId: 'n8n', clientSecret: SECRET, scope: ' users ' },
		};
		const { result, requests } = await press(scimClientCredentialsApiTest, answers, data);
		expect(result.status).toBe('OK');
		const post = { method: 'POST', followRedirect: false, uri: data.tokenUrl };
		expect(requests[0]).toMatchObject(post);
		expect([...new URLSearchParams(String(requests[0]?.body))]).toEqual([
			['grant_type', 'client_credentials'],
			['scope', 'users'],
			['client_id', 'n8n'],
			['client_secret', SECRET],
		]);
		expect(requests[1]).toMatchObject({ headers: { Authorization: 'Bearer t-1' } });
		const unsafe = { ...data, tokenUrl: 'http://login.example.org/token' };
		expect(await press(scimClientCredentialsApiTest, answers, unsafe)).toMatchObject({
			result: { status: 'Error' },
			requests: [],
		});
		await expect(
			new ScimClientCredentialsApi().authenticate(
				{ accessToken: 't-1', tokenOrigin: 'https://app.example.org' },
				{ url: 'https://other.example.org' },
			),
		).rejects.toMatchObject({ response: { status: 401 } });
	});
});
