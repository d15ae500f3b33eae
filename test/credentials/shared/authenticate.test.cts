import type { IHttpRequestOptions } from 'n8n-workflow';

import { AitronosAdminApi } from '../../../credentials/AitronosAdminApi.credentials';
import { bearer, secret } from '../../../credentials/shared/authenticate';

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

	it.each([
		['an invisible character', '\u200b'],
		['a letter beyond Latin-1', '\u0100'],
		['a letter of Latin-1', 'é'],
		['a null', '\0'],
		['a line break', '\n'],
		['a space', ' '],
		['a delete character', '\u007f'],
		['a typographic quotation mark', '”'],
	])('refuses a key with %s in it, and does not repeat it', (_, character) => {
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

it('bearer signs with one header more', async () => {
	expect(await bearer('apiKey')({ apiKey: KEY }, request)).toEqual({
		...request,
		headers: { Accept: 'application/json', Authorization: `Bearer ${KEY}` },
	});
});

it('a field that is not used may hold anything', async () => {
	const credential = { authentication: 'apiKey', apiKey: KEY, accessToken: '\u200b' };
	const { headers } = await new AitronosAdminApi().authenticate(credential, request);
	expect(headers).toEqual({ Accept: 'application/json', 'X-API-Key': KEY });
});
