import type { GenericValue } from 'n8n-workflow';

import { asFailure } from './errors';
import { Failure } from './failure';
import type { Options } from './options';
import type { Change } from './record';

/**
 * Applies the option `If Already Deactivated`: a second run over the same people must be safe, yet
 * an answer that may as well mean a mistyped address only passes if somebody chose so.
 *
 * @throws Failure
 */
export async function settleAlreadyDeactivated(
	performed: Promise<Change>,
	{ ifAlreadyDeactivated }: Options,
): Promise<Change> {
	const change = await performed.catch((error: unknown) => {
		const { reason, facts } = asFailure(error);
		const isCertain = reason === 'alreadyDeactivated';
		const passes = isCertain || facts.maybe === 'alreadyDeactivated';
		if (!passes || ifAlreadyDeactivated === 'fail') throw error;
		return unchanged('alreadyDeactivated', isCertain ? 'deactivated' : 'unknown', facts.response);
	});
	if (change.outcome === 'alreadyDeactivated' && ifAlreadyDeactivated === 'fail') {
		throw new Failure('alreadyDeactivated', { response: change.response });
	}
	return change;
}

/** Being active already is what whoever reactivates wants: never a failure. */
export async function settleAlreadyActive(performed: Promise<Change>): Promise<Change> {
	return await performed.catch((error: unknown) => {
		const { reason, facts } = asFailure(error);
		if (reason !== 'alreadyActive') throw error;
		return unchanged('alreadyActive', 'active', facts.response);
	});
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
		if (reason !== 'notFound' || ifNotFound === 'fail') throw error;
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
