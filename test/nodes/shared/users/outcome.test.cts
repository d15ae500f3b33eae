import { Failure, type FailureFacts, type Reason } from '../../../../nodes/shared/model/failure';
import type { AccountState, Change } from '../../../../nodes/shared/model/record';
import { pickOptions, readOptions } from '../../../../nodes/shared/parameters/options';
import {
	accepts,
	afterwards,
	CONCLUDED,
	DEACTIVATION,
	isReached,
	REACTIVATION,
	resolveNotFound,
	resolveOutcome,
	type Goal,
} from '../../../../nodes/shared/users/outcome';

const ANSWER = { kind: 'answer', status: 400, error: {}, body: 'body' } as const;

const failed = async (reason: Reason, facts: FailureFacts = {}) =>
	await Promise.reject<Change>(new Failure(reason, { source: ANSWER, ...facts }));

const optionsWith = (options: object) =>
	readOptions(pickOptions(['ifAlreadyDeactivated', 'ifNotFound']), () => options);

const LOST = { effect: 'possible' } as const;

const resolve = async (
	performed: Promise<Change>,
	ifAlreadyDeactivated: 'fail' | 'succeed' = 'succeed',
	known?: AccountState,
	goal: Goal = DEACTIVATION,
) =>
	await resolveOutcome(performed, goal, optionsWith({ ifAlreadyDeactivated }), known).catch(
		(error: unknown) => error,
	);

describe.each([
	[DEACTIVATION, 'deactivated', 'alreadyDeactivated', 'alreadyActive'],
	[REACTIVATION, 'active', 'alreadyActive', 'alreadyDeactivated'],
] as const)('the outcome of a change to %j', (goal, state, already, opposite) => {
	it('is what was done', async () => {
		const done: Change = { outcome: goal.done };
		expect(await resolve(Promise.resolve(done), 'fail', undefined, goal)).toBe(done);
	});

	it('is that nothing was to do, if the service says so', async () => {
		expect(await resolve(failed(already), 'succeed', undefined, goal)).toStrictEqual({
			outcome: already,
			stateBefore: state,
			stateAfter: state,
			response: 'body',
		});
	});

	it('is what this run did, if an earlier answer was lost', async () => {
		for (const option of ['succeed', 'fail'] as const) {
			for (const known of [undefined, 'locked'] as const) {
				expect(await resolve(failed(already, LOST), option, known, goal)).toStrictEqual({
					outcome: goal.done,
					stateAfter: state,
					response: 'body',
					warning: CONCLUDED(state),
				});
			}
		}
	});

	it('is that nothing was to do, if that was known before an answer was lost', async () => {
		expect(await resolve(failed(already, LOST), 'succeed', state, goal)).toMatchObject({
			outcome: already,
		});
	});

	it('is none if the service refuses the opposite of what was asked', async () => {
		expect(await resolve(failed(opposite), 'succeed', undefined, goal)).toMatchObject({
			reason: 'unexpectedResponse',
			response: 'body',
		});
	});

	it.each([{}, LOST])('is none for any other failure (%j)', async (facts) => {
		for (const reason of ['refused', 'notFound'] as const) {
			expect(await resolve(failed(reason, facts), 'succeed', undefined, goal)).toMatchObject({
				reason,
				facts,
			});
		}
	});
});

it("fails for whom is already deactivated, if 'If Already Deactivated' says so", async () => {
	expect(await resolve(failed('alreadyDeactivated'), 'fail')).toMatchObject({
		reason: 'alreadyDeactivated',
		facts: { source: ANSWER },
	});
	expect(accepts(DEACTIVATION, { ifAlreadyDeactivated: 'fail' })).toBe(false);
	expect(accepts(REACTIVATION, { ifAlreadyDeactivated: 'fail' })).toBe(true);
});

