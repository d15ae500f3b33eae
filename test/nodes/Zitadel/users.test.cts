import { EMAIL } from '../sample.cts';
import { first, scriptedRun, type ScriptedAnswer } from '../scriptedRun.cts';
import { byEmail, byId, sampleOf } from '../services.cts';

const sample = sampleOf('zitadel');
const USER_ID = '163840776835432705';
const { service, parameters, once, success } = sample;

const { users } = sample;

const refusal = (status: number, id: string, code = 9): ScriptedAnswer => ({
	status,
	body: { code, message: 'Text', details: [{ id }] },
});
const human = (id: string, fields: object = {}) => ({
	userId: id,
	state: 'USER_STATE_ACTIVE',
	human: { email: { email: EMAIL } },
	...fields,
});
const oneUser = (fields: object) => ({ status: 200, body: { user: human(USER_ID, fields) } });
const page = (result: object[], totalResult?: number) => ({
	status: 200,
	body: {
		details: { ...(totalResult !== undefined && { totalResult: String(totalResult) }) },
		...(result.length > 0 && { result }),
	},
});
const many = (length: number, start = 1000) =>
	Array.from({ length }, (_, index) => human(String(start + index)));

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

	it('reads an answer 401 that n8n rejects with because a token can be renewed', async () => {
		const response = {
			status: 401,
			headers: {},
			data: JSON.stringify({ code: 16, message: 'Text', details: [{ id: 'AUTH-7fs1e' }] }),
		};
		const reject = Object.assign(new Error('401'), { httpCode: '401', cause: { response } });
		const result = await scriptedRun(service, {
			parameters: { ...parameters, authentication: 'clientCredentials' },
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
		await expect(scriptedRun(service, run)).rejects.toThrow("'User' must be text");
	});

	it('refuses an authentication that it does not have', async () => {
		const run = { parameters: { ...parameters, authentication: 'basic' }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow(
			"'Authentication' has an unknown value",
		);
	});

	it('refuses an operation that it does not have', async () => {
		const run = { parameters: { ...parameters, operation: 'delete' }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow('Unknown operation');
	});

	describe('by email', () => {
		const find = async (...pages: ScriptedAnswer[]) =>
			await scriptedRun(service, {
				parameters: { operation: 'get', userId: byEmail(EMAIL) },
				answers: pages,
				continueOnFail: true,
			});

		it('compares addresses without case at the service, and reads all pages', async () => {
			const result = await find(page(many(100), 101), page(many(1, 1100), 101));
			expect(first(result).error).toContain('101 users have the email');
			const method = 'TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE';
			expect(result.requests.map(({ body }) => JSON.parse(String(body)) as unknown)).toMatchObject([
				{
					query: { offset: '0', limit: 100 },
					queries: [{ emailQuery: { emailAddress: EMAIL, method } }],
				},
				{ query: { offset: '100', limit: 100 } },
			]);
		});

		it('reads on after pages that are short or empty, as the total says', async () => {
			const found = page([human(USER_ID)], 250);
			const result = await find(page([], 250), page(many(0), 250), found, oneUser({}));
			expect(first(result)).toMatchObject({ outcome: 'found', userId: USER_ID });
		});

		it('reads on without a total until a page is empty', async () => {
			const result = await find(page([human(USER_ID)]), page([]), oneUser({}));
			expect(first(result)).toMatchObject({ outcome: 'found', userId: USER_ID });
		});

		it('gives up on a service that ignores paging', async () => {
			const result = await find(page(many(3)), page(many(3)));
			expect(first(result)).toMatchObject({
				error: expect.stringContaining('keeps returning more pages') as string,
				details: { reason: 'unexpectedResponse' },
			});
		});
	});

	it('counts login names as addresses of protected users', async () => {
		for (const name of [
			{ username: 'Boss@Example.org' },
			{ loginNames: ['x', 'boss@example.org'] },
		]) {
			const result = await scriptedRun(service, {
				parameters: { ...parameters, options: { protectedUsers: 'boss@example.org' } },
				answers: [...once, oneUser({ ...name, human: {} })],
				continueOnFail: true,
			});
			expect(first(result).details).toMatchObject({ reason: 'protectedUser', userId: USER_ID });
		}
	});

	it('does not promise to deactivate a user who was never activated', async () => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, options: { dryRun: true } },
			answers: [...once, oneUser({ state: 'USER_STATE_INITIAL' })],
			continueOnFail: true,
		});
		expect(first(result)).toMatchObject({
			error: expect.stringContaining('can only be deleted') as string,
			details: { reason: 'refused' },
		});
	});

	it.each([
		['deactivated' as const, { outcome: 'alreadyDeactivated', changed: false }],
		['active' as const, { details: { reason: 'refused', code: 'COMMAND-new' } }],
	])('reads the user if the state is refused with an unknown ID: %s', async (state, expected) => {
		const answers = [...once, refusal(400, 'COMMAND-new'), ...(users ? [users.user(state)] : [])];
		const result = await scriptedRun(service, { parameters, answers, continueOnFail: true });
		expect(first(result)).toMatchObject(expected);
	});
});
