import nock from 'nock';

import { testCredential } from '../harness/credentialTest.cts';
import { itSince } from '../harness/engineVersion.cts';
import { json, runNode } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { SUBJECTS } from '../harness/subjects.cts';
import { SEED, startSimulators, type ServiceName, type Simulators } from '../simulators/index.cts';

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterEach(() => simulators.reset());
afterAll(async () => await simulators.close());

/** A key with a form of its own, so that a leak shows. */
const BAD = 'bad-5ecr3t-5ecr3t-5ecr3t';
const WORKSPACE_KEY = 'It must be a workspace key';

/** How a credential is named, its good secret and a bad one, and part of what the latter leads to. */
type Subject = [name: string, service: ServiceName, good: string, bad: string, said: string];

const { langdock, odeus, aitronos, zitadel, awork } = SEED;
const subjects: Subject[] = [
	['Langdock', 'langdock', langdock.secrets.valid, BAD, WORKSPACE_KEY],
	['Odeus', 'odeus', odeus.secrets.valid, BAD, WORKSPACE_KEY],
	['Aitronos', 'aitronos', aitronos.secrets.valid, BAD, 'Check the key or token in the credential'],
	['ZITADEL', 'zitadel', zitadel.secrets.valid, BAD, 'It may have expired or been removed'],
	['awork', 'awork', awork.secrets.valid, BAD, 'an invalid key and for a missing permission'],
];

const test = async (service: ServiceName, secret: string, other = {}) =>
	await testCredential(SUBJECTS[service].credentialType, {
		...SUBJECTS[service].secrets(secret),
		baseUrl: simulators[service].baseUrl,
		...other,
	});

describe.each(subjects)('the test of a credential of %s', (name, service, good, bad, said) => {
	it('accepts a good key, also with a line break from copying, and changes nothing', async () => {
		const before = simulators[service].accounts();
		const accepted = { status: 'OK', message: `${name} accepts the credential` };
		expect(await test(service, good)).toEqual(accepted);
		expect(await test(service, ` ${good}\n`)).toEqual(accepted);
		expect(simulators[service].accounts()).toEqual(before);
		expect(simulators[service].violations).toEqual([]);
	});

	it.each([
		['a bad key', bad, {}, said],
		['a key with an invisible character', `${good}\u200b`, {}, "characters that can't be sent"],
		['an empty key', '', {}, 'is empty. Enter it in the credential'],
		['a closed port', good, { baseUrl: 'http://127.0.0.1:1' }, 'refused the connection'],
	])('says what is wrong with %s, and does not repeat the key', async (_, secret, other, text) => {
		const result = await test(service, secret, other);
		expect(result).toEqual({ status: 'Error', message: expect.stringContaining(text) as string });
		expect(result.message).toContain(name);
		if (secret !== '') expect(findSecrets(result, [secret])).toEqual([]);
	});

	it('says that the path is wrong', async () => {
		const result = await test(service, good, { baseUrl: `${simulators[service].baseUrl}/wrong` });
		expect(result.message).toContain('address in the credential');
	});

	it('does not follow a redirect with the key', async () => {
		simulators[service].next({ kind: 'redirect', location: simulators.odeus.baseUrl });
		expect((await test(service, good)).message).toContain('redirects to another one');
		expect(simulators.odeus.requests.length).toBe(service === 'odeus' ? 1 : 0);
	});

	itSince(14)('keeps to the domains that the credential is allowed for', async () => {
		const allowed = { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.org' };
		const { message } = await test(service, good, allowed);
		expect(message).toContain("isn't one of this credential's allowed domains");
		expect(simulators[service].requests).toEqual([]);
	});
});

it('tests the access token of Aitronos, if that is chosen', async () => {
	const { validToken, expiredToken } = aitronos.secrets;
	const token = { authentication: 'accessToken', apiKey: '' };
	const press = async (accessToken: string) =>
		await test('aitronos', '', { ...token, accessToken });
	expect(await press(validToken)).toMatchObject({ status: 'OK' });
	const expired = await press(expiredToken);
	expect(expired.message).toContain('The access token in the credential has expired');
	expect(findSecrets(expired, [expiredToken])).toEqual([]);
});

it.each(['langdock', 'odeus'] as const)('says that the scope is missing at %s', async (service) => {
	const { message } = await test(service, SEED[service].secrets.withoutPermission);
	expect(message).toContain('Give the key the scope USER_MANAGEMENT_API');
});

describe('a credential whose fields are expressions', () => {
	const hosts = [1, 2].map((tenant) => ({
		url: `https://tenant${tenant}.example.org`,
		key: `t3nant-${tenant}-5ecr3t`,
		email: `kim@tenant${tenant}.example.org`,
	}));
	const deactivate = async (input: Array<Partial<(typeof hosts)[number]>>) =>
		json(
			await runNode({
				node: 'langdock',
				parameters: { email: '={{ $json.email }}', options: { output: 'record' } },
				credentials: {
					langdockAdminApi: { baseUrl: '={{ $json.url }}', apiKey: '={{ $json.key }}' },
				},
				input,
				settings: { onError: 'continueErrorOutput' },
			}),
		);

	afterEach(() => nock.cleanAll());

	it('sends each item to its own host with its own key, and fails without one', async () => {
		for (const { url, key } of hosts) {
			// A key that has no access to the lists of members.
			nock(url)
				.persist()
				.get(/^\/billing\//)
				.reply(403, {});
			nock(url, { reqheaders: { authorization: `Bearer ${key}` } })
				.persist()
				.post('/user-management/v1/deactivate-user')
				.reply(200, (_, body) => ({
					status: 'success',
					message: `${JSON.stringify(body)} ${key}`,
				}));
		}
		const done = [...hosts, ...hosts].map(({ email }) => ({
			email,
			outcome: 'deactivated',
			response: { message: `{"email":"${email}"} ***` },
		}));
		const error = expect.stringContaining("'Base URL' in the credential is empty") as string;
		const nowhere = { email: 'kim@example.org', key: 'any-5ecr3t' };
		expect(await deactivate([nowhere, ...hosts, ...hosts])).toMatchObject([done, [{ error }]]);
	});
});
