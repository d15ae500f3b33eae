import { asFailure, type Failure } from '../model/failure';
import { jittered, measureLoad, now, wait } from './clock';
import { MAX_PAUSE, tooLong, type Throttle } from './throttle';

/** How long to wait for an answer, and how often to ask again. */
export interface RetryPolicy {
	/** Milliseconds for each attempt. */
	timeout: number;
	/** Attempts after the first. */
	maxRetries: number;
}

/** An attempt that brought no usable answer. */
export interface FailedAttempt {
	/** Its effect is `possible` if the request may have been carried out all the same. */
	failure: Failure;
	/** Absent where another attempt would end the same way. */
	retry?: {
		/** Milliseconds that the service asks to wait. */
		after?: number | undefined;
	};
}

export type Attempt<Result> = { result: Result } | FailedAttempt;

/** A request that may have to be sent more than once. */
export interface Repeatable<Result> {
	send(): Promise<Attempt<Result>>;
	/** Requests of the same kind take about the same time. */
	kind: string;
	/**
	 * Whether it can be done without: then only a refusal because of too many requests is worth another
	 * attempt, and giving up says nothing about the service.
	 */
	isOptional?: boolean | undefined;
	/**
	 * Finds out what became of an attempt without an answer, where it must not simply be repeated.
	 *
	 * @returns undefined if it was not carried out
	 */
	recover?(): Promise<Result | undefined>;
}

/** Milliseconds before the first retry, where the service does not say; it doubles each time. */
const FIRST_WAIT = 500;

/** The longest of those waits, in milliseconds. */
const MAX_WAIT = 30_000;

/**
 * Sends a request until there is a result or another attempt makes no sense. A wait that the service
 * asks for is obeyed; a pause because of too many requests holds up the whole run, see
 * `createThrottle`.
 *
 * @param signal of the execution
 * @returns the result, and whether an earlier attempt may have been carried out
 * @throws Failure of the last attempt, with what was tried
 */
export async function withRetry<Result>(
	{ send, kind, isOptional = false, recover }: Repeatable<Result>,
	{ maxRetries }: RetryPolicy,
	throttle: Throttle,
	signal: AbortSignal | undefined,
): Promise<{ result: Result; mayHaveSucceeded: boolean }> {
	let count = 0;
	let waited = 0;
	let mayHaveSucceeded = false;
	const told = (failure: Failure) =>
		failure.with({
			...(count > 1 && { attempts: { count, waited } }),
			...(mayHaveSucceeded && { effect: 'possible' }),
		});
	const orTold = (error: unknown) => {
		throw told(asFailure(error));
	};

	let endedAt: number | undefined;
	for (;;) {
		await throttle.acquire().catch(orTold);
		if (endedAt !== undefined) waited += now() - endedAt;
		count++;
		const attempt = await attemptOnce({ send, kind, isOptional }, throttle);
		endedAt = now();
		if ('result' in attempt) return { result: attempt.result, mayHaveSucceeded };
		const { failure, retry } = attempt;
		const wasLost = failure.effect === 'possible';
		mayHaveSucceeded ||= wasLost;

		const isWorthIt = !isOptional || failure.reason === 'rateLimited';
		const isRepeated =
			retry !== undefined &&
			isWorthIt &&
			count <= maxRetries &&
			!isTooLong(attempt) &&
			!throttle.isDown();
		// The throttle waits for the end of a pause that the service asked for.
		if (isRepeated && !isPaused(attempt)) {
			const backOff = jittered(Math.min(FIRST_WAIT * 2 ** (count - 1), MAX_WAIT));
			await throttle.limiter.stepAside(async () => await wait(backOff, signal)).catch(orTold);
		} else if (!isRepeated && retry !== undefined && !isOptional) {
			throttle.gaveUp();
		}

		const recovered = wasLost ? await recover?.().catch(() => orTold(failure)) : undefined;
		if (recovered !== undefined) return { result: recovered, mayHaveSucceeded: true };
		if (!isRepeated)
			throw told(isTooLong(attempt) ? failure.with(tooLong(retry?.after ?? 0).facts) : failure);
	}
}

/** Sends a request that has its place, gives the place back, and lets the run learn from the end. */
async function attemptOnce<Result>(
	{ send, kind, isOptional }: Omit<Repeatable<Result>, 'recover'>,
	throttle: Throttle,
): Promise<Attempt<Result>> {
	const { limiter } = throttle;
	const sentAt = now();
	const loadSince = measureLoad();
	try {
		const attempt = await send();
		const span = { sentAt, endedAt: now(), load: loadSince() };
		const retry = 'result' in attempt ? undefined : attempt.retry;
		if ('result' in attempt || !retry) {
			throttle.answered();
			// A refusal is often quicker.
			limiter.answered('result' in attempt ? kind : `${kind} refused`, span);
		} else if (attempt.failure.reason === 'rateLimited') {
			throttle.limited(sentAt, retry.after);
			limiter.refused(span);
		} else {
			if (retry.after !== undefined) throttle.pause(retry.after);
			if (isOptional !== true) limiter.failed(span);
		}
		return attempt;
	} finally {
		limiter.release();
	}
}

function isPaused({ failure, retry }: FailedAttempt): boolean {
	return failure.reason === 'rateLimited' || retry?.after !== undefined;
}

function isTooLong({ retry }: FailedAttempt): boolean {
	return (retry?.after ?? 0) > MAX_PAUSE;
}
