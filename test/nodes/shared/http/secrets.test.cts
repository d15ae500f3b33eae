import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialType } from 'n8n-workflow';

import { redact, redactAll, secretsOf } from '../../../../nodes/shared/http/secrets';

const folder = join(__dirname, '../../../../credentials');

/** Every credential type of this package. */
const credentials = readdirSync(folder)
	.filter((file) => file.endsWith('.credentials.ts'))
	.map((file): [string, ICredentialType] => {
		const className = file.replace('.credentials.ts', '');
		const classes = jest.requireActual<Record<string, new () => ICredentialType>>(
			join(folder, file),
		);
		const credential = classes[className];
		if (!credential) throw new Error(`${file} does not export ${className}`);
		return [className, new credential()];
	});

describe('secretsOf', () => {
	it('finds keys, tokens and secrets, also in the token data of OAuth2', () => {
		const credential = {
			baseUrl: 'https://api.example.org',
			apiKey: 'sk-ld-123456',
			clientId: 'service-account',
			clientSecret: 'shh-shh-shh',
			oauthTokenData: {
				access_token: 'at-123456',
				refresh_token: 'rt-1234567',
				token_type: 'Bearer',
			},
		};
		expect(secretsOf(credential)).toEqual([
			'sk-ld-123456',
			'shh-shh-shh',
			'rt-1234567',
			'at-123456',
		]);
	});

	it('leaves out what is too short to be told from ordinary text', () => {
		expect(secretsOf({ apiKey: 'abcde' })).toEqual([]);
		expect(secretsOf({ apiKey: ' abcde ' })).toEqual([]);
		expect(secretsOf({ apiKey: 'abcdef' })).toEqual(['abcdef']);
	});

	it('skips what is not text', () => {
		const credential = { apiKey: 'sk-ld-123456', oauthTokenData: null, accessToken: 123456 };
		expect(secretsOf(credential as never)).toEqual(['sk-ld-123456']);
	});

	it('finds a secret as it is sent: without white space around it', () => {
		expect(secretsOf({ apiKey: ' sk-ld-123456\n' })).toEqual(['sk-ld-123456']);
	});

	it.each(credentials)('knows every password field of %s', (_, { properties }) => {
		const passwords = properties.filter(({ typeOptions }) => typeOptions?.password === true);
		for (const { name } of passwords) {
			expect(secretsOf({ [name]: 'a-long-secret' })).toEqual(['a-long-secret']);
		}
	});
});

describe('redactAll', () => {
	it('takes secrets out of all texts of a value, and leaves the rest as it is', () => {
		const value = JSON.parse(
			'{"a":["sk\\u002d1",{"b-sk-1":"x"}],"n":[0,true,null,{}],"__proto__":{"c":"sk-1sk-1"}}',
		) as unknown;
		expect(JSON.stringify(redactAll(value, ['sk-1']))).toBe(
			'{"a":["***",{"b-***":"x"}],"n":[0,true,null,{}],"__proto__":{"c":"******"}}',
		);
	});
});

describe('redact', () => {
	it('takes out every secret, every time', () => {
		expect(redact('key sk-1 and sk-1, token t-2', ['sk-1', 't-2'])).toBe(
			'key *** and ***, token ***',
		);
	});
});
