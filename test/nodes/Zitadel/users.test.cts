import { itFailsAsTheTableSays, refusals, type RefusalRow } from '../failures.cts';
import { first, scriptedRun, type ScriptedAnswer } from '../scriptedRun.cts';
import { byId, sampleOf } from '../services.cts';

const sample = sampleOf('zitadel');
const { service, parameters, once, success } = sample;

/** The three forms in which ZITADEL words a refusal. */
const forms: Record<string, (code: number, id: string) => object> = {
	'details[]': (code, id) => ({
		code,
		message: `Text (${id})`,
		details: [{ '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message: 'Text' }],
	}),
	detail: (_, id) => ({ code: 'not_found', message: 'Text', detail: { id } }),
	'message only': (code, id) => ({ code, message: `Text (${id})` }),
};

const refusal = (status: number, id: string): ScriptedAnswer => ({
	status,
	body: forms['details[]']?.(9, id),
});

it('does not take a user who cannot be read back for one who was never there', async () => {
	const { service, parameters, once, success } = sampleOf('zitadel');
	const gone = { status: 404, body: { code: 5, details: [{ id: 'QUERY-Dfbg2' }] } };
	const result = await scriptedRun(service, {
		parameters: { ...parameters, options: { verify: true, ifNotFound: 'succeed' } },
		answers: [...once, success, gone],
		continueOnFail: true,
	});
	expect(first(result)).toMatchObject({ details: { reason: 'notFound', outcome: 'deactivated' } });
});

it('finds the ID of a refusal among details of other kinds', async () => {
	const body = { code: 5, message: 'x', details: ['x', {}, { id: 'COMMAND-5gp2p62iin' }] };
	const result = await scriptedRun(service, {
		parameters,
		answers: [...once, { status: 404, body }],
		continueOnFail: true,
	});
	expect(first(result).details).toMatchObject({ reason: 'notFound', code: 'COMMAND-5gp2p62iin' });
});

describe('zitadel', () => {
	it('deactivates a user by ID', async () => {
		const result = await scriptedRun(service, { parameters, answers: [...once, success] });
		expect(first(result)).toMatchObject({
			service: 'zitadel',
			outcome: 'deactivated',
			changed: true,
			userId: '163840776835432705',
			stateBefore: 'unknown',
			stateAfter: 'deactivated',
			verified: false,
		});
		expect(first(result)).not.toHaveProperty('email');
		expect(result.requests).toMatchObject([
			{ method: 'GET', url: 'https://service.example.org/auth/v1/users/me' },
			{
				method: 'POST',
				url: 'https://service.example.org/v2/users/163840776835432705/deactivate',
				headers: { 'Content-Type': 'application/json' },
				body: '{}',
			},
		]);
		expect(result.requests[1]?.headers).not.toHaveProperty('x-zitadel-orgid');
	});

	it('takes an account that is already deactivated for success by default', async () => {
		const answers = [...once, refusal(400, 'COMMAND-5gunjw0cd7')];
		expect(first(await scriptedRun(service, { parameters, answers }))).toMatchObject({
			outcome: 'alreadyDeactivated',
			changed: false,
			stateBefore: 'deactivated',
			stateAfter: 'deactivated',
			verified: false,
		});
	});

	describe.each(Object.entries(forms))('told as %s, fails as the table says:', (_, form) => {
		const table: RefusalRow[] = [
			[400, 'COMMAND-78iiirat8y', 'invalidInput', "'User' was not accepted", ''],
			[404, 'COMMAND-5gp2p62iin', 'notFound', "There is no user '1638", 'Check the value'],
			[400, 'COMMAND-gvx4kct9r2', 'refused', 'can only be deleted', 'Delete the user'],
			[400, 'COMMAND-5gunjw0cd7', 'alreadyDeactivated', 'is already', 'Nothing was changed'],
			[403, 'AUTH-AWfge', 'forbidden', 'not allowed to deactivate', 'ORG_USER_MANAGER'],
			[403, 'AUTH-Swrgg2', 'forbidden', 'not allowed to deactivate', 'ORG_USER_MANAGER'],
			[404, 'AUTHZ-cdgFk', 'forbidden', "no role in the user's organization", 'ORG_USER_MANAGER'],
			[403, 'AUTH-Bs7Ds', 'forbidden', 'not allowed to deactivate', 'ORG_USER_MANAGER'],
			[401, 'AUTH-7fs1e', 'unauthorized', 'not accepted', 'may have expired'],
			[401, 'AUTH-toLo1', 'unauthorized', 'not accepted', 'personal access token'],
			[429, 'QUOTA-vjAy8', 'rateLimited', 'quota of the instance', 'Raise the quota'],
			[429, 'LIMITS-molsj', 'refused', 'instance is blocked', 'Unblock'],
			[500, 'COMMAND-xyz', 'unavailable', 'cannot answer', 'repeating is safe'],
			[409, 'COMMAND-xyz', 'refused', 'refuses to deactivate', 'ZITADEL says: "Text'],
		];
		itFailsAsTheTableSays(
			sample,
			refusals(table, (status, code) => ({ status, body: form(9, code) })),
		);
	});

	describe('fails as the table says, without an ID:', () => {
		itFailsAsTheTableSays(sample, {
			'404 Instance not found: a wrong address': {
				answer: { status: 404, body: { code: 5, message: 'Instance not found' } },
				reason: 'unexpectedResponse',
				message: 'There is no ZITADEL instance at the address in the credential',
				description: "Check 'Instance URL' in the credential",
			},
			'401 auth header missing': {
				answer: { status: 401, body: { code: 16, message: 'auth header missing' } },
				reason: 'unauthorized',
				message: 'The credential is not accepted',
				description: 'ZITADEL says: "auth header missing"',
			},
			'200 without details': {
				answer: { status: 200, body: {} },
				reason: 'unexpectedResponse',
				message: 'The answer is not one that this service is known to give',
				description: 'It is not known whether the user was changed.',
			},
			'200 with an empty body': {
				answer: { status: 200 },
				reason: 'unexpectedResponse',
				message: 'The answer is not one that this service is known to give',
				description: 'It is not known whether the user was changed.',
			},
		});
	});

	it('reads an answer 401 that n8n rejects with because of OAuth2', async () => {
		const response = {
			status: 401,
			headers: {},
			data: JSON.stringify(forms.detail?.(16, 'AUTH-7fs1e')),
		};
		const reject = Object.assign(new Error('401'), { httpCode: '401', cause: { response } });
		const result = await scriptedRun(service, {
			parameters: { ...parameters, authentication: 'oAuth2' },
			credential: { grantType: 'clientCredentials' },
			answers: [...once, { reject }],
			continueOnFail: true,
		});
		expect(first(result).details).toMatchObject({
			reason: 'unauthorized',
			code: 'AUTH-7fs1e',
			httpCode: '401',
		});
		expect(result.requests[0]?.ignoreHttpStatusErrors).toEqual({ ignore: true, except: [401] });
	});

	it('does not make n8n send a request with a personal access token twice', async () => {
		const { requests } = await scriptedRun(service, { parameters, answers: [...once, success] });
		expect(requests[0]?.ignoreHttpStatusErrors).toBe(true);
	});

	it.each([
		['an email address', 'kim@example.org'],
		['a dot segment', '..'],
		['a path', '1/deactivate'],
		['more than 200 characters', '1'.repeat(201)],
	])('refuses %s as user ID', async (_, userId) => {
		await expect(
			scriptedRun(service, { parameters: { ...parameters, userId: byId(userId) }, answers: [] }),
		).rejects.toThrow("'User' must be a user ID");
	});

	it('refuses a number as user ID: it has lost digits on the way', async () => {
		const run = {
			parameters: { ...parameters, userId: byId(Number('163840776835432705')) },
			answers: [],
		};
		await expect(scriptedRun(service, run)).rejects.toThrow("'User' must be a text");
	});

	it('refuses an authentication that it does not have', async () => {
		const run = { parameters: { ...parameters, authentication: 'basic' }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow("'Authentication' is none");
	});

	it('refuses an operation that it does not have', async () => {
		const run = { parameters: { ...parameters, operation: 'delete' }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow("'Operation' is none");
	});
});
