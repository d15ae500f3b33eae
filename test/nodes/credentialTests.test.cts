import type { ICredentialsDecrypted, ICredentialTestFunction, IDataObject } from 'n8n-workflow';

import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { langdock } from '../../nodes/Langdock/langdock';
import { Langdock } from '../../nodes/Langdock/Langdock.node';
import { Odeus } from '../../nodes/Odeus/Odeus.node';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import { credentialTest } from '../../nodes/shared/n8n/credentialTest';
import { aworkPermissions } from './Awork/sample.cts';
import { SECRET, type ScriptedAnswer } from './scriptedRun.cts';

interface Subject {
	test: ICredentialTestFunction;
	displayName: string;
	/** What is asked to prove the credential. */
	request: { method: string; uri: string; body?: string };
	good: ScriptedAnswer;
}

const HOST = 'https://service.example.org';
const notActive = {
	status: 404,
	body: { message: 'User not found or not an active member' },
};
const nobody = {
	method: 'POST',
	uri: `${HOST}/user-management/v1/deactivate-user`,
	body: '{"email":"n8n-credential-test@offboarding.invalid"}',
};

const { aworkAdminApiTest } = new Awork().methods.credentialTest;

const subjects: Subject[] = [
	{
		test: new Langdock().methods.credentialTest.langdockAdminApiTest,
		displayName: 'Langdock',
		request: nobody,
		good: notActive,
	},
	{
		test: new Odeus().methods.credentialTest.odeusAdminApiTest,
		displayName: 'Odeus',
		request: nobody,
		good: notActive,
	},
	{
		test: new Aitronos().methods.credentialTest.aitronosAdminApiTest,
		displayName: 'Aitronos',
		request: { method: 'GET', uri: `${HOST}/v1/auth/validate` },
		good: { status: 200, body: { is_valid: true } },
	},
	{
		test: new Zitadel().methods.credentialTest.zitadelAdminApiTest,
		displayName: 'ZITADEL',
		request: { method: 'POST', uri: `${HOST}/v2/users`, body: '{"query":{"limit":1}}' },
		good: { status: 200, body: { details: {} } },
	},
	{
		test: aworkAdminApiTest,
		displayName: 'awork',
		request: { method: 'GET', uri: `${HOST}/me/permissions` },
		good: aworkPermissions(
			{ feature: 'user-manage-config', accessLevels: ['read', 'write'] },
			{ feature: 'user-master-data', accessLevels: ['read'] },
		),
	},
];

/** Presses 'Test' with a scripted answer in the place of n8n's helper for it. */
async function press(test: ICredentialTestFunction, answer: ScriptedAnswer, data: IDataObject) {
	const requests: IDataObject[] = [];
	const context = {
		helpers: {
			request: async (options: IDataObject) => {
				requests.push(options);
				if ('reject' in answer) throw answer.reject;
				const { status, body, headers = {} } = answer;
				const text = body === undefined ? undefined : JSON.stringify(body);
				return await Promise.resolve({ statusCode: status, headers, body: text });
			},
		},
	};
	const credential = { id: '1', name: 'x', type: 'x', data } as ICredentialsDecrypted;
	const result = await test.call(context as never, credential);
	return { result, requests };
}

const key = { baseUrl: HOST, authentication: 'apiKey', apiKey: SECRET, accessToken: SECRET };

