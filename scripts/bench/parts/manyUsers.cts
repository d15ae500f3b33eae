import { necessaryWaitMs } from '../service.cts';
import { byDefault, httpRequest, ours, thin, turn } from '../sides.cts';
import { medianOf, takeTurns } from '../turns.cts';
import type { Bench, PartReport } from '../turns.cts';

const USERS = 1000;
/** A service at which nothing goes wrong. */
const STEADY = { latencyMs: 20 };

/** How fast many people are deactivated where nothing goes wrong, beside other ways to do it. */
export async function throughput(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = {
		ours: turn(byDefault, USERS, STEADY),
		ours50: turn(ours({ parallelRequests: 50 }), USERS, STEADY),
		httpRequest: turn(httpRequest, USERS, STEADY),
		thin50: turn(thin(50), USERS, STEADY),
	};
	const { ratio, showings } = await takeTurns(bench, turns, rounds);
	return {
		figures: {
			ratioToHttpRequest: ratio('ours', 'httpRequest'),
			ratioToHttpRequestAt50: ratio('ours50', 'httpRequest'),
			ratioToFloor: ratio('ours50', 'thin50'),
		},
		atMost: { ratioToHttpRequest: 0.6, ratioToFloor: 0.95 },
		turns: showings,
	};
}

const SEED = 2026;

/**
 * Whether anybody is lost to a service that has bad moments, and whether those who wait for their
 * next attempt hold up the others.
 */
export async function faults(bench: Bench, rounds: number): Promise<PartReport> {
	const conditions = { ...STEADY, faultSeed: SEED };
	// Langdock answers a repeated request as it does for a mistyped address, so by default those whose
	// answer got lost fail in the end. The option changes no request.
	const accepting = ours({ ifAlreadyDeactivated: 'succeed' });
	const turns = {
		ours: turn(accepting, USERS, conditions),
		clean: turn(byDefault, USERS, STEADY),
		httpRequest: turn(httpRequest, USERS, conditions),
	};
	const { rounds: taken, ratio, showings } = await takeTurns(bench, turns, rounds);
	const waitMs = necessaryWaitMs(SEED, USERS);
	return {
		figures: {
			ratioToLimit: medianOf(
				taken,
				({ ours: faulty, clean }) => faulty.milliseconds / (clean.milliseconds + waitMs),
			),
			ratioToClean: ratio('ours', 'clean'),
			done: showings.ours.done,
		},
		atMost: { ratioToLimit: 1.15, ratioToClean: 2.5 },
		atLeast: { done: USERS },
		turns: showings,
	};
}

const PER_SECOND = 50;
/** The bucket is full at the start; nobody can be faster than it is refilled then. */
const IDEAL_MS = ((USERS - PER_SECOND) / PER_SECOND) * 1000;

/** Whether a service's limit is found and used up, and nobody is lost to it. */
export async function rateLimited(bench: Bench, rounds: number): Promise<PartReport> {
	const rateLimit = { size: PER_SECOND, perSecond: PER_SECOND };
	const conditions = { ...STEADY, rateLimit };
	const turns = {
		ours: turn(byDefault, USERS, conditions),
		httpRequest: turn(httpRequest, USERS, conditions),
	};
	const { rounds: taken, showings } = await takeTurns(bench, turns, rounds);
	return {
		figures: {
			ratioToIdeal: medianOf(taken, ({ ours }) => ours.milliseconds / IDEAL_MS),
			done: showings.ours.done,
		},
		atMost: { ratioToIdeal: 1.08 },
		atLeast: { done: USERS },
		turns: showings,
	};
}

const MANY = 10_000;

/** Whether a person costs as much time in a large run as in a small one. */
export async function scale(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = {
		few: turn(byDefault, USERS, STEADY),
		many: turn(byDefault, MANY, STEADY),
	};
	const { ratio, showings } = await takeTurns(bench, turns, rounds);
	return {
		figures: { ratioPerUser: ratio('many', 'few') / (MANY / USERS) },
		atMost: { ratioPerUser: 1.05 },
		turns: showings,
	};
}
