import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';
import nock from 'nock';

import type { CredentialData } from '../harness/credentials.cts';
import { nockOnly } from '../harness/nockOnly.cts';
import { byId, json, NODE_NAME, runNode } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';

const KEY = 'k3y-5ecr3t-5ecr3t-5ecr3t';
const HOST = 'https://service.example.org';
const AWORK_ID = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11';
const AWORK_ID_2 = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b12';

/** One way to sign in to a service, one input item that works, and what goes over the wire for it. */
interface Case {
	node: string;
	credentials: CredentialData;
	parameters: INode['parameters'];
	input: IDataObject[];
	/** Answers to what is asked once for the whole run. */
	begin?(): void;
	/** Answers for one input item. */
	succeed(item: IDataObject): void;
	/** A refusal to the first request for one input item; the service repeats the key in it. */
	fail(item: IDataObject, status: number): void;
	/** Answers that say: already deactivated. */
	already(item: IDataObject): void;
	record: IDataObject;
	alreadyRecord: IDataObject;
	alreadyOptions?: { ifAlreadyDeactivated: string };
}

const bearer: [string, string] = ['authorization', `Bearer ${KEY}`];

function scope([header, value]: [string, string]): nock.Scope {
	return nock(HOST, { reqheaders: { [header]: value, accept: 'application/json' } });
}

const jsonBody = { reqheaders: { 'content-type': 'application/json' } };

function userManagement(name: string): Case {
	const post = (item: IDataObject) =>
		nock(HOST, { reqheaders: { [bearer[0]]: bearer[1], ...jsonBody.reqheaders } }).post(
			'/user-management/v1/deactivate-user',
			{ email: item.email as string },
		);
	const response = { status: 'success', message: 'User deactivated' };
	const refusal = { message: 'User not found or not an active member' };
	return {
		node: name,
		credentials: { [`${name}AdminApi`]: { baseUrl: HOST, apiKey: KEY } },
		parameters: { email: '={{ $json.email }}' },
		// A key without the scope for the look-up: items that are worked on at the same time all ask.
		begin: () =>
			void scope(bearer)
				.get('/billing/v1/ai-models-included/users')
				.query(true)
				.times(2)
				.optionally()
				.reply(403),
		input: [{ email: 'kim@example.org' }, { email: 'lee@example.org' }],
		succeed: (item) => void post(item).reply(200, response),
		fail: (item, status) => void post(item).reply(status, { message: KEY }),
		already: (item) => void post(item).reply(404, refusal),
		record: {
			email: 'kim@example.org',
			stateBefore: 'active',
			stateAfter: 'deactivated',
		},
		alreadyRecord: { stateBefore: 'unknown', stateAfter: 'unknown', verified: false },
		alreadyOptions: { ifAlreadyDeactivated: 'succeed' },
	};
}

function aitronos(credential: CredentialData[string], authorization: [string, string]): Case {
	const post = (item: IDataObject) =>
		scope(authorization).post(`/v1/organizations/org_1/users/${String(item.id)}/deactivate`, {
			transfer_resources_to_department_id: 'dept_2',
		});
	return {
		node: 'aitronos',
		credentials: { aitronosAdminApi: { baseUrl: HOST, ...credential } },
		parameters: {
			organizationId: byId('org_1'),
			userId: byId('={{ $json.id }}'),
			transferResourcesToDepartmentId: byId('dept_2'),
		},
		...(credential.authentication === 'accessToken' && {
			begin: () => void scope(authorization).get('/v1/user/me').reply(200, { id: 'usr_9' }),
		}),
		input: [{ id: 'usr_1' }, { id: 'usr_2' }],
		succeed: (item) =>
			void post(item).reply(200, {
				id: item.id as string,
				email: 'kim@example.org',
				account_state: 'deactivated',
				deactivated_at: null,
			}),
		fail: (item, status) => void post(item).reply(status, { error: { message: KEY } }),
		already: (item) =>
			void post(item).reply(422, { error: { code: 'USER_ALREADY_DEACTIVATED', message: 'x' } }),
		record: {
			userId: 'usr_1',
			email: 'kim@example.org',
			stateAfter: 'deactivated',
			verified: true,
		},
		alreadyRecord: { stateBefore: 'deactivated', stateAfter: 'deactivated', verified: false },
	};
}

