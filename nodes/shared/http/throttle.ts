import { jittered, now, throwIfCanceled, wait } from './clock';
import { Failure } from '../model/failure';

/** How fast the requests of one run may follow each other. Times are in milliseconds. */
export interface Pace {
	/**
	 * Resolves when the next request may be sent, in the order in which they ask.
	 *
	 * @throws Failure `canceled`, or `rateLimited` if the service asks for a longer pause than a run
	 * can be held up
	 */
	turn(): Promise<void>;
	/** A request was answered, whatever the answer. */
	answered(): void;
	/**
	 * A request was refused because there are too many: the whole run pauses, then goes on slower.
	 *
	 * @param sentAt when the request was sent
	 * @param pause what the service asks for, if it does
	 */
	limited(sentAt: number, pause: number | undefined): void;
	/** The service asks for a pause for another reason. */
	pause(pause: number): void;
	/** A request got no proper answer, however often it was tried. */
	gaveUp(): void;
	/** Whether so many requests in a row were given up that the next are not worth repeating. */
	isDown(): boolean;
}

/** The longest pause: ZITADEL Cloud bans for a minute, quotas of the others are by the minute. */
export const MAX_PAUSE = 5 * 60_000;

/** The shortest: a service that says zero is not to be taken at its word. */
const MIN_PAUSE = 100;

/** The first pause where a service does not say how long; it doubles as long as nothing helps. */
const FIRST_PAUSE = 2000;

/** The longest of those: a minute is the longest time that any of the services counts by. */
const MAX_OWN_PAUSE = 60_000;

/** What is left of the speed, at least, each time that it was too much. */
const SLOW_DOWN = 0.8;

/**
 * By how much the speed grows in each second: fast at first, when it is only known to be possible,
 * then slower each time that it was too much, since that is how the limit gets known.
 */
const GROWTH = { first: 0.4, factor: 0.25, least: 0.01 };

/** How much of a lost moment is made up for: timers are always a little late. */
const CATCH_UP = 100;

/** As many requests in a row as a run sends at once, by default. */
const DOWN_AFTER = 10;

/**
 * Finds the pace of a service. Nothing holds a run up until the service refuses a request; from then
 * on requests are spaced. What a service let through since its last refusal, divided by the time
 * that passed with the pause, is a speed that it can take, whether it counts by windows or refills a
 * bucket. From there the speed grows until it is too much again.
 *
 * @param signal of the execution
 */
export function createPace(signal: AbortSignal | undefined): Pace {
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

	async function waitForTurn(): Promise<void> {
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

	return {
		async turn() {
			const turn = queue.then(waitForTurn);
			queue = turn.catch(() => undefined);
			await turn;
		},

		answered() {
			answeredSince++;
			limitedInARow = 0;
			givenUpInARow = 0;
		},

		limited(sentAt, asked) {
			const time = now();
			if (sentAt <= slowedAt) {
				// One of those that were under way when the run was slowed: the same refusal.
				if (asked !== undefined) openAt = Math.max(openAt, time + asked);
				return;
			}
			const own = Math.min(FIRST_PAUSE * 2 ** limitedInARow, MAX_OWN_PAUSE);
			const pause = Math.max(MIN_PAUSE, asked ?? jittered(own));
			const sustained = answeredSince / (time + pause - openAt);
			if (speed === Infinity) {
				speed = Math.max(sustained, 1 / pause);
			} else {
				speed = Math.max(sustained, SLOW_DOWN * speedAt(time));
				growth = Math.max(GROWTH.least, growth * GROWTH.factor);
			}
			slowedAt = time;
			openAt = time + pause;
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
		advice: `Nothing was changed. This is longer than a run waits (${MAX_PAUSE / 1000} seconds): run the workflow again after that, repeating is safe.`,
	});
}
