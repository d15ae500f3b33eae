import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import type { Connection } from '../../../../nodes/shared/http/transport';
import { allowedDomains, connect, createConnect } from '../../../../nodes/shared/n8n/connection';

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
	const end = await connect(context as unknown as ILoadOptionsFunctions, { credentials }).catch(
		(error: unknown) => error,
	);
	return { end, types: getCredentials.mock.calls.map(([type]: unknown[]) => type) };
}

describe('a connection', () => {
	it('has the address and the secrets of the credential that the node is set to', async () => {
		const { end, types } = await connected(CREDENTIAL, 'token');
		expect(end).toMatchObject({ baseUrl: 'https://service.example.org' });
		expect((end as Connection).secretsInUse()).toEqual(['sk-secret']);
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

/** Connects items with the values that the credential has for each; n8n answers with a new token. */
function itemConnector(
	values: ICredentialDataDecryptedObject[],
	{ renewsToken, renewed }: { renewsToken?: true; renewed?: object } = {},
) {
	const context = {
		getCredentials: async (_: string, item: number) =>
			await Promise.resolve(structuredClone(values[item])),
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				_request: object,
				{ credentialsDecrypted }: { credentialsDecrypted: { data: object } },
			) => {
				Object.assign(credentialsDecrypted.data, renewed);
				return await Promise.resolve({ statusCode: 200, headers: {}, body: '' });
			},
		},
	} as unknown as IExecuteFunctions;
	const credential = {
		authentication: 'x',
		name: 'x',
		type: 'x',
		...(renewsToken && { renewsToken }),
	};
	return createConnect(context, { credentials: [credential] });
}

async function connectedItems(...[values, by]: Parameters<typeof itemConnector>) {
	const connectItem = itemConnector(values, by);
	return await Promise.all(
		[...values.keys()].map(
			async (item) => await connectItem(item).catch((error: unknown) => error),
		),
	);
}

describe('the connection of an item', () => {
	const other = { ...CREDENTIAL, baseUrl: 'https://other.example.org' };
	const refused = {
		reason: 'invalidInput',
		facts: { summary: expect.stringContaining('other values') as string },
	};

	it('is shared by the items whose credential has the same values, and by no other', async () => {
		const ends = await connectedItems([
			CREDENTIAL,
			other,
			CREDENTIAL,
			{ ...CREDENTIAL, apiKey: 'other-secret' },
		]);
		expect(ends[2]).toBe(ends[0]);
		expect(new Set(ends).size).toBe(3);
		expect(ends[1]).toMatchObject({ baseUrl: other.baseUrl });
		expect((ends[3] as Connection).secretsInUse()).toEqual(['other-secret']);
	});

	const fetched = { ...CREDENTIAL, accessToken: 'first-token', tokenOrigin: CREDENTIAL.baseUrl };

	it.each<[string, ICredentialDataDecryptedObject, { renewsToken?: true }]>([
		['that the credential fetches', fetched, { renewsToken: true }],
		['of OAuth2', { ...CREDENTIAL, grantType: 'pkce', oauthTokenData: {} }, {}],
	])('is the same for all items with a token %s; other values are refused', async (_, data, by) => {
		const renewed = { ...data, accessToken: 'second-token', oauthTokenData: { access_token: 'x' } };
		const ends = await connectedItems([data, renewed, { ...data, ...other }], by);
		expect(ends[1]).toBe(ends[0]);
		expect(ends[2]).toMatchObject(refused);
	});

	it('is that of the first item for all, if the credential is marked to hold no expression', async () => {
		const marked = { ...CREDENTIAL, holdsNoExpression: true };
		const connectItem = itemConnector([marked, other]);
		expect(await connectItem(1)).toMatchObject({ baseUrl: other.baseUrl });
		const first = await connectItem(0);
		expect(await connectItem(1)).toBe(first);
	});

	it('knows the token that was renewed, and the one before it', async () => {
		const renewed = { accessToken: 'second-token' };
		const [end] = await connectedItems([fetched], { renewsToken: true, renewed });
		const { transport, secretsInUse } = end as Connection;
		await transport({ method: 'GET', url: CREDENTIAL.baseUrl, headers: {}, timeout: 1000 });
		expect(secretsInUse()).toEqual(['sk-secret', 'first-token', 'second-token']);
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