function zitadel(authentication: string, credentials: CredentialData): Case {
	const post = (item: IDataObject) =>
		nock(HOST, { reqheaders: { [bearer[0]]: bearer[1], ...jsonBody.reqheaders } }).post(
			`/v2/users/${String(item.id)}/deactivate`,
			{},
		);
	return {
		node: 'zitadel',
		credentials,
		parameters: { authentication, userId: byId('={{ $json.id }}') },
		begin: () =>
			void scope(bearer)
				.get('/auth/v1/users/me')
				.reply(200, { user: { id: '1' } }),
		input: [{ id: '163840776835432705' }, { id: '163840776835432706' }],
		succeed: (item) =>
			void post(item).reply(200, { details: { changeDate: '2026-11-01T08:00:00Z' } }),
		fail: (item, status) => void post(item).reply(status, { message: KEY }),
		already: (item) =>
			void post(item).reply(400, {
				code: 9,
				message: 'x',
				details: [{ id: 'COMMAND-5gunjw0cd7' }],
			}),
		record: { userId: '163840776835432705', stateBefore: 'unknown', stateAfter: 'deactivated' },
		alreadyRecord: { stateBefore: 'deactivated', stateAfter: 'deactivated', verified: false },
	};
}

function awork(authentication: string, credentials: CredentialData): Case {
	const user = (id: string, isDeactivated: boolean) => ({
		id,
		isDeactivated,
		userContactInfos: [{ type: 'email', subType: 'work', value: 'kim@example.org' }],
	});
	return {
		node: 'awork',
		credentials,
		parameters: { authentication, userId: byId('={{ $json.id }}'), includeSummary: true },
		begin: () => void scope(bearer).get('/users/me').reply(200, { id: 'somebody-else' }),
		input: [{ id: AWORK_ID }, { id: AWORK_ID_2 }],
		succeed: (item) => {
			const id = item.id as string;
			scope(bearer)
				.get(`/users/${id}`)
				.reply(200, user(id, false))
				.post(`/users/${id}/deactivate`, '')
				.query({ includeSummary: 'true' })
				.reply(200, { privateProjectsDeletedCount: 2 });
		},
		fail: (item, status) =>
			void scope(bearer)
				.get(`/users/${String(item.id)}`)
				.reply(status, { description: KEY }),
		already: (item) => {
			const id = item.id as string;
			scope(bearer).get(`/users/${id}`).reply(200, user(id, true));
		},
		record: {
			userId: AWORK_ID,
			email: 'kim@example.org',
			stateBefore: 'active',
			stateAfter: 'deactivated',
			warning: "awork deleted 2 of the user's private projects.",
		},
		alreadyRecord: { stateBefore: 'deactivated', stateAfter: 'deactivated', verified: true },
	};
}

const oauthTokenData = { access_token: KEY, refresh_token: 'r3fresh-5ecr3t', token_type: 'Bearer' };

const cases: Record<string, Case> = {
	langdock: userManagement('langdock'),
	odeus: userManagement('odeus'),
	'aitronos with an API key': aitronos({ authentication: 'apiKey', apiKey: KEY }, [
		'x-api-key',
		KEY,
	]),
	'aitronos with an access token': aitronos(
		{ authentication: 'accessToken', accessToken: KEY },
		bearer,
	),
	'zitadel with a personal access token': zitadel('personalAccessToken', {
		zitadelAdminApi: { baseUrl: HOST, accessToken: KEY },
	}),
	'zitadel with client credentials': zitadel('clientCredentials', {
		zitadelClientCredentialsApi: {
			baseUrl: HOST,
			clientId: 'sa',
			clientSecret: 'cl13nt',
			accessToken: KEY,
			tokenOrigin: HOST,
		},
	}),
	'awork with an API key': awork('apiKey', { aworkAdminApi: { baseUrl: HOST, apiKey: KEY } }),
	'awork with OAuth2': awork('oAuth2', {
		aworkAdminOAuth2Api: { baseUrl: HOST, clientId: 'c', clientSecret: 'cl13nt', oauthTokenData },
	}),
};

