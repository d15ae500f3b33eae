import { itFailsAsTheTableSays, refusals, type RefusalRow } from '../failures.cts';
import { first, scriptedRun } from '../scriptedRun.cts';
import { byId, sampleOf } from '../services.cts';

const sample = sampleOf('aitronos');
const { service, parameters, success } = sample;

const refusal = (status: number, code: string) => ({
	status,
	body: {
		success: false,
		error: { code, message: `Text of ${code}`, system_message: 'x', status, trace_id: 't1' },
	},
});

describe('aitronos', () => {
	it('deactivates a user and hands over the resources', async () => {
		const result = await scriptedRun(service, { parameters, answers: [success] });
		expect(first(result)).toMatchObject({
			service: 'aitronos',
			outcome: 'deactivated',
			changed: true,
			userId: 'usr_1',
			email: 'kim.lee@example.org',
			stateBefore: 'unknown',
			stateAfter: 'deactivated',
			verified: true,
		});
		expect(result.requests).toMatchObject([
			{
				method: 'POST',
				url: 'https://service.example.org/v1/organizations/org_1/users/usr_1/deactivate',
				body: '{"transfer_resources_to_department_id":"dept_2"}',
			},
		]);
	});

	it('does not believe a 200 in which the account is still active', async () => {
		const stillActive = { status: 200, body: { id: 'usr_1', account_state: 'active' } };
		await expect(scriptedRun(service, { parameters, answers: [stillActive] })).rejects.toThrow(
			'The answer is not one that this service is known to give',
		);
	});

	it('reads the new state from the answer to a reactivation, too', async () => {
		const answer = { status: 200, body: { id: 'usr_1', email: 'a@x', account_state: 'active' } };
		const run = { parameters: { ...parameters, operation: 'reactivate' }, answers: [answer] };
		expect(first(await scriptedRun(service, run))).toMatchObject({
			outcome: 'reactivated',
			email: 'a@x',
			stateAfter: 'active',
			verified: true,
		});
	});

	it('takes an account that is already deactivated for success by default', async () => {
		const answers = [refusal(422, 'USER_ALREADY_DEACTIVATED')];
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
	])('does not take the refusal of the opposite for one of %s', async (operation, code) => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, operation },
			answers: [refusal(422, code)],
			continueOnFail: true,
		});
		expect(first(result)).toMatchObject({ details: { reason: 'unexpectedResponse', code } });
	});

	describe('fails as the table says:', () => {
		const table: RefusalRow[] = [
			[401, 'INVALID_API_KEY', 'unauthorized', 'not accepted', 'Check the key or token'],
			[401, 'API_KEY_EXPIRED', 'unauthorized', 'not accepted', 'expired, paused or deactivated'],
			[401, 'API_KEY_DEACTIVATED', 'unauthorized', 'not accepted', 'renew it in Aitronos'],
			[401, 'API_KEY_PAUSED', 'unauthorized', 'not accepted', 'expired, paused or deactivated'],
			[401, 'TOKEN_EXPIRED', 'unauthorized', 'not accepted', 'enter a new one'],
			[401, 'TOKEN_INVALID', 'unauthorized', 'not accepted', 'enter a new one'],
			[401, 'AUTHENTICATION_REQUIRED', 'unauthorized', 'not accepted', 'Check the key or token'],
			[403, 'INSUFFICIENT_PERMISSIONS', 'forbidden', 'not allowed', 'deactivate_users'],
			[403, 'ORGANIZATION_ACCESS_DENIED', 'forbidden', 'not allowed', 'deactivate_users'],
			[403, 'AMBIGUOUS_ORGANIZATION', 'forbidden', 'not allowed', 'deactivate_users'],
			[403, 'CANNOT_REMOVE_LAST_OWNER', 'refused', 'is an owner', 'somebody else the owner'],
			[403, 'CANNOT_DELETE_OWNER', 'refused', 'is an owner', 'somebody else the owner'],
			[404, 'USER_NOT_FOUND', 'notFound', "There is no user 'usr_1'", 'Check the value'],
			[404, 'DEPARTMENT_NOT_FOUND', 'invalidInput', "'Transfer Resources to", 'Correct the field'],
			[404, 'ORGANIZATION_NOT_FOUND', 'invalidInput', "'Organization' is", 'Correct the field'],
			[422, 'USER_ALREADY_DEACTIVATED', 'alreadyDeactivated', 'is already', 'Nothing was changed'],
			[422, 'VALIDATION_ERROR', 'invalidInput', 'was not accepted', 'Check organization, user'],
			[422, 'SOMETHING_ELSE', 'refused', 'refuses to deactivate', 'Nothing was changed'],
			[429, 'RATE_LIMITED', 'rateLimited', 'too many requests', 'repeating is safe'],
			[500, 'INTERNAL', 'unavailable', 'cannot answer', 'repeating is safe'],
		];
		itFailsAsTheTableSays(sample, refusals(table, refusal, { traceId: 't1' }));

		itFailsAsTheTableSays(sample, {
			"404 in the framework's words: a wrong address": {
				answer: { status: 404, body: { detail: 'Not Found' } },
				reason: 'unexpectedResponse',
				message: 'There is no such API at the address in the credential',
				description: "Check 'Base URL' in the credential.",
			},
			'a bare 422': {
				answer: { status: 422, body: { detail: [{ msg: 'x' }] } },
				reason: 'unexpectedResponse',
				message: 'The answer is not one that this service is known to give',
				description: 'Try again later: repeating is safe.',
			},
			'200 with an empty body': {
				answer: { status: 200 },
				reason: 'unexpectedResponse',
				message: 'The answer is not one that this service is known to give',
				description: 'Try again later: repeating is safe.',
			},
		});
	});

	it.each([
		['userId', 'orguser_1', "'User' must be an ID that starts with usr_"],
		['userId', 'usr_1/../..', "'User' must be an ID that starts with usr_"],
		['organizationId', 'usr_1', "'Organization' must be an ID that starts with org_"],
		[
			'transferResourcesToDepartmentId',
			'org_1',
			"'Transfer Resources to Department' must be an ID that starts with dept_",
		],
	])('refuses the %s %s', async (name, value, message) => {
		const run = { parameters: { ...parameters, [name]: byId(value) }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow(message);
	});
});
