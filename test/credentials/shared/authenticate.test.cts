import type { IHttpRequestOptions } from 'n8n-workflow';

import { AitronosAdminApi } from '../../../credentials/AitronosAdminApi.credentials';
import { secret } from '../../../credentials/shared/authenticate';
import { ZitadelClientCredentialsApi } from '../../../credentials/ZitadelClientCredentialsApi.credentials';

const KEY = 'sk-ld-123456~!';
const request: IHttpRequestOptions = {
	url: 'https://service.example.org',
	headers: { Accept: 'application/json' },
};

const refusalOf = (value: unknown): unknown => {
	try {
		return secret({ apiKey: value as string }, 'apiKey');
	} catch (error) {
		return error;
	}
};

describe('secret', () => {
	it('takes off the white space that copying brings along', () => {
		expect(secret({ apiKey: `\ufeff ${KEY}\r\n` }, 'apiKey')).toBe(KEY);
	});

	const odd = ['\u200b', '\u0100', 'é', '\0', '\n', ' ', '\u007f', '”'];

	it.each(odd)('refuses a key with %j in it, and does not repeat it', (character) => {
		for (const key of [`${KEY.slice(0, 3)}${character}${KEY.slice(3)}`, `x${character}x`]) {
			const refusal = refusalOf(key);
			expect(refusal).toMatchObject({ code: 'ERR_INVALID_CHAR' });
			expect(String(refusal)).not.toContain(character === ' ' ? key : character);
		}
	});

	it('refuses a key of nothing but an invisible character', () => {
		expect(refusalOf('\u200b')).toMatchObject({ code: 'ERR_INVALID_CHAR' });
	});

	it.each([undefined, null, '', ' \n', 42])('refuses %p as no key at all', (value) => {
		expect(refusalOf(value)).toMatchObject({ code: 'ERR_EMPTY_KEY' });
	});
});

it.each([
	['apiKey', 'accessToken', { 'X-API-Key': KEY }],
	['accessToken', 'apiKey', { Authorization: `Bearer ${KEY}` }],
])('with %s chosen, %s may hold anything', async (used, unused, signed) => {
	const credential = { authentication: used, [used]: KEY, [unused]: '\u200b' };
	expect(await new AitronosAdminApi().authenticate(credential, request)).toEqual({
		...request,
		headers: { Accept: 'application/json', ...signed },
	});
});

describe('the token of ZITADEL', () => {
	const zitadel = new ZitadelClientCredentialsApi();
	const data = {
		baseUrl: ' https://zitadel.example.org/x/ ',
		allowHttp: false,
		clientId: ' n8n ',
		clientSecret: 's3cret+&\n',
	};
	const good = { statusCode: 200, body: '{"access_token":"t-1","token_type":"Bearer"}' };

	/** Fetches one with this answer in place of n8n's request helper. */
	async function fetched(answer: object, credential: object = data) {
		const sent: IHttpRequestOptions[] = [];
		const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
			sent.push(options);
			return await (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer));
		};
		const end = await zitadel.preAuthentication
			.call({ helpers: { httpRequest } }, { ...data, ...credential })
			.catch((error: unknown) => error);
		return { end, sent };
	}

	it('is asked for with id, secret and audience in a form, and no redirect is followed', async () => {
		const { end, sent } = await fetched(good);
		expect(end).toEqual({ accessToken: 't-1', tokenOrigin: 'https://zitadel.example.org' });
		expect(sent).toEqual([
			expect.objectContaining({
				method: 'POST',
				url: 'https://zitadel.example.org/x/oauth/v2/token',
				disableFollowRedirect: true,
				timeout: 30_000,
			}),
		]);
		expect([...new URLSearchParams(String(sent[0]?.body))]).toEqual([
			['grant_type', 'client_credentials'],
			['scope', 'openid urn:zitadel:iam:org:project:id:zitadel:aud'],
			['client_id', 'n8n'],
			['client_secret', 's3cret+&'],
		]);
	});

	it.each([
		[302, '', 'ERR_TOKEN_ADDRESS'],
		[307, '', 'ERR_TOKEN_ADDRESS'],
		[404, '', 'ERR_TOKEN_ADDRESS'],
		[200, '<html>', 'ERR_TOKEN_ADDRESS'],
		[200, 'null', 'ERR_TOKEN_ADDRESS'],
		[200, '{"access_token":""}', 'ERR_TOKEN_ADDRESS'],
		[200, '{"access_token":1}', 'ERR_TOKEN_ADDRESS'],
		[201, good.body, 'ERR_TOKEN_ADDRESS'],
		[400, '{"error":"invalid_client"}', 'ERR_TOKEN_REFUSED'],
		[401, '{"error":"invalid_client"}', 'ERR_TOKEN_REFUSED'],
		// Not in the words of OAuth: another server.
		[401, '', 'ERR_TOKEN_ADDRESS'],
		[400, '{"error":"Bad Request"}', 'ERR_TOKEN_ADDRESS'],
		[403, '<html>', 'ERR_TOKEN_ADDRESS'],
		[429, '', 'ERR_TOKEN_RATE_LIMITED'],
		[408, '', 'ERR_TOKEN_UNAVAILABLE'],
		[503, good.body, 'ERR_TOKEN_UNAVAILABLE'],
	])('is none after status %i with the body %j: %s', async (statusCode, body, code) => {
		expect((await fetched({ statusCode, body })).end).toMatchObject({ code });
	});

	it('is none without an answer, for a reason that is passed on', async () => {
		const cause = Object.assign(new Error('x'), { code: 'ECONNREFUSED', config: 'secret' });
		const { end } = await fetched(cause);
		expect(end).toMatchObject({ code: 'ECONNREFUSED' });
		// The rest of the error holds the client secret.
		expect(end).not.toHaveProperty('cause');
		expect(end).not.toHaveProperty('config');
	});

	it.each([
		[{ baseUrl: 'http://zitadel.internal:8080' }, 0],
		[{ baseUrl: 'http://localhost.example.org' }, 0],
		[{ baseUrl: 'http://localhost:x@example.org' }, 0],
		[{ baseUrl: 'zitadel' }, 0],
		[{ baseUrl: '' }, 0],
		[{ baseUrl: 'http://zitadel.internal:8080', allowHttp: 'true' }, 0],
		[{ baseUrl: 'http://zitadel.internal:8080', allowHttp: true }, 1],
		[{ baseUrl: 'http://localhost:8080' }, 1],
	])('is asked for only where the secret is safe: %j', async (credential, requests) => {
		const { end, sent } = await fetched(good, credential);
		expect(sent).toHaveLength(requests);
		if (requests === 0) expect(end).toMatchObject({ code: 'ERR_TOKEN_ADDRESS' });
	});

	it('is sent to the address that it was fetched for', async () => {
		const credential = { accessToken: 't-1', tokenOrigin: 'https://service.example.org' };
		expect(await zitadel.authenticate(credential, request)).toMatchObject({
			headers: { Accept: 'application/json', Authorization: 'Bearer t-1' },
		});
	});

	it.each([
		'https://service.example.org:444',
		'http://service.example.org',
		'https://other.example.org',
		'',
		undefined,
	])('goes nowhere else, and counts as expired there: %p', async (tokenOrigin) => {
		const credential = { accessToken: 't-1', ...(tokenOrigin !== undefined && { tokenOrigin }) };
		await expect(zitadel.authenticate(credential, request)).rejects.toMatchObject({
			response: { status: 401 },
		});
	});
});
