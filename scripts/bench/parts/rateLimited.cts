import type { PartReport } from '../report.cts';
import { byDefault, httpRequest, turn } from '../sides.cts';
import { medianOf } from '../statistics.cts';
import { takeTurns } from '../turns.cts';
import type { Bench } from '../turns.cts';

const USERS = 1000;
const PER_SECOND = 50;
/** The bucket is full at the start; nobody can be faster than it is refilled then. */
const IDEAL_MS = ((USERS - PER_SECOND) / PER_SECOND) * 1000;

/** Whether a service's limit is found and used up, and nobody is lost to it. */
export async function rateLimited(bench: Bench, rounds: number): Promise<PartReport> {
	const rateLimit = { size: PER_SECOND, perSecond: PER_SECOND } as const;
	const conditions = { latencyMs: 20, rateLimit };
	const turns = {
		ours: turn(byDefault, USERS, conditions),
		httpRequest: turn(httpRequest, USERS, conditions),
	};
	const { rounds: taken, showings } = await takeTurns(bench, turns, rounds);
	return {
		title: `Rate limit: ${PER_SECOND} requests a second, which takes ${IDEAL_MS / 1000} s at best`,
		figures: {
			ratioToIdeal: medianOf(taken, ({ ours }) => ours.milliseconds / IDEAL_MS),
			done: showings.ours.done,
		},
		atMost: { ratioToIdeal: 1.08 },
		atLeast: { done: USERS },
		turns: showings,
	};
}
