import type { ICredentialTestFunction, IDataObject } from 'n8n-workflow';

import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { langdock } from '../../nodes/Langdock/langdock';
import { Langdock } from '../../nodes/Langdock/Langdock.node';
import { Odeus } from '../../nodes/Odeus/Odeus.node';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import { credentialTest } from '../../nodes/shared/n8n/credentialTest';
import { press } from './press.cts';
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
		request: {
			method: 'POST',
			uri: `${HOST}/auth/v1/permissions/zitadel/me/_search`,
			body: '{}',
		},
		good: { status: 200, body: { result: ['user.read', 'user.write'] } },
	},
	{
		test: new Awork().methods.credentialTest.aworkAdminApiTest,
		displayName: 'awork',
		request: { method: 'GET', uri: `${HOST}/me/permissions` },
		good: { status: 200, body: { userPermission: { isAdmin: true } } },
	},
];

const key = { baseUrl: HOST, authentication: 'apiKey', apiKey: SECRET, accessToken: SECRET };

describe.each(subjects.map((subject) => [subject.displayName, subject] as const))(
	'the test of a credential of %s',
	(displayName, { test, request, good }) => {
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
	},
);

it.each(subjects.filter(({ good }) => good === notActive))(
	'$displayName: an address that says yes to everything is wrong',
	async ({ test }) => {
		const yes = { status: 200, body: { status: 'success', message: 'x' } };
		const { result } = await press(test, yes, key);
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining("'Base URL' isn't the address of the API") as string,
		});
	},
);

it('Aitronos: a bad key may be told by the body alone', async () => {
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

it.each([
	[new Zitadel().methods.credentialTest.zitadelAdminApiTest, { result: ['user.read'] }],
	[
		new Awork().methods.credentialTest.aworkAdminApiTest,
		{ userPermission: { permissions: [{ feature: 'user-master-data', accessLevels: ['read'] }] } },
	],
])('tells a credential that may not manage users', async (test, body) => {
	const { result } = await press(test, { status: 200, body }, key);
	expect(result).toMatchObject({
		status: 'Error',
		message: expect.stringContaining("The credential can't manage users") as string,
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
