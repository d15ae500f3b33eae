import { EMAIL } from '../sample.cts';
import { first, scriptedRun, type ScriptedAnswer } from '../scriptedRun.cts';
import { byEmail, byId, sampleOf } from '../services.cts';

const sample = sampleOf('aitronos');
const USER_ID = 'usr_001';
const { service, parameters, once, success } = sample;

const refusal = (status: number, code: string) => ({
	status,
	body: {
		success: false,
		error: { code, message: `Text of ${code}`, system_message: 'x', status, trace_id: 't1' },
	},
});

describe('aitronos', () => {
	it('deactivates a user and hands over the resources', async () => {
		const result = await scriptedRun(service, { parameters, answers: [...once, success] });
		expect(first(result)).toMatchObject({
			service: 'aitronos',
			outcome: 'deactivated',
			changed: true,
			userId: USER_ID,
			email: 'kim.lee@example.org',
			stateBefore: 'unknown',
			stateAfter: 'deactivated',
			verified: true,
		});
		expect(result.requests).toMatchObject([
			{ method: 'GET', url: 'https://service.example.org/v1/user/me' },
			{
				method: 'POST',
				url: 'https://service.example.org/v1/organizations/org_1/users/usr_001/deactivate',
				body: '{"transfer_resources_to_department_id":"dept_2"}',
			},
		]);
	});

	it.each([
		['the account is still active', { id: USER_ID, account_state: 'active' }],
		['the account is another one', { id: 'usr_002', account_state: 'deactivated' }],
		['nothing says whose it is', { account_state: 'deactivated' }],
	])('does not believe a 200 in which %s', async (_, body) => {
		const result = await scriptedRun(service, {
			parameters,
			answers: [...once, { status: 200, body }],
			continueOnFail: true,
		});
		expect(first(result).details).toMatchObject({
			reason: 'unexpectedResponse',
			description: expect.stringContaining(
				"It isn't known whether the user was changed.",
			) as string,
		});
	});

	it('reads the new state from the answer to a reactivation, too', async () => {
		const answer = { status: 200, body: { id: USER_ID, email: 'a@x', account_state: 'active' } };
		const run = { parameters: { ...parameters, operation: 'reactivate' }, answers: [answer] };
		expect(first(await scriptedRun(service, run))).toMatchObject({
			outcome: 'reactivated',
			email: 'a@x',
			stateAfter: 'active',
			verified: true,
		});
	});

	it('succeeds for an account that is already deactivated, by default', async () => {
		const answers = [...once, refusal(422, 'USER_ALREADY_DEACTIVATED')];
		const result = await scriptedRun(service, { parameters, answers });
		expect(first(result)).toMatchObject({
			outcome: 'alreadyDeactivated',
			changed: false,
			stateBefore: 'deactivated',
			stateAfter: 'deactivated',
			verified: false,
		});
	});

	it.each([
		['deactivate', 'USER_NOT_DEACTIVATED'],
		['reactivate', 'USER_ALREADY_DEACTIVATED'],
	])('does not believe the refusal of the opposite of %s', async (operation, code) => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, operation },
			answers: [...(operation === 'deactivate' ? once : []), refusal(422, code)],
			continueOnFail: true,
		});
		expect(first(result)).toMatchObject({ details: { reason: 'unexpectedResponse', code } });
	});

	it.each([
		['userId', 'orguser_1', "'User' must be an ID that starts with usr_"],
		['userId', 'usr_1/../..', "'User' must be an ID that starts with usr_"],
		['organizationId', 'usr_1', "'Organization' must be an ID that starts with org_"],
		[
			'transferResourcesToDepartmentId',
			'org_1',
			"'Transfer Resources To' must be an ID that starts with dept_",
		],
	])('refuses the %s %s', async (name, value, message) => {
		const run = { parameters: { ...parameters, [name]: byId(value) }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow(message);
	});

	it('deactivates with an API key, which belongs to no user', async () => {
		const run = { parameters, credential: { authentication: 'apiKey' }, answers: [success] };
		expect(first(await scriptedRun(service, run))).toMatchObject({ outcome: 'deactivated' });
	});

	it('shows a status that it doesn’t know in the service’s own word', async () => {
		const body = { user_id: USER_ID, email: EMAIL, status_name: 'On Leave' };
		const result = await scriptedRun(service, {
			parameters: { ...parameters, operation: 'get' },
			answers: [{ status: 200, body }],
		});
		expect(first(result)).toMatchObject({
			stateAfter: 'unknown',
			verified: false,
			warning: "The service called the state of this user 'On Leave'.",
		});
	});

	describe('by email', () => {
		const member = (index: number, email = EMAIL) => ({ user_id: `usr_${index}`, email });
		const page = (start: number, length: number, total: number) => ({
			status: 200,
			body: {
				users: Array.from({ length }, (_, index) =>
					member(start + index, `${start + index}@example.org`),
				),
				total_users_count: total,
			},
		});
		const find = async (answers: ScriptedAnswer[]) =>
			await scriptedRun(service, {
				parameters: { ...parameters, operation: 'get', userId: byEmail('150@example.org') },
				answers,
				continueOnFail: true,
			});
		const found = { status: 200, body: member(150, '150@example.org') };

		it('searches the organization page by page, in an order that changes leave alone', async () => {
			const result = await find([page(100, 100, 150), page(200, 50, 150), found]);
			expect(first(result)).toMatchObject({ outcome: 'found', userId: 'usr_150' });
			expect(
				result.requests.slice(0, 2).map(({ body }) => JSON.parse(String(body)) as unknown),
			).toEqual(
				[0, 100].map((skip) => ({
					skip,
					take: 100,
					search_term: '150@example.org',
					include_deleted: false,
					sort_field: 'email',
					sort_direction: 'asc',
				})),
			);
		});

		it('reads again if rows moved while it read', async () => {
			const moved = [page(50, 100, 151), page(151, 50, 151), page(201, 0, 151)];
			const whole = [page(50, 100, 151), page(150, 51, 151)];
			expect(first(await find([...moved, ...whole, found]))).toMatchObject({ outcome: 'found' });
		});
	});
});
