import nock from 'nock';

import { testCredential } from '../harness/credentialTest.cts';
import { itSince } from '../harness/engineVersion.cts';
import { json, runNode } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { SEED, startSimulators, type ServiceName, type Simulators } from '../simulators/index.cts';

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterEach(() => simulators.reset());
afterAll(async () => await simulators.close());

interface Subject {
	type: string;
	simulator: ServiceName;
	displayName: string;
	data: (secret: string) => Record<string, string>;
	good: string;
	bad: string;
	/** Part of what a bad key is answered with. */
	unauthorized: string;
}

const apiKey = (secret: string) => ({ apiKey: secret });

/** Keys with a form of their own, so that a leak shows. */
const BAD = 'bad-5ecr3t-5ecr3t-5ecr3t';
const KEY = 'any-5ecr3t-5ecr3t-5ecr3t';

const subjects: Subject[] = [
	{
		type: 'langdockAdminApi',
		simulator: 'langdock',
		displayName: 'Langdock',
		data: apiKey,
		good: SEED.langdock.secrets.valid,
		bad: BAD,
		unauthorized: 'It must be a workspace key',
	},
	{
		type: 'odeusAdminApi',
		simulator: 'odeus',
		displayName: 'Odeus',
		data: apiKey,
		good: SEED.odeus.secrets.valid,
		bad: BAD,
		unauthorized: 'It must be a workspace key',
	},
	{
		type: 'aitronosAdminApi',
		simulator: 'aitronos',
		displayName: 'Aitronos',
		data: (secret) => ({ authentication: 'apiKey', apiKey: secret }),
		good: SEED.aitronos.secrets.valid,
		bad: BAD,
		unauthorized: 'Check the key or token in the credential',
	},
	{
		type: 'aitronosAdminApi',
		simulator: 'aitronos',
		displayName: 'Aitronos',
		data: (secret) => ({ authentication: 'accessToken', accessToken: secret }),
		good: SEED.aitronos.secrets.validToken,
		bad: SEED.aitronos.secrets.expiredToken,
		unauthorized: 'The access token in the credential has expired',
	},
	{
		type: 'zitadelAdminApi',
		simulator: 'zitadel',
		displayName: 'ZITADEL',
		data: (secret) => ({ accessToken: secret }),
		good: SEED.zitadel.secrets.valid,
		bad: BAD,
		unauthorized: 'It may have expired or been removed',
	},
	{
		type: 'aworkAdminApi',
		simulator: 'awork',
		displayName: 'awork',
		data: apiKey,
		good: SEED.awork.secrets.valid,
		bad: BAD,
		unauthorized: 'an invalid key and for a missing permission',
	},
];

describe.each(
	subjects.map(
		(subject) => [`${subject.type} (${Object.keys(subject.data('')).at(-1)})`, subject] as const,
	),
)('the test of %s', (_, { type, simulator, displayName, data, good, bad, unauthorized }) => {
	const addressField = simulator === 'zitadel' ? 'Instance URL' : 'Base URL';
	const test = async (secret: string, baseUrl = simulators[simulator].baseUrl) =>
		await testCredential(type, { ...data(secret), baseUrl });

	it('accepts a good key and changes nothing', async () => {
		const before = simulators[simulator].accounts();
		expect(await test(good)).toEqual({
			status: 'OK',
			message: `${displayName} accepts the credential`,
		});
		expect(simulators[simulator].accounts()).toEqual(before);
		expect(simulators[simulator].violations).toEqual([]);
	});

	it('accepts a good key with a line break from copying', async () => {
		expect(await test(` ${good}\n`)).toMatchObject({ status: 'OK' });
	});

	it('says that a bad key is not accepted, and does not repeat it', async () => {
		const result = await test(bad);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(`${displayName} rejected the credential.`);
		expect(result.message).toContain(unauthorized);
		expect(findSecrets(result, [bad])).toEqual([]);
	});

	it.each([
		[
			'an invisible character in it',
			'\u200b',
			"contains characters that can't be sent. Copy it again",
		],
		['nothing in it', '', 'is empty. Enter it in the credential'],
	])('does not send a key with %s', async (_, character, said) => {
		const result = await test(character && good + character);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(`${displayName}: The key or token in the credential ${said}`);
		expect(simulators[simulator].requests).toEqual([]);
		expect(findSecrets(result, [good])).toEqual([]);
	});

	it('says that the address is wrong', async () => {
		const result = await test(good, `${simulators[simulator].baseUrl}/wrong`);
		expect(result.status).toBe('Error');
		expect(result.message).toContain('address in the credential');
		expect(findSecrets(result, [good])).toEqual([]);
	});

	it('says that the host cannot be reached', async () => {
		const result = await test(good, 'http://127.0.0.1:1');
		expect(result.status).toBe('Error');
		expect(result.message).toContain(`${displayName}: The service refused the connection.`);
		expect(findSecrets(result, [good])).toEqual([]);
	});

	it('does not follow a redirect with the key', async () => {
		simulators[simulator].next({ kind: 'redirect', location: simulators.odeus.baseUrl });
		const result = await test(good);
		expect(result.message).toContain('redirects to another one');
		expect(simulators.odeus.requests.length).toBe(simulator === 'odeus' ? 1 : 0);
	});

	it('does not believe an HTML page', async () => {
		simulators[simulator].next({ kind: 'html' });
		const result = await test(good);
		expect(result).toMatchObject({
			status: 'Error',
			message: `${displayName} gave an unexpected response. Check '${addressField}' in the credential.`,
		});
	});

	it('refuses an address without encryption', async () => {
		const result = await test(good, 'http://service.example.org');
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(
				`'${addressField}' in the credential is not encrypted`,
			) as string,
		});
	});
});

