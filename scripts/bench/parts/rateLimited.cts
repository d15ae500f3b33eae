import { contest, SHOWING_COLUMNS, showingRows, USERS } from '../contest.cts';
import { atLeast, atMost, count, seconds } from '../report.cts';
import type { PartReport } from '../report.cts';
import { rounded } from '../statistics.cts';
import type { Bench } from '../turns.cts';

const LATENCY_MS = 20;
const PER_SECOND = 50;
/** The bucket is full at the start; nobody can be faster than it is refilled then. */
const IDEAL_MS = ((USERS - PER_SECOND) / PER_SECOND) * 1000;

/** Whether a service's limit is found and used up, and nobody is lost to it. */
export async function rateLimited(bench: Bench, rounds: number): Promise<PartReport> {
	const showings = await contest(bench, rounds, {
		latencyMs: LATENCY_MS,
		rateLimit: { kind: 'bucket', size: PER_SECOND, perSecond: PER_SECOND },
	});
	const { ours, httpRequest } = showings;
	const ratioToIdeal = rounded(ours.medianMs / IDEAL_MS);
	return {
		result: {
			users: USERS,
			latencyMs: LATENCY_MS,
			perSecond: PER_SECOND,
			rounds,
			idealMs: IDEAL_MS,
			ratioToIdeal,
			done: ours.done,
			lost: ours.lost,
			ours,
			httpRequest,
		},
		title: `Rate limit: ${count(USERS)} people, ${PER_SECOND} requests per second allowed, ideal is ${seconds(IDEAL_MS)}, median of ${rounds}`,
		columns: SHOWING_COLUMNS,
		rows: showingRows(showings),
		targets: [
			atLeast('rateLimited.done', ours.done, USERS),
			atMost('rateLimited.ratioToIdeal', ratioToIdeal, 1.15),
		],
	};
}
