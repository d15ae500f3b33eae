import { userSchema } from '../../../nodes/Awork/user';
import { itFailsAsTheTableSays, refusals, type RefusalRow } from '../failures.cts';
import { first, scriptedRun } from '../scriptedRun.cts';
import { AWORK_USER_ID, aworkUser, byId, sampleOf } from '../services.cts';

const sample = sampleOf('awork');
const { service, parameters } = sample;
const user = { status: 200, body: aworkUser };
const summary = { privateProjectManagersReassignedCount: 3, privateProjectsDeletedCount: 2 };

const refusal = (status: number, code: string) => ({
	status,
	body: {
		code,
		description: `Text of ${code}`,
		link: 'https://developers.awork.com',
		traceId: 't1',
	},
});

describe('awork', () => {
	it('reads the user, then deactivates', async () => {
		const result = await scriptedRun(service, { parameters, answers: [user, { status: 204 }] });
		expect(first(result)).toMatchObject({
			service: 'awork',
			outcome: 'deactivated',
			changed: true,
			userId: AWORK_USER_ID,
			email: 'kim.lee@example.org',
			stateBefore: 'active',
			stateAfter: 'deactivated',
			verified: false,
		});
		expect(result.requests).toMatchObject([
			{ method: 'GET', url: `https://service.example.org/users/${AWORK_USER_ID}` },
			{
				method: 'POST',
				url: `https://service.example.org/users/${AWORK_USER_ID}/deactivate?includeSummary=false`,
			},
		]);
		expect(result.requests[1]).not.toHaveProperty('body');
	});

	it.each([
		['the summary although it was not asked for', false, { status: 200, body: summary }, summary],
		['the summary as asked', true, { status: 200, body: summary }, summary],
		['an empty summary', true, { status: 200, body: {} }, {}],
		['nothing although the summary was asked for', true, { status: 204 }, undefined],
	])('accepts %s, and makes up no counts', async (_, includeSummary, answer, response) => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, includeSummary },
			answers: [user, answer],
		});
		expect(first(result)).toMatchObject({ outcome: 'deactivated' });
		expect(first(result).response).toEqual(response);
		expect(result.requests[1]?.url).toMatch(new RegExp(`\\?includeSummary=${includeSummary}$`));
	});

	it('does not call for a user that is already deactivated: the answer is not documented', async () => {
		const answers = [{ status: 200, body: { ...aworkUser, isDeactivated: true } }];
		expect(first(await scriptedRun(service, { parameters, answers }))).toMatchObject({
			outcome: 'alreadyDeactivated',
			changed: false,
			stateBefore: 'deactivated',
			stateAfter: 'deactivated',
			verified: true,
		});
	});

	it('fails for a user that is already deactivated, by option', async () => {
		const run = {
			parameters: { ...parameters, options: { ifAlreadyDeactivated: 'fail' } },
			answers: [{ status: 200, body: { ...aworkUser, isDeactivated: true } }],
		};
		await expect(scriptedRun(service, run)).rejects.toThrow(
			`awork: The user '${AWORK_USER_ID}' is already deactivated`,
		);
	});

	it('takes a user that somebody else deactivated in between for already deactivated', async () => {
		const answers = [user, refusal(400, 'deactivated-user')];
		expect(first(await scriptedRun(service, { parameters, answers }))).toMatchObject({
			outcome: 'alreadyDeactivated',
			changed: false,
		});
	});

	describe('when it reads the user, fails as the table says:', () => {
		itFailsAsTheTableSays(
			sample,
			{
				'401 unauthorized: key or permission': {
					answer: refusal(401, 'unauthorized'),
					reason: 'unauthorized',
					message: 'The credential is not accepted',
					description: 'an invalid key and for a missing permission',
					traceId: 't1',
				},
				'401 workspaceid-missing': {
					answer: refusal(401, 'workspaceid-missing'),
					reason: 'unauthorized',
					message: 'The credential is not accepted',
					description: 'workspaceid-missing',
				},
				'401 with the words inside message': {
					answer: { status: 401, body: { message: { description: 'token expired' } } },
					reason: 'unauthorized',
					message: 'The credential is not accepted',
					description: 'awork says: "token expired"',
				},
				'403 of the firewall': {
					answer: { status: 403, body: '<html>Forbidden</html>' },
					reason: 'unexpectedResponse',
					message: 'A proxy or firewall in between does not let the request through',
					description: 'Nothing was changed',
				},
				'404 not-found': {
					answer: refusal(404, 'not-found'),
					reason: 'notFound',
					message: `There is no user '${AWORK_USER_ID}'`,
					description: 'Check the value',
				},
				'404 in other words: a wrong address': {
					answer: { status: 404, body: { error: 'no route' } },
					reason: 'unexpectedResponse',
					message: 'There is no such API at the address in the credential',
					description: "Check 'Base URL' in the credential.",
				},
				'an empty body': {
					answer: { status: 200 },
					reason: 'unexpectedResponse',
					message: 'The answer is not one that this service is known to give',
					description: "Check 'Base URL' in the credential.",
				},
			},
			[],
		);
	});

	describe('when it deactivates, fails as the table says:', () => {
		const table: RefusalRow[] = [
			[
				400,
				'invalid-operation',
				'refused',
				"refuses to deactivate the user '6f1c",
				'The last admin',
			],
			[400, 'deactivated-user', 'alreadyDeactivated', 'is already', 'Nothing was changed'],
			[400, 'validation-failed', 'invalidInput', 'was not accepted', 'Text of validation-failed'],
			[400, 'entity-archived', 'refused', 'refuses to deactivate', 'Text of entity-archived'],
			[401, 'unauthorized', 'forbidden', 'not allowed to deactivate', 'user-manage-config'],
			[403, 'unauthorized', 'forbidden', 'not allowed to deactivate', 'missing permission'],
			[404, 'not-found', 'notFound', 'There is no user', 'Check the value'],
			[409, 'concurrency-violation', 'refused', 'refuses to deactivate', 'concurrency-violation'],
			[500, 'server-error', 'unavailable', 'cannot answer', 'repeating is safe'],
		];
		itFailsAsTheTableSays(sample, refusals(table, refusal, { traceId: 't1' }), [user]);
	});

	it('shows what was wrong with the request, and the trace ID of the header', async () => {
		const result = await scriptedRun(service, {
			parameters,
			answers: [
				{
					status: 400,
					headers: { 'trace-id': 'h1' },
					body: {
						code: 'validation-failed',
						description: 'The model is not valid.',
						details: ['a'],
						validationErrors: [{ property: 'Id', message: 'bad' }],
					},
				},
			],
			continueOnFail: true,
		});
		expect(first(result).details).toMatchObject({
			traceId: 'h1',
			description: expect.stringContaining('"The model is not valid. a Id: bad"') as string,
		});
	});

	it.each([
		['details alone', { details: ['a', 'b'] }, {}, { description: 'awork says: "a b"' }],
		['a trace ID that is no text', { code: 'c' }, { 'trace-id': ['h1'] }, { code: 'c' }],
	])('reads %s', async (_, body, headers, { description, ...expected }: Record<string, string>) => {
		const { details } = first(
			await scriptedRun(service, {
				parameters,
				answers: [{ status: 400, body, headers }],
				continueOnFail: true,
			}),
		);
		expect(details).toMatchObject(expected);
		expect(details).not.toHaveProperty('traceId');
		expect(details).toHaveProperty('description', expect.stringContaining(description ?? ''));
	});

	it.each([
		['without dashes', AWORK_USER_ID.replaceAll('-', '')],
		['of another service', '163840776835432705'],
		['that is a path', `${AWORK_USER_ID}/../..`],
	])('refuses a user ID %s', async (_, userId) => {
		const run = { parameters: { ...parameters, userId: byId(userId) }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow("'User' must be a UUID");
	});

	it.each(['false', 0, undefined])('takes %p for no Include Summary', async (includeSummary) => {
		const run = { parameters: { ...parameters, includeSummary }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow(
			"'Include Summary' must be true or false",
		);
	});
});

