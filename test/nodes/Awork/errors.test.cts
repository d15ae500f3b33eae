import { itFailsAsTheTableSays, refusals, type RefusalRow } from '../failures.cts';
import { first, scriptedRun } from '../scriptedRun.cts';
import { AWORK_USER_ID, aworkUser, sampleOf } from '../services.cts';

const sample = sampleOf('awork');
const { service, parameters, once } = sample;
const user = { status: 200, body: aworkUser };

const refusal = (status: number, code: string) => ({
	status,
	body: {
		code,
		description: `Text of ${code}`,
		link: 'https://developers.awork.com',
		traceId: 't1',
	},
});

describe('when it reads the user, fails as the table says:', () => {
	itFailsAsTheTableSays(
		sample,
		{
			'401 unauthorized: key or permission': {
				answer: refusal(401, 'unauthorized'),
				reason: 'unauthorized',
				message: 'awork rejected the credential',
				description: 'an invalid key and for a missing permission',
				traceId: 't1',
			},
			'401 workspaceid-missing': {
				answer: refusal(401, 'workspaceid-missing'),
				reason: 'unauthorized',
				message: 'awork rejected the credential',
				description: 'workspaceid-missing',
			},
			'401 with the words inside message': {
				answer: { status: 401, body: { message: { description: 'token expired' } } },
				reason: 'unauthorized',
				message: 'awork rejected the credential',
				description: 'awork says: "token expired"',
			},
			'403 of the firewall': {
				answer: { status: 403, body: '<html>Forbidden</html>' },
				reason: 'unexpectedResponse',
				message: 'A proxy or firewall blocked the request',
				description: 'Nothing was changed',
			},
			'404 not-found': {
				answer: refusal(404, 'not-found'),
				reason: 'notFound',
				message: `No user found with the ID '${AWORK_USER_ID}'`,
				description: 'Check the ID',
			},
			'404 in other words: a wrong address': {
				answer: { status: 404, body: { error: 'no route' } },
				reason: 'unexpectedResponse',
				message: 'The address in the credential has no such API',
				description: "Check 'Base URL' in the credential.",
			},
			'an empty body': {
				answer: { status: 200 },
				reason: 'unexpectedResponse',
				message: 'awork gave an unexpected response',
				description: "Check 'Base URL' in the credential.",
			},
		},
		once,
	);
});

describe('when it deactivates, fails as the table says:', () => {
	const table: RefusalRow[] = [
		[400, 'invalid-operation', 'refused', "refused to deactivate '6f1c", 'The last admin'],
		[400, 'deactivated-user', 'alreadyDeactivated', 'is already', 'Nothing was changed'],
		[400, 'validation-failed', 'invalidInput', 'rejected a value', 'Text of validation-failed'],
		[400, 'entity-archived', 'refused', 'refused to deactivate', 'Text of entity-archived'],
		[
			401,
			'unauthorized',
			'forbidden',
			"doesn't have permission to deactivate",
			'user-manage-config',
		],
		[
			403,
			'unauthorized',
			'forbidden',
			"doesn't have permission to deactivate",
			'missing permission',
		],
		[404, 'not-found', 'notFound', 'No user found', 'Check the ID'],
		[409, 'concurrency-violation', 'refused', 'refused to deactivate', 'concurrency-violation'],
		[500, 'server-error', 'unavailable', 'is not available', 'repeating is safe'],
	];
	itFailsAsTheTableSays(sample, refusals(table, refusal, { traceId: 't1' }), [...once, user]);
});

it('shows what was wrong with the request, and the trace ID of the header', async () => {
	const result = await scriptedRun(service, {
		parameters,
		answers: [
			...once,
			{
				status: 400,
				headers: { 'trace-id': 'h1' },
				body: {
					code: 'validation-failed',
					description: 'The model is not valid.',
					details: ['a'],
					validationErrors: [null, { property: 'Id', message: 'bad' }],
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
			answers: [...once, { status: 400, body, headers }],
			continueOnFail: true,
		}),
	);
	expect(details).toMatchObject(expected);
	expect(details).not.toHaveProperty('traceId');
	expect(details).toHaveProperty('description', expect.stringContaining(description ?? ''));
});
