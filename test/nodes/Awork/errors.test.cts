import { itFailsAsTheTableSays, refusals } from '../failures.cts';
import { aworkUser, runnerOf, sampleOf } from '../services.cts';
import { refusal } from './sample.cts';

const sample = sampleOf('awork');
const { once } = sample;
const traceId = { traceId: 't1' };
const BLOCKED = ['unexpectedResponse', 'A proxy or firewall blocked the request'] as const;
const noRoute = { status: 404, body: { error: 'no route' } };
const nested = { status: 401, body: { message: { description: 'token expired' } } };

describe('awork, when the user is read, fails with', () => {
	itFailsAsTheTableSays(
		sample,
		[
			...refusals(
				[
					[401, 'unauthorized', 'rejected', 'an invalid key and for a missing permission'],
					[401, 'workspaceid-missing', 'rejected', 'workspaceid-missing'],
					[404, 'not-found', 'notFound', 'Check the ID'],
				],
				refusal,
				traceId,
			),
			['401 with the words inside message', nested, 'rejected', 'awork says: "token expired"'],
			['403 of the firewall', { status: 403, body: '<html>' }, BLOCKED, 'Nothing was changed'],
			['404 in other words: a wrong address', noRoute, 'wrongAddress', "Check 'Base URL'"],
			['an empty body', { status: 200 }, 'unreadable', "Check 'Base URL' in the credential."],
		],
		once,
	);
});

describe('awork, when the user is deactivated, fails with', () => {
	const rows = refusals(
		[
			[400, 'invalid-operation', 'refused', 'The last admin'],
			[400, 'deactivated-user', 'already', 'Nothing was changed'],
			[400, 'validation-failed', 'invalid', 'Text of validation-failed'],
			[400, 'entity-archived', 'refused', 'Text of entity-archived'],
			[401, 'unauthorized', 'forbidden', 'user-manage-config'],
			[403, 'unauthorized', 'forbidden', 'missing permission'],
			[404, 'not-found', 'notFound', 'Check the ID'],
			[409, 'concurrency-violation', 'refused', 'concurrency-violation'],
			[500, 'server-error', 'down', 'repeating is safe'],
		],
		refusal,
		traceId,
	);
	itFailsAsTheTableSays(sample, rows, [...once, { status: 200, body: aworkUser }]);
});

describe('awork says what was wrong with a request:', () => {
	const invalid = {
		code: 'validation-failed',
		description: 'The model is not valid.',
		details: ['a'],
		validationErrors: [null, { property: 'Id', message: 'bad' }],
	};
	it.each<[string, object, Record<string, unknown>, string, string | undefined]>([
		['all of it', invalid, { 'trace-id': 'h1' }, '"The model is not valid. a Id: bad"', 'h1'],
		['details alone', { details: ['a', 'b'] }, {}, 'awork says: "a b"', undefined],
		['a code beside an odd trace ID', { code: 'c' }, { 'trace-id': ['h1'] }, 'c', undefined],
	])('%s', async (_, body, headers, said, trace) => {
		const { details } = (await runnerOf('awork')([...once, { status: 400, body, headers }])).record;
		const { traceId: shown, description } = details as Record<string, unknown>;
		expect(description).toContain(said);
		expect(shown).toBe(trace);
	});
});