/** The same field with another value. */
const replaced = (field: unknown, value: string) =>
	typeof field === 'string' ? value : byId(value);

nockOnly();

describe.each(Object.entries(cases))('%s', (_, subject) => {
	const { node, credentials, parameters, input, succeed, already } = subject;
	const [first = {}, second = {}] = input;
	const service = node;

	it('deactivates each item’s user, with the documented request', async () => {
		subject.begin?.();
		succeed(first);
		succeed(second);
		const execution = await runNode({ node, credentials, parameters, input });
		expect(execution.error).toBeUndefined();
		const [records = []] = json(execution);
		expect(records).toHaveLength(2);
		expect(records[0]).toMatchObject({
			service,
			operation: 'deactivate',
			outcome: 'deactivated',
			changed: true,
			...subject.record,
		});
		expect(execution.output(NODE_NAME)[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
	});

	it('knows an account that is already deactivated', async () => {
		subject.begin?.();
		already(first);
		const execution = await runNode({
			node,
			credentials,
			parameters: { ...parameters, options: { ...subject.alreadyOptions } },
			input: [first],
		});
		expect(json(execution)).toEqual([
			[
				expect.objectContaining({
					outcome: 'alreadyDeactivated',
					changed: false,
					...subject.alreadyRecord,
				}),
			],
		]);
	});

	it('sends what fails to the error branch, merged with its input', async () => {
		subject.begin?.();
		subject.fail(first, 403);
		succeed(second);
		const execution = await runNode({
			node,
			credentials,
			parameters,
			input: [{ ...first, employee: 7 }, second],
			settings: { onError: 'continueErrorOutput' },
		});
		const [succeeded, failed] = json(execution);
		expect(succeeded).toMatchObject([{ outcome: 'deactivated' }]);
		expect(failed).toMatchObject([
			{
				...first,
				employee: 7,
				error: expect.stringContaining("doesn't have permission to deactivate") as string,
				details: {
					item: 0,
					service,
					operation: 'deactivate',
					reason: 'forbidden',
					httpCode: '403',
				},
			},
		]);
		expect(findSecrets(execution.output(NODE_NAME), [KEY])).toEqual([]);
	});

	it('stops with an error that says what was already done', async () => {
		subject.begin?.();
		succeed(first);
		subject.fail(second, 403);
		const { error } = await runNode({ node, credentials, parameters, input });
		expect(error?.name).toBe(NodeApiError.name);
		expect(error?.message).toMatch(
			/doesn't have permission to deactivate '.+'\. Already done in this run: '.+' \(deactivated\)\.$/,
		);
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(findSecrets(error, [KEY])).toEqual([]);
	});

	it('is safe under Retry On Fail, which runs all items again', async () => {
		subject.begin?.();
		succeed(first);
		subject.fail(second, 403);
		subject.begin?.();
		already(first);
		succeed(second);
		const execution = await runNode({
			node,
			credentials,
			parameters: { ...parameters, options: { ...subject.alreadyOptions } },
			input,
			// The shortest wait that n8n does not take for its default.
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(json(execution)).toMatchObject([
			[{ outcome: 'alreadyDeactivated' }, { outcome: 'deactivated' }],
		]);
	});

	it.each([
		['={{ $json.no.such.thing }}', 'has no value: its expression returns nothing'],
		['={{ $json.', "has an expression that can't be evaluated"],
		['={{ $("No such node").item.json }}', "has an expression that can't be evaluated"],
	])('names the field if its expression comes to nothing: %s', async (expression, said) => {
		const [name = ''] = Object.keys(parameters).filter((key) => key !== 'authentication');
		const execution = await runNode({
			node,
			credentials,
			parameters: { ...parameters, [name]: replaced(parameters[name], expression) },
			input: [first],
			settings: { onError: 'continueErrorOutput' },
		});
		expect(json(execution)[1]).toMatchObject([
			{
				error: expect.stringMatching(`: '(Email|User|Organization)' ${said}`) as string,
				details: { reason: 'invalidInput' },
			},
		]);
	});
});