describe('the user of awork', () => {
	const facts = (fields: object) => userSchema.parse({ id: AWORK_USER_ID, ...fields });

	it.each([
		['nothing is said', {}, 'active'],
		['flags are null', { isDeactivated: null, isArchived: null, status: null }, 'active'],
		['the flag says so', { isDeactivated: true }, 'deactivated'],
		['the status says so', { status: { isDeactivated: true } }, 'deactivated'],
		['it is archived', { isArchived: true }, 'archived'],
		['it is archived and deactivated', { isArchived: true, isDeactivated: true }, 'deactivated'],
		['the invitation is open', { status: { invitationAccepted: false } }, 'invited'],
	])('if %s, is %j → %s', (_, fields, state) => {
		expect(facts(fields).state).toBe(state);
	});

	it.each([
		['none, if there are no contact infos', null, []],
		['none, if there is no address', [{ type: 'phone', value: '1' }, { type: 'email' }], []],
		['the first, if none is from work', [{ type: 'email', value: 'a@x' }], ['a@x']],
		[
			'the one at work, then the others',
			aworkUser.userContactInfos,
			['kim.lee@example.org', 'kim@home.example'],
		],
	])('has as email %s', (_, userContactInfos, emails) => {
		expect(facts({ userContactInfos }).emails).toEqual(emails);
	});

	it.each([
		[{ firstName: 'Kim', lastName: 'Lee' }, 'Kim Lee'],
		[{ firstName: null, lastName: 'Lee' }, 'Lee'],
		[{ firstName: '' }, undefined],
		[{}, undefined],
	])('has of %j the name %p', (fields, name) => {
		expect(facts(fields).name).toBe(name);
	});
});
