/** How many requests of a run may be under way at the same time. Times are in milliseconds. */
export interface ConcurrencyLimit {
	/** A whole number from 1 to `MAX_CONCURRENCY`. */
	current(): number;
	/** A request was answered. */
	answered(answer: AnswerTime): void;
	/** A request was refused because there were too many. */
	refused(request: Span): void;
	/** A request got no usable answer. */
	failed(request: Span): void;
}

/** From when to when a request was under way. */
export interface Span {
	sentAt: number;
	endedAt: number;
	/** The share of that time, from 0 to 1, in which this process was busy itself. */
	load?: number;
}

/** How long an answer took. */
export interface AnswerTime extends Span {
	/** Only requests of the same kind are compared: a search may take longer than a read. */
	kind: string;
	/** How many requests were under way when it came. */
	underWay: number;
}

/** No run sends more requests at the same time. */
export const MAX_CONCURRENCY = 50;

/** Always the same number. */
export function fixedConcurrency(count: number): ConcurrencyLimit {
	const nothing = () => {};
	return { current: () => count, answered: nothing, refused: nothing, failed: nothing };
}

/** A start that no service minds. */
const START = 4;

/** Answers that one step is based on, at least: fewer would be chance. */
const ROUND = 10;

/** From so many times the usual duration on, answers have slowed down. */
const SLOW = 1.35;

/** The same while this process is busy itself: then answers seem slow that only waited here. */
const SLOW_WHEN_BUSY = 2.5;

/** From this load on, the process is busy. */
const BUSY = 0.8;

/**
 * If a higher limit brings so many times the answers per second, it was right, however long an
 * answer takes: beyond a knee there would be fewer. Answers that arrive together wait for each other.
 */
const WORTHWHILE = 1.25;

/** What a clock can't tell, in milliseconds: it must not look like a slow answer. */
const RESOLUTION = 2;

/** The first step after a fallback, and how much larger each further step is. */
const STEP = { first: 0.25, factor: 1.5 };

/** After so many rounds the usual duration is measured again, with half as many requests. */
const REMEASURE_AFTER = 20;

/** How much a new measurement of the usual duration counts. */
const WEIGHT = { growing: 0.3, remeasured: 0.5, alone: 1 };

/** After so many failures in a row, a service is overloaded rather than unlucky. */
const FAILURES_IN_A_ROW = 3;

/**
 * Finds out how many requests a service answers at the same time without slowing down, by the idea
 * of TCP Vegas (Brakmo & Peterson, 1995) and Netflix's concurrency-limits: compare the duration of
 * answers with the one that they have under little load.
 *
 * It works in rounds of answers. While the median answer of a round takes about as long as usual, the
 * limit grows, with each round faster. Once answers slow down, it falls: where the duration grows with
 * the square of the requests beyond a knee, the root of the slowdown leads back to that knee. What is
 * usual is learned while the first growth lasts, and from rounds with half as many requests now and
 * then; a service that has become slower by itself is learned when only one request is left.
 */
export function adaptiveConcurrency(): ConcurrencyLimit {
	let limit = START;
	let step = START;
	let hasFallen = false;
	let isRemeasuring = false;
	let roundsSince = 0;
	let failuresInARow = 0;
	let round = newRound(0);
	let before = { limit: 0, rate: 0 };
	const usual = new Map<string, number>();

	const current = () => Math.max(1, Math.floor(isRemeasuring ? limit / 2 : limit));

	function fall(factor: number, time: number, least = 1): void {
		limit = Math.max(Math.min(limit, least), limit / factor);
		step = STEP.first;
		hasFallen = true;
		round = newRound(time);
	}

	/** Once for all requests that were under way together. */
	function fallBack({ sentAt, endedAt }: Span, least?: number): void {
		if (sentAt > round.since) fall(2, endedAt, least);
	}

	function learn(weight: number): void {
		for (const [kind, durations] of round.durations) {
			const known = usual.get(kind);
			const measured = median(durations);
			usual.set(kind, known === undefined ? measured : known * (measured / known) ** weight);
		}
	}

	function endRound(time: number): void {
		const slowdown = slowdownOf(round.durations, usual);
		const isBusy = round.loads.length > 0 && median(round.loads) > BUSY;
		const rate = current() / slowdown;
		const isWorthwhile = current() > before.limit && rate > before.rate * WORTHWHILE;
		const isSlow = slowdown > (isBusy ? SLOW_WHEN_BUSY : SLOW) && !isWorthwhile;
		before = { limit: current(), rate };
		if (current() === 1) learn(WEIGHT.alone);
		else if (isRemeasuring) learn(WEIGHT.remeasured);
		else if (!hasFallen && !isSlow) learn(WEIGHT.growing);

		roundsSince++;
		const isFullyUsed = round.peak * 2 >= current();
		if (isRemeasuring) {
			isRemeasuring = false;
			roundsSince = 0;
		} else if (isSlow) {
			fall(Math.sqrt(Math.min(slowdown, 4)), time);
			isRemeasuring = roundsSince >= REMEASURE_AFTER;
		} else if (isFullyUsed) {
			limit = Math.min(MAX_CONCURRENCY, limit + step);
			step *= STEP.factor;
		}
		round = newRound(time);
	}

	return {
		current,

		answered({ kind, sentAt, endedAt, load, underWay }) {
			failuresInARow = 0;
			// Requests that were sent before the last step tell of the limit before it.
			if (sentAt < round.since) return;
			const durations = round.durations.get(kind) ?? [];
			round.durations.set(kind, durations);
			durations.push(endedAt - sentAt + RESOLUTION);
			if (load !== undefined) round.loads.push(load);
			round.count++;
			round.peak = Math.max(round.peak, underWay);
			if (round.count >= Math.max(ROUND, current())) endRound(endedAt);
		},

		// How many may follow each other is up to the throttle: fewer at the same time would not help.
		refused: (request) => fallBack(request, START),

		failed(request) {
			failuresInARow = (failuresInARow + 1) % FAILURES_IN_A_ROW;
			if (failuresInARow === 0) fallBack(request);
		},
	};
}

interface Round {
	since: number;
	/** By kind. */
	durations: Map<string, number[]>;
	/** How busy this process was, for each answer. */
	loads: number[];
	count: number;
	/** Most requests that were under way. */
	peak: number;
}

function newRound(since: number): Round {
	return { since, durations: new Map(), loads: [], count: 0, peak: 0 };
}

/** How many times as long as usual the median answer took; 1 if nothing is known yet. */
function slowdownOf(
	durations: ReadonlyMap<string, readonly number[]>,
	usual: ReadonlyMap<string, number>,
): number {
	const ratios = [...durations].flatMap(([kind, all]) => {
		const known = usual.get(kind);
		return known === undefined ? [] : all.map((duration) => duration / known);
	});
	return ratios.length === 0 ? 1 : median(ratios);
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[(sorted.length - 1) >> 1] ?? 1;
}
