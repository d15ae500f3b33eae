import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialType } from 'n8n-workflow';

import { createRedactor, secretsOf } from '../../../../nodes/shared/http/secrets';

const folder = join(__dirname, '../../../../credentials');

/** Every credential type of this package. */
const credentials = readdirSync(folder)
	.filter((file) => file.endsWith('.credentials.ts'))
	.map((file) => {
		type Classes = Record<string, new () => ICredentialType>;
		const [Credential] = Object.values(jest.requireActual<Classes>(join(folder, file)));
		if (!Credential) throw new Error(`${file} exports nothing`);
		return [file, new Credential()] as const;
	});

describe('secretsOf', () => {
	it('finds keys, tokens and secrets as they are sent, also in the token data of OAuth2', () => {
		const others = [{ refresh_token: 'rt-1234567' }];
		const credential = {
			...{ baseUrl: 'https://api.example.org', apiKey: ' sk-ld-123456\n' },
			...{ clientId: 'service-account', clientSecret: 'shh-shh-shh' },
			oauthTokenData: { access_token: 'at-123456', others, token_type: 'Bearer' },
		};
		const secrets = ['sk-ld-123456', 'shh-shh-shh', 'at-123456', 'rt-1234567'];
		expect(secretsOf(credential)).toEqual(secrets);
	});

	it.each([
		['what is too short to be told from ordinary text', { apiKey: ' abcde ' }],
		['what is not text', { oauthTokenData: null, accessToken: 123456 }],
	])('leaves out %s', (_, credential) => {
		expect(secretsOf({ ...credential, clientSecret: 'abcdef' } as never)).toEqual(['abcdef']);
	});

	it.each(credentials)('knows every password field of %s', (_, { properties }) => {
		for (const { name, typeOptions } of properties) {
			if (typeOptions?.password !== true) continue;
			expect(secretsOf({ [name]: 'a-long-secret' })).toEqual(['a-long-secret']);
		}
	});
});

describe('a redactor', () => {
	const SECRET = `k/3+y&s"e'c<r>e\\t!`;
	const { text, value } = createRedactor([SECRET, 'second-secret']);
	const bytes = Buffer.from(SECRET);

	it.each<[string, string]>([
		['as it is', SECRET],
		['in a URL', encodeURIComponent(SECRET)],
		['in a URL in lower case', encodeURIComponent(SECRET).toLowerCase()],
		['in a URL in a URL', encodeURIComponent(encodeURIComponent(SECRET))],
		['in a form', new URLSearchParams({ a: SECRET }).toString().slice(2)],
		['in HTML', 'k/3+y&amp;s&quot;e&#39;c&lt;r&gt;e\\t!'],
		['in JSON', JSON.stringify(SECRET).slice(1, -1)],
		['in hexadecimal', bytes.toString('hex')],
		['in upper case hexadecimal', bytes.toString('hex').toUpperCase()],
	])('removes a secret %s, every time', (_, form) => {
		expect(text(`(${form}) [${form}] second-secret`)).toBe('(***) [***] ***');
	});

	it.each(['', 'i', 'id', 'id:', 'id:1'])(
		'removes it from base64 that has %j in front of it',
		(front) => {
			for (const back of ['', ':', ':x', ':xy']) {
				for (const encoding of ['base64', 'base64url'] as const) {
					const encoded = Buffer.from(`${front}${SECRET}${back}`).toString(encoding);
					const left = Buffer.from(text(encoded).split('***').join('....'), 'base64').toString();
					expect(text(encoded)).toContain('***');
					expect(left).not.toContain(SECRET.slice(1, -1));
				}
			}
		},
	);

	it.each([
		['a Bearer header', 'Authorization: Bearer other-token.x~y', 'Authorization: ***'],
		['a Basic header', 'sent "basic dXNlcjpwYXNz"', 'sent "***"'],
		['a signed token', 'token eyJhbGciOi.eyJzdWIiOi.c2ln-_ ends', 'token *** ends'],
	])('removes %s that holds a secret it does not know', (_, said, left) => {
		expect(text(said)).toBe(left);
	});

	it.each(['a bearer of bad news', 'Basic plan', 'eyJ is how it begins', 'key'])(
		'leaves %j as it is',
		(said) => {
			expect(text(said)).toBe(said);
		},
	);

	it('removes secrets from all texts of a value, and leaves the rest as it is', () => {
		const json =
			'{"a":["second\\u002dsecret",{"b-second-secret":"x"}],"n":[0,true,null,{}],"__proto__":{"c":"second-secret"}}';
		expect(JSON.stringify(value(JSON.parse(json) as unknown, json))).toBe(
			'{"a":["***",{"b-***":"x"}],"n":[0,true,null,{}],"__proto__":{"c":"***"}}',
		);
	});

	it('does not look through a value whose text holds none', () => {
		const clean = { a: ['b'] };
		expect(value(clean, JSON.stringify(clean))).toBe(clean);
	});
});
