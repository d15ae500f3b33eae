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
		return fromAnswer(isCertain, facts.response);
	});
	if (change.outcome === 'alreadyDeactivated' && ifAlreadyDeactivated === 'fail') {
		throw new Failure('alreadyDeactivated', { response: change.response });
	}
	return change;
}

/** The state is concluded from an error answer, never read: hence not verified. */
function fromAnswer(isCertain: boolean, response: GenericValue): Change {
	const state = isCertain ? 'deactivated' : 'unknown';
	return { outcome: 'alreadyDeactivated', stateBefore: state, stateAfter: state, response };
}
