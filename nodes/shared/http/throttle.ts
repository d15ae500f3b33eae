import { Failure } from '../model/failure';
import { jittered, now, throwIfCanceled, wait } from './clock';
import { createLimiter, type Limiter } from './limiter';

/** How fast the requests of one run may follow each other. Times are in milliseconds. */
export interface Throttle {
	/** How many requests may be under way. */
	readonly limiter: Limiter;
	/**
	 * Resolves when the next request may be sent, in the order in which they ask. It then has a place
	 * of the limiter, to be released when the request is over.
	 *
	 * @throws Failure `canceled`, or `rateLimited` if the service asks for a longer pause than a run
	 * can be held up
	 */
	acquire(): Promise<void>;
	/** A request was answered, whatever the answer. */
	answered(): void;
	/**
	 * A request was refused because there were too many: the whole run pauses, then continues slower.
	 *
	 * @param sentAt when the request was sent
	 * @param pause what the service asks for, if it does
	 */
	limited(sentAt: number, pause: number | undefined): void;
	/** The service asks for a pause for another reason. */
	pause(pause: number): void;
	/** A request got no usable answer, however often it was sent. */
	gaveUp(): void;
	/** Whether so many requests in a row were given up that retrying the next ones makes no sense. */
	isDown(): boolean;
}

/** The longest pause that is obeyed: ZITADEL Cloud bans for a minute, the others count by the minute. */
export const MAX_PAUSE = 5 * 60_000;

/** The first pause where a service does not say how long; it doubles with each further refusal. */
const FIRST_PAUSE = 2000;

/** The longest of those: no service counts requests over more than a minute. */
const MAX_OWN_PAUSE = 60_000;

/** The least that is left of the speed after a refusal. */
const SLOW_DOWN = 0.8;

/**
 * By how much the speed grows in each second: fast at first, while the limit is unknown, then slower
 * after each refusal, as the limit becomes known.
 */
const GROWTH = { first: 0.4, factor: 0.25, least: 0.01 };

/** How much delay is caught up on: timers are always a little late. */
const CATCH_UP = 100;

/** A service that fails now and then never fails so often in a row. */
const DOWN_AFTER = 10;

/**
 * Finds the request rate that a service accepts. Requests go out freely until the service refuses
 * one; from then on they are spaced. The number of requests that it accepted since its last refusal,
 * divided by the time that passed including the pause, is a rate that it can take, whether it counts
 * by windows or refills a bucket. From there the rate grows until the next refusal.
 *
 * @param signal of the execution
 * @param limiter of the run
 */
export function createThrottle(
	signal: AbortSignal | undefined,
	limiter: Limiter = createLimiter(),
): Throttle {
	/** Requests per millisecond at `openAt`. */
	let speed = Infinity;
	let growth: number = GROWTH.first;
	let openAt = now();
	let nextAt = 0;
	let slowedAt = 0;
	let answeredSince = 0;
	let limitedInARow = 0;
	let givenUpInARow = 0;
	let queue: Promise<void> = Promise.resolve();

	const speedAt = (time: number) => speed * Math.exp((growth * Math.max(0, time - openAt)) / 1000);

	/** How long after a request at that time the next one may follow, with the growth meanwhile. */
	const gapAt = (time: number) => (Math.log1p(growth / 1000 / speedAt(time)) / growth) * 1000;

	async function waitUntilAllowed(): Promise<void> {
		for (;;) {
			throwIfCanceled(signal);
			const time = now();
			const at = Math.max(openAt, nextAt);
			if (openAt - time > MAX_PAUSE) throw tooLong(openAt - time);
			if (at <= time) {
				nextAt = Math.max(nextAt, time - CATCH_UP) + gapAt(time);
				return;
			}
			await wait(at - time, signal);
		}
	}

	async function enter(): Promise<void> {
		await limiter.acquire();
		await waitUntilAllowed().catch((error: unknown) => {
			limiter.release();
			throw error;
		});
	}

	return {
		limiter,

		async acquire() {
			const acquired = queue.then(enter);
			queue = acquired.catch(() => undefined);
			await acquired;
		},

		answered() {
			answeredSince++;
			limitedInARow = 0;
			givenUpInARow = 0;
		},

		limited(sentAt, asked) {
			const time = now();
			if (sentAt <= slowedAt) {
				// It was under way when the run was slowed down: the same refusal.
				if (asked !== undefined) openAt = Math.max(openAt, time + asked);
				return;
			}
			const own = Math.min(FIRST_PAUSE * 2 ** limitedInARow, MAX_OWN_PAUSE);
			const pause = asked ?? jittered(own);
			// A pause for another reason may already last longer than this one.
			const opensAt = Math.max(openAt, time + pause);
			const sustained = answeredSince / Math.max(1, opensAt - openAt);
			if (speed === Infinity) {
				speed = Math.max(sustained, 1 / pause);
			} else {
				speed = Math.max(sustained, SLOW_DOWN * speedAt(time));
				growth = Math.max(GROWTH.least, growth * GROWTH.factor);
			}
			slowedAt = time;
			openAt = opensAt;
			nextAt = openAt;
			answeredSince = 0;
			limitedInARow++;
		},

		pause(asked) {
			openAt = Math.max(openAt, now() + asked);
		},

		gaveUp() {
			givenUpInARow++;
		},

		isDown: () => givenUpInARow >= DOWN_AFTER,
	};
}

/** @param pause milliseconds */
export function tooLong(pause: number): Failure {
	const seconds = Math.ceil(pause / 1000);
	return new Failure('rateLimited', {
		summary: `The service asks to wait ${seconds} seconds`,
		advice: `Run the workflow again after that: repeating is safe. A run waits ${MAX_PAUSE / 1000} seconds at most.`,
	});
}
