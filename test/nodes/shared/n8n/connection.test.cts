import type {
	IAdditionalCredentialOptions,
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
		const facts = { summary: "'Authentication' has an unknown value" };
		expect(end).toMatchObject({ reason: 'invalidInput', facts });
		expect(types).toEqual([]);
	});

	it.each([
		['an error', new Error('no such credential')],
		['a text', 'no such credential'],
	])("quotes n8n if the credential can't be read: %s", async (_, thrown) => {
		const { end } = await connected(() => {
			throw thrown;
		});
		const advice = expect.stringMatching(/n8n says: no such credential$/) as string;
		const facts = { summary: "The credential can't be read", advice };
		expect(end).toMatchObject({ reason: 'unauthorized', facts });
	});

	it('goes without encryption only if the credential says so', async () => {
		const baseUrl = 'http://service.example.org';
		const open = { ...CREDENTIAL, baseUrl };
		expect((await connected({ ...open, allowHttp: true })).end).toMatchObject({ baseUrl });
		for (const allowHttp of [false, undefined, 'true']) {
			const { end } = await connected({ ...open, allowHttp });
			expect(end).toMatchObject({ reason: 'invalidInput' });
		}
	});
});

/** Connects items with the values that the credential has for each; n8n answers with a new token. */
function itemConnector(
	values: ICredentialDataDecryptedObject[],
	{ renewsToken, renewed }: { renewsToken?: true; renewed?: object } = {},
) {
	const answer = { statusCode: 200, headers: {}, body: '' };
	const helper = async (_: string, _request: object, additional: IAdditionalCredentialOptions) => {
		Object.assign(additional.credentialsDecrypted?.data ?? {}, renewed);
		return await Promise.resolve(answer);
	};
	const context = {
		getCredentials: async (_: string, item: number) =>
			await Promise.resolve(structuredClone(values[item])),
		getExecutionCancelSignal: () => undefined,
		helpers: { httpRequestWithAuthentication: helper },
	} as unknown as IExecuteFunctions;
	const x = { authentication: 'x', name: 'x', type: 'x' };
	const credential = { ...x, ...(renewsToken && { renewsToken }) };
	return createConnect(context, { credentials: [credential] });
}

async function connectedItems(...[values, by]: Parameters<typeof itemConnector>) {
	const connectItem = itemConnector(values, by);
	const connectOrFail = async (item: number) =>
		await connectItem(item).catch((error: unknown) => error);
	return await Promise.all([...values.keys()].map(connectOrFail));
}

describe('the connection of an item', () => {
	const other = { ...CREDENTIAL, baseUrl: 'https://other.example.org' };
	const refused = {
		reason: 'invalidInput',
		facts: { summary: expect.stringContaining('other values') as string },
	};

	it('is shared by the items whose credential has the same values, and by no other', async () => {
		const otherKey = { ...CREDENTIAL, apiKey: 'other-secret' };
		const ends = await connectedItems([CREDENTIAL, other, CREDENTIAL, otherKey]);
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
	const domains = 'x.example';

	it.each([
		['are passed on', { mode: 'domains', domains }, domains],
		['allow nothing if empty', { mode: 'domains', domains: ' ' }, 'none.invalid'],
		['restrict nothing for all', { mode: 'all', domains }, undefined],
		['restrict only the HTTP Request node for none', { mode: 'none', domains }, undefined],
		['restrict nothing if missing', { mode: 'domains', domains: undefined }, undefined],
	])('%s', (_, { mode, domains: allowed }, expected) => {
		const credential = { allowedHttpRequestDomains: mode, allowedDomains: allowed };
		expect(allowedDomains(credential as ICredentialDataDecryptedObject)).toStrictEqual(
			expected === undefined ? {} : { allowedDomains: expected },
		);
	});
});
