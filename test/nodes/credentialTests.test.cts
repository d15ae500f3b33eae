import type { IDataObject } from 'n8n-workflow';

import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { langdock } from '../../nodes/Langdock/langdock';
import { SERVICES } from '../../nodes/OffboardUser/services';
import { credentialTest } from '../../nodes/shared/n8n/credentialTest';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import { press } from './press.cts';
import { SECRET, type ScriptedAnswer } from './scriptedRun.cts';

const HOST = 'https://service.example.org';
const ok = (body: unknown) => ({ status: 200, body });
const notActive = { status: 404, body: { message: 'User not found or not an active member' } };
const nobody = {
	...{ method: 'POST', uri: `${HOST}/user-management/v1/deactivate-user` },
	body: '{"email":"n8n-credential-test@offboarding.invalid"}',
};
const search = `${HOST}/auth/v1/permissions/zitadel/me/_search`;

/** What is asked to prove the credential, and the answer that proves it. SCIM has tests of its own. */
const PROOFS: Record<string, [request: object, good: ScriptedAnswer]> = {
	langdock: [nobody, notActive],
	odeus: [nobody, notActive],
	aitronos: [{ method: 'GET', uri: `${HOST}/v1/auth/validate` }, ok({ is_valid: true })],
	zitadel: [
		{ method: 'POST', uri: search, body: '{}' },
		ok({ result: ['user.read', 'user.write'] }),
	],
	awork: [
		{ method: 'GET', uri: `${HOST}/me/permissions` },
		ok({ userPermission: { isAdmin: true } }),
	],
};

const subjects = SERVICES.flatMap(({ service: { name, displayName }, node: { methods } }) => {
	const [test] = Object.values(methods?.credentialTest ?? {});
	const proof = PROOFS[name];
	return test && proof ? [[displayName, test, ...proof] as const] : [];
});

const key = { baseUrl: HOST, authentication: 'apiKey', apiKey: SECRET, accessToken: SECRET };
const fails = (message: string) => ({
	status: 'Error',
	message: expect.stringContaining(message) as string,
});

describe.each(subjects)('the test of a credential of %s', (displayName, test, request, good) => {
	const messageOf = async (
		answer: ScriptedAnswer | Promise<ScriptedAnswer>,
		data: IDataObject = key,
	) => {
		const { result } = await press(test, answer, data);
		expect(result.status).toBe('Error');
		return result.message;
	};

	it('asks once, with the key, for what changes nothing', async () => {
		const limits = { allowedHttpRequestDomains: 'domains', allowedDomains: 'x.example' };
		const { result, requests } = await press(test, good, { ...key, ...limits });
		expect(result).toEqual({ status: 'OK', message: `${displayName} accepts the credential` });
		expect(requests).toEqual([
			{
				...request,
				headers: expect.objectContaining({ Accept: 'application/json' }) as object,
				timeout: 15_000,
				followRedirect: false,
				resolveWithFullResponse: true,
				simple: false,
				allowedDomains: 'x.example',
			},
		]);
		expect(JSON.stringify(requests[0]?.headers)).toContain(SECRET);
	});

	it('says what is wrong and what to do, and does not try again', async () => {
		expect(await messageOf({ status: 503 })).toBe(
			`${displayName} is not available at the moment. Try again later: repeating is safe.`,
		);
	});

	it('says what to check of a key that is not accepted, and does not repeat it', async () => {
		const answer = { status: 401, body: { message: SECRET, error: { message: SECRET } } };
		const message = await messageOf(answer);
		expect(message).toContain(`${displayName} rejected the credential. `);
		expect(message).not.toContain(SECRET);
	});

	it('takes what is not found for a wrong address: nobody was asked for', async () => {
		const answers = [
			{ status: 404, body: { code: 'not-found', description: 'x' } },
			{ status: 404, body: { error: { code: 'USER_NOT_FOUND' } } },
			{ status: 404, body: { details: [{ id: 'QUERY-Dfbg2' }] } },
		];
		for (const answer of answers) {
			expect(await messageOf(answer)).toMatch(/^\w+:? .*address in the credential.*\. Check '/);
		}
	});

	it.each([undefined, [], { is_valid: 1, result: 1, userPermission: 1 }])(
		'does not believe an answer with the body %j',
		async (body) => {
			expect(await messageOf({ status: 200, body })).toContain(
				`${displayName} gave an unexpected response. Check '`,
			);
		},
	);

	it('ends at its deadline, although the answer drips in', async () => {
		const deadline = new AbortController();
		jest.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
		const drips = new Promise<ScriptedAnswer>(() => setImmediate(() => deadline.abort()));
		expect(await messageOf(drips)).toContain('did not answer within 15 seconds');
	});

	it('refuses an address without encryption, unless that is wanted', async () => {
		const baseUrl = 'http://service.example.org';
		expect(await messageOf(good, { ...key, baseUrl })).toContain('is not encrypted');
		const { result } = await press(test, good, { ...key, baseUrl, allowHttp: true });
		expect(result.status).toBe('OK');
	});

	it('says that there is no address in an empty credential', async () => {
		expect(await messageOf(good, {})).toContain('in the credential is empty');
	});
});

it.each(subjects.filter(([, , , good]) => good === notActive))(
	'%s: an address that says yes to everything is wrong',
	async (_, test) => {
		const { result } = await press(test, ok({ status: 'success', message: 'x' }), key);
		expect(result).toMatchObject(fails("'Base URL' isn't the address of the API"));
	},
);

it('Aitronos: a bad key may be told by the body alone', async () => {
	const { aitronosAdminApiTest } = new Aitronos().methods.credentialTest;
	const { result } = await press(aitronosAdminApiTest, ok({ is_valid: false }), key);
	expect(result).toMatchObject(fails('Aitronos rejected the credential'));
});

const permissions = [{ feature: 'user-master-data', accessLevels: ['read'] }];

it.each([
	[new Zitadel().methods.credentialTest.zitadelAdminApiTest, { result: ['user.read'] }],
	[new Awork().methods.credentialTest.aworkAdminApiTest, { userPermission: { permissions } }],
])('tells a credential that may not manage users', async (test, body) => {
	const { result } = await press(test, ok(body), key);
	expect(result).toMatchObject(fails("The credential can't manage users"));
});

it('needs a credential type that says how requests are signed', async () => {
	const bare = class {
		name = 'bare';
		displayName = 'Bare';
		properties = [];
	};
	const { result, requests } = await press(credentialTest(langdock, bare), notActive, key);
	expect(result).toMatchObject(fails('authenticate must be a function'));
	expect(requests).toEqual([]);
});
