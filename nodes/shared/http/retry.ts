import { jittered, now, wait } from './clock';
import { asFailure } from '../n8n/errors';
import { Failure } from '../model/failure';
import { MAX_PAUSE, type Pace } from './throttle';

/** Something that may have to be tried more than once. */
export interface Attempts<Result> {
	attempt(): Promise<Result | Failure>;
	/** Whether it changes something: then it matters what became of an attempt without an answer. */
	changes: boolean;
	/**
	 * Finds out what became of an attempt without an answer, where it must not simply be repeated.
	 *
	 * @returns undefined if it was not carried out
	 */
	recover?(): Promise<Result | undefined>;
}

/** Milliseconds before the first repetition, where the service does not say; it doubles each time. */
const FIRST_WAIT = 500;

/**
 * Tries until there is a result, or until trying again makes no sense. Whoever asked to wait is
 * obeyed; a pause because of too many requests holds up the whole run, see `createPace`.
 *
 * @param maxRetries attempts after the first
 * @param signal of the execution
 * @returns the result, and whether an earlier attempt may have been carried out
 * @throws Failure the last one, with what was tried
 */
export async function repeat<Result>(
	{ attempt, changes, recover }: Attempts<Result>,
	maxRetries: number,
	pace: Pace,
	signal: AbortSignal | undefined,
): Promise<{ result: Result; isRepeat: boolean }> {
	let count = 0;
	let waited = 0;
	let isFateUnknown = false;
	const told = ({ reason, facts }: Failure) =>
		new Failure(reason, {
			...facts,
			...(count > 1 && { attempts: { count, waited } }),
			...(isFateUnknown && { isFateUnknown }),
		});
	const orTold = (error: unknown) => {
		throw told(asFailure(error));
	};

	await pace.turn();
	for (;;) {
		const sentAt = now();
		count++;
		const result = await attempt();
		if (!(result instanceof Failure)) {
			pace.answered();
			return { result, isRepeat: isFateUnknown };
		}
		report(result, sentAt, pace);
		const { retry, retryAfter = 0 } = result.facts;
		isFateUnknown ||= changes && retry === 'mayHaveActed';

		const goesOn =
			retry !== undefined &&
			count <= maxRetries &&
			waited + retryAfter <= MAX_PAUSE &&
			!pace.isDown();
		if (goesOn) {
			const since = now();
			// `turn` waits for the end of a pause that the service asked for.
			if (!isPaused(result))
				await wait(jittered(FIRST_WAIT * 2 ** (count - 1)), signal).catch(orTold);
			await pace.turn().catch(orTold);
			waited += now() - since;
		} else if (retry !== undefined) {
			pace.gaveUp();
		}

		const recovered =
			changes && retry === 'mayHaveActed'
				? await recover?.().catch(() => orTold(result))
				: undefined;
		if (recovered !== undefined) return { result: recovered, isRepeat: true };
		if (!goesOn) throw told(result);
	}
}

function isPaused({ reason, facts }: Failure): boolean {
	return reason === 'rateLimited' || facts.retryAfter !== undefined;
}

/** Lets the run learn from an attempt that failed. */
function report({ reason, facts: { retry, retryAfter } }: Failure, sentAt: number, pace: Pace) {
	if (retry === undefined) pace.answered();
	else if (reason === 'rateLimited') pace.limited(sentAt, retryAfter);
	else if (retryAfter !== undefined) pace.pause(retryAfter);
}