describe("an answer that could also mean 'no such user'", () => {
	const unclear = { mayMean: 'alreadyDeactivated', advice: 'of the adapter' } as const;
	const EITHER = expect.stringContaining(
		'Either this run deactivated the member, or the email is mistyped',
	) as string;

	const SAME = expect.stringContaining('gives the same answer for') as string;

	it('is a state that nobody knows, if the option accepts it', async () => {
		const change = {
			outcome: 'alreadyDeactivated',
			stateBefore: 'unknown',
			stateAfter: 'unknown',
			response: 'body',
		};
		expect(await resolve(failed('notFound', unclear))).toStrictEqual({ ...change, warning: SAME });
		expect(await resolve(failed('notFound', { ...unclear, ...LOST }))).toStrictEqual({
			...change,
			warning: EITHER,
		});
	});

	it('is never proof of a deactivation', async () => {
		expect(await resolve(failed('notFound', unclear), 'fail')).toMatchObject({
			reason: 'notFound',
			facts: unclear,
		});
		expect(await resolve(failed('notFound', { ...unclear, ...LOST }), 'fail')).toMatchObject({
			reason: 'notFound',
			effect: 'possible',
			facts: { advice: EITHER },
		});
	});

	it('is none for a reactivation', async () => {
		const change = await resolve(failed('notFound', unclear), 'succeed', undefined, REACTIVATION);
		expect(change).toMatchObject({ reason: 'notFound', facts: unclear });
	});
});

it('accepts an open invitation as reactivated, not as deactivated', () => {
	expect(isReached('invited', REACTIVATION)).toBe(true);
	expect(isReached('active', REACTIVATION)).toBe(true);
	expect(isReached('deactivated', REACTIVATION)).toBe(false);
	expect(isReached('invited', DEACTIVATION)).toBe(false);
	expect(isReached('locked', DEACTIVATION)).toBe(false);
	expect(isReached('deactivated', DEACTIVATION)).toBe(true);
});

describe('resolveNotFound', () => {
	const resolveMissing = async (
		performed: Promise<Change>,
		ifNotFound: 'fail' | 'succeed' = 'succeed',
	) =>
		await resolveNotFound(performed, optionsWith({ ifNotFound })).catch((error: unknown) => error);

	it('makes it an outcome by option, and a failure by default', async () => {
		expect(await resolveMissing(failed('notFound'))).toStrictEqual({
			outcome: 'notFound',
			stateBefore: 'unknown',
			stateAfter: 'unknown',
			response: 'body',
		});
		expect(
			await resolveMissing(failed('notFound', { mayMean: 'alreadyDeactivated' })),
		).toMatchObject({
			outcome: 'notFound',
			warning: expect.stringContaining('gives the same answer for') as string,
		});
		expect(await resolveMissing(failed('notFound'), 'fail')).toMatchObject({ reason: 'notFound' });
	});

	it.each<[string, Promise<Change>, Reason]>([
		['who was dealt with', failed('notFound', { outcome: 'alreadyDeactivated' }), 'notFound'],
		['who may have been dealt with', failed('notFound', LOST), 'notFound'],
		['who was changed', failed('notFound', { effect: 'done' }), 'notFound'],
		['of whom nobody could tell', failed('unavailable'), 'unavailable'],
	])('never takes a user for missing %s', async (_, performed, reason) => {
		expect(await resolveMissing(performed)).toMatchObject({ reason });
	});
});

describe('afterwards', () => {
	it.each([
		['deactivated', 'done'],
		['alreadyDeactivated', 'possible'],
	] as const)("keeps the outcome '%s' with the effect '%s'", (outcome, effect) => {
		const failure = new Failure('timeout', { summary: 'No answer', effect: 'possible' });
		expect(afterwards(failure, { outcome }, 'not all sessions were ended')).toMatchObject({
			reason: 'timeout',
			effect,
			facts: {
				summary: `The outcome is '${outcome}', but not all sessions were ended: No answer`,
				advice: 'Run the workflow again: repeating is safe and finishes the rest.',
				outcome,
			},
		});
	});
});