describe.each(subjects.map((subject) => [subject.displayName, subject] as const))(
	'the test of a credential of %s',
	(displayName, { test, request, good }) => {
		const messageOf = async (answer: ScriptedAnswer, data: IDataObject = key) => {
			const { result } = await press(test, answer, data);
			expect(result.status).toBe('Error');
			return result.message;
		};

		it('sends one request that changes nothing, with the key', async () => {
			const { result, requests } = await press(test, good, key);
			expect(result).toEqual({
				status: 'OK',
				message: `${displayName} accepts the credential`,
			});
			expect(requests).toEqual([
				{
					...request,
					headers: expect.objectContaining({ Accept: 'application/json' }) as object,
					timeout: 15_000,
					followRedirect: false,
					resolveWithFullResponse: true,
					simple: false,
				},
			]);
			expect(JSON.stringify(requests[0]?.headers)).toContain(SECRET);
		});

		it('passes the allowed domains of the credential on to n8n', async () => {
			const data = { ...key, allowedHttpRequestDomains: 'domains', allowedDomains: 'x.example' };
			const { requests } = await press(test, good, data);
			expect(requests).toMatchObject([{ allowedDomains: 'x.example' }]);
		});

		it('says what is wrong and what to do, and retries nothing', async () => {
			expect(await messageOf({ status: 503 })).toBe(
				`${displayName} is not available at the moment. Try again later: repeating is safe.`,
			);
		});

		it('says what to check if the key is rejected, and does not repeat the key', async () => {
			const answer = { status: 401, body: { message: SECRET, error: { message: SECRET } } };
			const message = await messageOf(answer);
			expect(message).toContain(`${displayName} rejected the credential. `);
			expect(message).not.toContain(SECRET);
		});

		it('reads “not found” as a wrong address: nobody was asked for', async () => {
			const answers = [
				{ status: 404, body: { code: 'not-found', description: 'x' } },
				{ status: 404, body: { error: { code: 'USER_NOT_FOUND' } } },
				{ status: 404, body: { details: [{ id: 'QUERY-Dfbg2' }] } },
			];
			for (const answer of answers) {
				expect(await messageOf(answer)).toMatch(
					/The address in the credential has no .*\. Check '/,
				);
			}
		});

		it.each([undefined, {}, []])('does not believe an answer with the body %j', async (body) => {
			expect(await messageOf({ status: 200, body })).toContain(
				`${displayName} gave an unexpected response`,
			);
		});

		it('refuses an address without encryption, unless the credential allows it', async () => {
			const baseUrl = 'http://service.example.org';
			expect(await messageOf(good, { ...key, baseUrl })).toContain('is not encrypted');
			const { result } = await press(test, good, { ...key, baseUrl, allowHttp: true });
			expect(result.status).toBe('OK');
		});

		it('says that there is no address in an empty credential', async () => {
			expect(await messageOf(good, {})).toContain('in the credential is empty');
		});
	},
);

it.each(subjects.filter(({ good }) => good === notActive))(
	'$displayName: refuses a server that confirms everything',
	async ({ test }) => {
		const yes = { status: 200, body: { status: 'success', message: 'x' } };
		const { result } = await press(test, yes, key);
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining("The server at 'Base URL' isn't the") as string,
		});
	},
);

it.each(subjects.filter(({ good }) => good === notActive))(
	'$displayName: believes the words of the API only with status 404',
	async ({ test }) => {
		for (const status of [400, 401, 403]) {
			const { result } = await press(test, { ...notActive, status }, key);
			expect(result.status).toBe('Error');
		}
	},
);

it.each([
	[[{ feature: 'user-manage-config', accessLevels: ['write'] }]],
	[[{ feature: 'user-master-data', accessLevels: ['read'] }]],
	[[]],
])('awork: asks for the permissions that are missing beside %j', async (permissions) => {
	const { result } = await press(aworkAdminApiTest, aworkPermissions(...permissions), key);
	expect(result).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/can't manage users.*user-manage-config/) as string,
	});
});

it('awork: accepts an admin', async () => {
	const admin = { status: 200, body: { userPermission: { isAdmin: true, permissions: null } } };
	const { result } = await press(aworkAdminApiTest, admin, key);
	expect(result.status).toBe('OK');
});

it('Aitronos: reads a bad key from the body alone', async () => {
	const { aitronosAdminApiTest } = new Aitronos().methods.credentialTest;
	const { result } = await press(
		aitronosAdminApiTest,
		{ status: 200, body: { is_valid: false } },
		key,
	);
	expect(result).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('Aitronos rejected the credential') as string,
	});
});

it('needs a credential type that says how requests are signed', async () => {
	const test = credentialTest(
		langdock,
		class {
			name = 'bare';
			displayName = 'Bare';
			properties = [];
		},
	);
	const { result, requests } = await press(test, notActive, key);
	expect(result).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('authenticate must be a function') as string,
	});
	expect(requests).toEqual([]);
});
