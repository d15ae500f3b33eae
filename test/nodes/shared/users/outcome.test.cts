import { Failure, type FailureFacts, type Reason } from '../../../../nodes/shared/model/failure';
import type { AccountState, Change } from '../../../../nodes/shared/model/record';
import { pickOptions, readOptions } from '../../../../nodes/shared/parameters/options';
import {
	accepts,
	afterwards,
	CONCLUDED,
	DEACTIVATION,
	REACTIVATION,
	resolveNotFound,
	resolveOutcome,
} from '../../../../nodes/shared/users/outcome';

const ANSWER = { kind: 'answer', status: 400, error: {}, body: 'body' } as const;

const failed = (reason: Reason, facts: FailureFacts = {}) =>
	new Failure(reason, { source: ANSWER, ...facts });

const optionsWith = (options: object) =>
	readOptions(pickOptions(['ifAlreadyDeactivated', 'ifNotFound']), () => options);

type End = Change | Failure;
type Choice = 'fail' | 'succeed';

const come = async (end: End) => await (end instanceof Failure ? Promise.reject(end) : end);

/** What `resolveOutcome` makes of the end of a change. */
const resolve = async (
	end: End,
	{
		goal = DEACTIVATION,
		option = 'succeed' as Choice,
		known = undefined as AccountState | undefined,
	},
): Promise<unknown> =>
	await resolveOutcome(come(end), goal, optionsWith({ ifAlreadyDeactivated: option }), known).catch(
		(error: unknown) => error,
	);

const LOST = { effect: 'possible' } as const;
const UNKNOWN = { stateBefore: 'unknown', stateAfter: 'unknown', response: 'body' };
const SAME = expect.stringContaining('gives the same answer for') as string;

describe.each([
	[DEACTIVATION, 'deactivated', 'alreadyDeactivated', 'alreadyActive'],
	[REACTIVATION, 'active', 'alreadyActive', 'alreadyDeactivated'],
] as const)('the outcome of a change to %j', (goal, state, already, opposite) => {
	const unchanged = { outcome: already, stateBefore: state, stateAfter: state, response: 'body' };
	const concluded = { stateAfter: state, response: 'body', warning: CONCLUDED(state) };
	const byThisRun = { outcome: goal.done, ...concluded };

	it('is what was done', async () => {
		const done: Change = { outcome: goal.done };
		expect(await resolve(done, { goal, option: 'fail' })).toBe(done);
	});

	it.each<[string, Failure, Choice, AccountState | undefined, object]>([
		['unchanged if the service says so', failed(already), 'succeed', undefined, unchanged],
		['unchanged if that was known before', failed(already, LOST), 'succeed', state, unchanged],
		['what this run did', failed(already, LOST), 'succeed', undefined, byThisRun],
		['what this run did, by option', failed(already, LOST), 'fail', undefined, byThisRun],
		['what this run did to a known state', failed(already, LOST), 'fail', 'locked', byThisRun],
	])('is %s', async (_, failure, option, known, expected) => {
		expect(await resolve(failure, { goal, option, known })).toStrictEqual(expected);
	});

	it.each<[string, Failure, object]>([
		['an answer to the opposite', failed(opposite), { reason: 'unexpectedResponse' }],
		['a refusal', failed('refused'), { reason: 'refused', facts: { source: ANSWER } }],
		['a missing user', failed('notFound', LOST), { reason: 'notFound', effect: 'possible' }],
	])('is a failure after %s', async (_, failure, expected) => {
		const result = await resolve(failure, { goal });
		expect(result).toBeInstanceOf(Failure);
		expect(result).toMatchObject({ response: 'body', ...expected });
	});
});

it('is a failure for a deactivated user, by option', async () => {
	const result = await resolve(failed('alreadyDeactivated'), { option: 'fail' });
	expect(result).toMatchObject({ reason: 'alreadyDeactivated', facts: { source: ANSWER } });
	expect(accepts(DEACTIVATION, { ifAlreadyDeactivated: 'fail' })).toBe(false);
	expect(accepts(REACTIVATION, { ifAlreadyDeactivated: 'fail' })).toBe(true);
});

describe("an answer that could also mean 'no such user'", () => {
	const unclear = failed('notFound', { mayMean: 'alreadyDeactivated', advice: 'of the adapter' });
	const lost = unclear.with(LOST);
	const either = expect.stringContaining('Either this run deactivated the member, or') as string;

	it.each([
		['the first answer', unclear, SAME],
		['an answer after a lost one', lost, either],
	])('leaves the state unknown by option: %s', async (_, failure, warning) => {
		const outcome = { ...UNKNOWN, outcome: 'alreadyDeactivated' };
		expect(await resolve(failure, {})).toStrictEqual({ ...outcome, warning });
	});

	it.each<[string, Failure, object, object]>([
		['deactivation', unclear, { option: 'fail' }, unclear.facts],
		['deactivation after a lost answer', lost, { option: 'fail' }, { advice: either }],
		['reactivation', unclear, { goal: REACTIVATION }, unclear.facts],
	])('is no proof of a %s', async (_, failure, given, facts) => {
		const { reason, effect } = failure;
		expect(await resolve(failure, given)).toMatchObject({ reason, effect, facts });
	});
});

describe('resolveNotFound', () => {
	const resolveMissing = async (end: Failure, ifNotFound: Choice = 'succeed') =>
		await resolveNotFound(come(end), optionsWith({ ifNotFound })).catch((error: unknown) => error);
	const missing = { ...UNKNOWN, outcome: 'notFound' };

	it('makes it an outcome by option, and a failure by default', async () => {
		expect(await resolveMissing(failed('notFound'))).toStrictEqual(missing);
		const unclear = failed('notFound', { mayMean: 'alreadyDeactivated' });
		expect(await resolveMissing(unclear)).toStrictEqual({ ...missing, warning: SAME });
		expect(await resolveMissing(failed('notFound'), 'fail')).toMatchObject({ reason: 'notFound' });
	});

	it.each([
		['has an outcome', failed('notFound', { outcome: 'alreadyDeactivated' })],
		['may have been changed', failed('notFound', LOST)],
		['was changed', failed('notFound', { effect: 'done' })],
		["can't be looked up", failed('unavailable')],
	])('never takes a user for missing who %s', async (_, failure) => {
		expect(await resolveMissing(failure)).toBe(failure);
	});
});

it.each([
	['deactivated', 'done'],
	['alreadyDeactivated', 'possible'],
] as const)(
	"keeps the outcome '%s' of a later failure, with the effect '%s'",
	(outcome, effect) => {
		const failure = new Failure('timeout', { summary: 'No answer', effect: 'possible' });
		const told = afterwards(failure, { outcome }, 'not all sessions were ended');
		const summary = `The outcome is '${outcome}', but not all sessions were ended: No answer`;
		const advice = 'Run the workflow again: repeating is safe and finishes the rest.';
		expect(told).toMatchObject({ reason: 'timeout', effect, facts: { summary, advice, outcome } });
	},
);
