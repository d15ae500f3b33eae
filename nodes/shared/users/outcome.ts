import type { GenericValue } from 'n8n-workflow';

import { asFailure } from '../n8n/errors';
import { Failure, type FailureFacts } from '../model/failure';
import type { Options } from '../parameters/options';
import type { AccountState, Change } from '../model/record';

/**
 * Applies the option `If Already Deactivated`: a second run over the same people must be safe, yet
 * an answer that may as well mean a mistyped address only passes if somebody chose so.
 *
 * @param known state before, where it was read or listed
 * @throws Failure
 */
export async function settleAlreadyDeactivated(
	performed: Promise<Change>,
	{ ifAlreadyDeactivated }: Options,
	known?: AccountState,
): Promise<Change> {
	const change = await performed.catch((error: unknown) => {
		const { reason, facts } = asFailure(error);
		if (reason === 'alreadyActive') throw answerToTheOpposite(facts);
		const isCertain = reason === 'alreadyDeactivated';
		if (!isCertain && facts.maybe !== 'alreadyDeactivated') throw error;
		const state = isCertain ? 'deactivated' : 'unknown';
		if (facts.isFateUnknown === true && known !== 'deactivated') {
			return byThisRun('deactivated', state, known, facts.response);
		}
		if (ifAlreadyDeactivated === 'fail') throw error;
		return unchanged('alreadyDeactivated', state, facts.response);
	});
	if (change.outcome === 'alreadyDeactivated' && ifAlreadyDeactivated === 'fail') {
		throw new Failure('alreadyDeactivated');
	}
	return change;
}

/** Being active already is what whoever reactivates wants: never a failure. */
export async function settleAlreadyActive(
	performed: Promise<Change>,
	known?: AccountState,
): Promise<Change> {
	return await performed.catch((error: unknown) => {
		const { reason, facts } = asFailure(error);
		if (reason === 'alreadyDeactivated') throw answerToTheOpposite(facts);
		if (reason !== 'alreadyActive') throw error;
		return facts.isFateUnknown === true && known !== 'active'
			? byThisRun('reactivated', 'active', known, facts.response)
			: unchanged('alreadyActive', 'active', facts.response);
	});
}

/** A service that says of a deactivation that the user is active has not understood it, or we have not. */
function answerToTheOpposite(facts: FailureFacts): Failure {
	return new Failure('unexpectedResponse', facts);
}

/** What a record says whose outcome is concluded from an earlier attempt. */
export const CONCLUDED =
	'An attempt of this run got no proper answer, and the next one was told that it is done already. So this run did it, or somebody else did before.';

/** An earlier attempt of this run was carried out after all: its answer got lost. */
function byThisRun(
	outcome: 'deactivated' | 'reactivated',
	state: AccountState,
	known: AccountState | undefined,
	response: GenericValue,
): Change {
	return {
		outcome,
		stateAfter: state,
		response,
		...(known === undefined && { warning: CONCLUDED }),
	};
}

/**
 * Applies the option `If Not Found`.
 *
 * @throws Failure
 */
export async function settleNotFound(
	performed: Promise<Change>,
	{ ifNotFound }: Options,
): Promise<Change> {
	return await performed.catch((error: unknown) => {
		const { reason, facts } = asFailure(error);
		// Who is gone only after something was done to them was found before.
		const isNobody = reason === 'notFound' && facts.done === undefined;
		if (!isNobody || ifNotFound === 'fail') throw error;
		return unchanged('notFound', 'unknown', facts.response);
	});
}

/** The state is concluded from an error answer, never read: hence not verified. */
function unchanged(
	outcome: Change['outcome'],
	state: 'active' | 'deactivated' | 'unknown',
	response: GenericValue,
): Change {
	return { outcome, stateBefore: state, stateAfter: state, response };
}
