import type { IExecuteFunctions } from 'n8n-workflow';

import { allowedDomains, connect } from '../../../../nodes/shared/n8n/connection';

const CREDENTIAL = { baseUrl: 'https://service.example.org', apiKey: 'sk-secret' };

const credentials = ['key', 'token'].map((authentication) => ({
	authentication,
	name: authentication,
	type: `${authentication}Api`,
}));

/** Connects with a credential, or with what n8n throws instead of it. */
async function connected(credential: object | (() => never), authentication: unknown = 'key') {
	const getCredentials = jest.fn(
		async () => await Promise.resolve(typeof credential === 'function' ? credential() : credential),
	);
	const context = { getCredentials, getNodeParameter: () => authentication };
	const end = await connect(context as unknown as IExecuteFunctions, { credentials }).catch(
		(error: unknown) => error,
	);
	return { end, types: getCredentials.mock.calls.map(([type]: unknown[]) => type) };
}

describe('a connection', () => {
	it('has the address and the secrets of the credential that the node is set to', async () => {
		const { end, types } = await connected(CREDENTIAL, 'token');
		expect(end).toMatchObject({ baseUrl: 'https://service.example.org', secrets: ['sk-secret'] });
		expect(types).toEqual(['tokenApi']);
	});

	it.each(['other', '', null])('refuses the authentication %p', async (authentication) => {
		const { end, types } = await connected(CREDENTIAL, authentication);
		expect(end).toMatchObject({
			reason: 'invalidInput',
			facts: { summary: "'Authentication' has an unknown value" },
		});
		expect(types).toEqual([]);
	});

	it.each([
		['an error', new Error('no such credential')],
		['a text', 'no such credential'],
	])("quotes n8n if the credential can't be read: %s", async (_, thrown) => {
		const { end } = await connected(() => {
			throw thrown;
		});
		expect(end).toMatchObject({
			reason: 'unauthorized',
			facts: {
				summary: "The credential can't be read",
				advice: expect.stringMatching(/n8n says: no such credential$/) as string,
			},
		});
	});

	it('goes without encryption only if the credential says so', async () => {
		const open = { ...CREDENTIAL, baseUrl: 'http://service.example.org' };
		const { end } = await connected({ ...open, allowHttp: true });
		expect(end).toMatchObject({ baseUrl: open.baseUrl });
		for (const allowHttp of [false, undefined, 'true']) {
			expect((await connected({ ...open, allowHttp })).end).toMatchObject({
				reason: 'invalidInput',
			});
		}
	});
});

describe('the allowed domains of a credential', () => {
	it.each([
		[
			'are passed on',
			{ allowedHttpRequestDomains: 'domains', allowedDomains: 'x.example' },
			'x.example',
		],
		[
			'allow nothing if empty',
			{ allowedHttpRequestDomains: 'domains', allowedDomains: ' ' },
			'none.invalid',
		],
		[
			'restrict nothing for all',
			{ allowedHttpRequestDomains: 'all', allowedDomains: 'x.example' },
			undefined,
		],
		[
			'restrict only the HTTP Request node for none',
			{ allowedHttpRequestDomains: 'none', allowedDomains: 'x.example' },
			undefined,
		],
		['restrict nothing if missing', { allowedHttpRequestDomains: 'domains' }, undefined],
		['restrict nothing in older credentials', {}, undefined],
	])('%s', (_, credential, domains) => {
		expect(allowedDomains(credential)).toStrictEqual(
			domains === undefined ? {} : { allowedDomains: domains },
		);
	});
});
