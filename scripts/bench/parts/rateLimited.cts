import { contest, USERS } from '../contest.cts';
import { atLeast, atMost, count, seconds } from '../report.cts';
import type { PartReport } from '../report.cts';
import { rounded } from '../statistics.cts';
import type { Bench } from '../turns.cts';

const PER_SECOND = 50;
/** The bucket is full at the start; nobody can be faster than it is refilled then. */
const IDEAL_MS = ((USERS - PER_SECOND) / PER_SECOND) * 1000;

/** Whether a service's limit is found and used up, and nobody is lost to it. */
export async function rateLimited(bench: Bench, rounds: number): Promise<PartReport> {
	const rateLimit = { size: PER_SECOND, perSecond: PER_SECOND } as const;
	const conditions = { latencyMs: 20, rateLimit };
	const { ours, result, columns, rows } = await contest(bench, rounds, conditions);
	const ratioToIdeal = rounded(ours.medianMs / IDEAL_MS);
	return {
		result: { ...result, perSecond: PER_SECOND, idealMs: IDEAL_MS, ratioToIdeal },
		title: `Rate limit: ${count(USERS)} people, ${PER_SECOND} requests per second allowed, ideal is ${seconds(IDEAL_MS)}, median of ${rounds}`,
		columns,
		rows,
		targets: [
			atLeast('rateLimited.done', ours.done, USERS),
			atMost('rateLimited.ratioToIdeal', ratioToIdeal, 1.15),
		],
	};
}
