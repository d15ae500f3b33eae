import type { GenericValue } from 'n8n-workflow';

import { asFailure, Failure } from '../model/failure';
import { changesAccount, type AccountState, type Change, type Outcome } from '../model/record';
import type { Options } from '../parameters/options';

/** What a change aims at. */
export interface Goal {
	/** The state that the account should have. */
	state: 'active' | 'deactivated';
	done: 'deactivated' | 'reactivated';
	/** Outcome, and reason of a refusal, where the account has the state already. */
	already: 'alreadyDeactivated' | 'alreadyActive';
	/** Outcome of a dry run. */
	would: 'wouldDeactivate' | 'wouldReactivate';
	/** The refusal that would answer the opposite change. */
	opposite: 'alreadyDeactivated' | 'alreadyActive';
}

export const DEACTIVATION: Goal = {
	state: 'deactivated',
	done: 'deactivated',
	already: 'alreadyDeactivated',
	would: 'wouldDeactivate',
	opposite: 'alreadyActive',
};

export const REACTIVATION: Goal = {
	state: 'active',
	done: 'reactivated',
	already: 'alreadyActive',
	would: 'wouldReactivate',
	opposite: 'alreadyDeactivated',
};

/**
 * Whether a user who was not in the wanted state before is in it now. A reactivated user may have an
 * invitation to accept.
 */
export function isReached(state: AccountState, goal: Goal): boolean {
	return state === goal.state || (goal === REACTIVATION && state === 'invited');
}

/** Only who is deactivated can be reactivated. */
export function refusalOf(state: AccountState, goal: Goal): Failure | undefined {
	if (goal === DEACTIVATION || (state !== 'invited' && state !== 'locked')) return undefined;
	return new Failure('refused', {
		summary: `The user is '${state}', not deactivated`,
		advice: 'Check the user at the service.',
	});
}

/** What a record says whose outcome is concluded from a retry. */
export const CONCLUDED = (state: Goal['state']) =>
	`An earlier request got no valid response, and the retry was told that the user is already ${state}. Either this run did it, or someone else did it before.`;

/** What a record says where the answer could also mean that the user does not exist. */
export const EITHER_READING =
	"An earlier request got no valid response, and the retry was told that there is no active member with this email. Either this run deactivated the member, or the email is mistyped or wasn't active before.";

/** What a record says where the service gives one answer for all who are not active. */
const NOT_TOLD_APART =
	"The service gives the same answer for a deactivated member, an open invitation and an email that doesn't exist.";

/** Whether the options let an account pass that has the wanted state already. */
export function accepts(goal: Goal, options: Pick<Options, 'ifAlreadyDeactivated'>): boolean {
	return goal.already !== 'alreadyDeactivated' || options.ifAlreadyDeactivated === 'succeed';
}

/**
 * Decides what an answer means for the goal: a second run over the same people must be safe, but an
 * answer that could also mean a mistyped address passes only if somebody chose so.
 *
 * @param known state before, where it was read or listed
 * @throws Failure
 */
export async function resolveOutcome(
	performed: Promise<Change>,
	goal: Goal,
	options: Pick<Options, 'ifAlreadyDeactivated'>,
	known?: AccountState,
): Promise<Change> {
	return await performed.catch((error: unknown): Change => {
		const failure = asFailure(error);
		const { reason, effect, response } = failure;
		// The service did not understand the request, or we do not understand its answer.
		if (reason === goal.opposite) throw failure.with({}, 'unexpectedResponse');
		if (reason === goal.already) {
			if (effect === 'possible' && known !== goal.state) return byThisRun(goal, response);
			if (accepts(goal, options)) return unchanged(goal.already, goal.state, response);
			throw failure;
		}
		if (failure.facts.mayMean !== goal.already) throw failure;
		if (!accepts(goal, options)) {
			throw effect === 'possible' ? failure.with({ advice: EITHER_READING }) : failure;
		}
		return {
			...unchanged(goal.already, 'unknown', response),
			warning: effect === 'possible' ? EITHER_READING : NOT_TOLD_APART,
		};
	});
}

/** An earlier attempt of this run was carried out, or somebody else was faster: its answer got lost. */
function byThisRun(goal: Goal, response: GenericValue): Change {
	return {
		outcome: goal.done,
		stateAfter: goal.state,
		response,
		warning: CONCLUDED(goal.state),
	};
}

/**
 * Applies the option `If Not Found`.
 *
 * @throws Failure
 */
export async function resolveNotFound(
	performed: Promise<Change>,
	{ ifNotFound }: Pick<Options, 'ifNotFound'>,
): Promise<Change> {
	return await performed.catch((error: unknown) => {
		const failure = asFailure(error);
		if (!isNobody(failure) || ifNotFound === 'fail') throw failure;
		return {
			...unchanged('notFound', 'unknown', failure.response),
			...(failure.facts.mayMean !== undefined && { warning: NOT_TOLD_APART }),
		};
	});
}

/** Whether nobody was found. Somebody who is gone after something was done to them was found before. */
export function isNobody({ reason, effect, facts }: Failure): boolean {
	return reason === 'notFound' && effect === 'none' && facts.outcome === undefined;
}

/** The state is concluded from an error answer, never read: hence not verified. */
function unchanged(
	outcome: Outcome,
	state: Goal['state'] | 'unknown',
	response: GenericValue,
): Change {
	return { outcome, stateBefore: state, stateAfter: state, response };
}

/** A failure after the account was dealt with: what was done must not be lost with it. */
export function afterwards(error: unknown, { outcome }: Change, what: string): Failure {
	const failure = asFailure(error);
	const because = failure.facts.summary === undefined ? '' : `: ${failure.facts.summary}`;
	return failure.with({
		summary: `The outcome is '${outcome}', but ${what}${because}`,
		// Repeating does not help where the permission is missing.
		advice:
			failure.reason === 'forbidden'
				? failure.facts.advice
				: 'Run the workflow again: repeating is safe and finishes the rest.',
		effect: changesAccount(outcome) ? 'done' : failure.effect,
		outcome,
	});
}