it.each(['langdock', 'odeus'] as const)(
	'the test of %s says that the scope is missing',
	async (name) => {
		const result = await testCredential(`${name}AdminApi`, {
			apiKey: SEED[name].secrets.withoutPermission,
			baseUrl: simulators[name].baseUrl,
		});
		expect(result.status).toBe('Error');
		expect(result.message).toContain('Give the key the scope USER_MANAGEMENT_API');
	},
);

it('the test of langdock takes an address that says yes to everything for a wrong one', async () => {
	simulators.langdock.next({
		kind: 'status',
		status: 200,
		body: { status: 'success', message: 'User deactivated' },
	});
	const result = await testCredential('langdockAdminApi', {
		apiKey: SEED.langdock.secrets.valid,
		baseUrl: simulators.langdock.baseUrl,
	});
	expect(result.message).toContain("'Base URL' isn't the address of the API");
});

it('the test of aitronos reads the body, not only the status', async () => {
	simulators.aitronos.next({ kind: 'status', status: 200, body: { is_valid: false } });
	const result = await testCredential('aitronosAdminApi', {
		authentication: 'apiKey',
		apiKey: SEED.aitronos.secrets.valid,
		baseUrl: simulators.aitronos.baseUrl,
	});
	expect(result).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('Aitronos rejected the credential') as string,
	});
});

describe('a credential whose fields are expressions', () => {
	const tenants = [1, 2].map((tenant) => ({
		url: `https://tenant${tenant}.example.org`,
		key: `t3nant-${tenant}-5ecr3t`,
		email: `kim@tenant${tenant}.example.org`,
	}));

	afterEach(() => nock.cleanAll());

	/** Langdock with a key that has no access to the lists of members. */
	const langdockAt = (url: string, options?: nock.Options) => {
		nock(url)
			.persist()
			.get(/^\/billing\//)
			.reply(403, {});
		return nock(url, options).post('/user-management/v1/deactivate-user');
	};

	it('sends each item to its own host with its own key', async () => {
		// Twice the same tenant: each request has to be the one that its host expects.
		const input = [...tenants, ...tenants];
		for (const { url, key } of input) {
			langdockAt(url, { reqheaders: { authorization: `Bearer ${key}` } }).reply(200, (_, body) => ({
				status: 'success',
				message: `${JSON.stringify(body)} ${key}`,
			}));
		}
		const execution = await runNode({
			node: 'langdock',
			parameters: { email: '={{ $json.email }}', options: { output: 'record' } },
			credentials: {
				langdockAdminApi: { baseUrl: '={{ $json.url }}', apiKey: '={{ $json.key }}' },
			},
			input,
		});
		expect(json(execution)).toMatchObject([
			input.map(({ email }) => ({
				email,
				outcome: 'deactivated',
				response: { message: `{"email":"${email}"} ***` },
			})),
		]);
	});

	it('fails for the item that has no value for it, and for no other', async () => {
		const url = 'https://tenant.example.org';
		langdockAt(url).reply(200, { status: 'success', message: '' });
		const execution = await runNode({
			node: 'langdock',
			parameters: { email: 'kim@example.org' },
			credentials: { langdockAdminApi: { baseUrl: '={{ $json.url }}', apiKey: KEY } },
			input: [{}, { url }],
			settings: { onError: 'continueErrorOutput' },
		});
		expect(json(execution)).toMatchObject([
			[{ outcome: 'deactivated' }],
			[{ error: expect.stringContaining("'Base URL' in the credential is empty") as string }],
		]);
	});
});

itSince(14)(
	'the test of a credential keeps to the domains that the credential is allowed for',
	async () => {
		const result = await testCredential('langdockAdminApi', {
			apiKey: SEED.langdock.secrets.valid,
			baseUrl: simulators.langdock.baseUrl,
			allowedHttpRequestDomains: 'domains',
			allowedDomains: 'example.org',
		});
		expect(result.message).toContain("isn't one of this credential's allowed domains");
		expect(simulators.langdock.requests).toEqual([]);
	},
);
