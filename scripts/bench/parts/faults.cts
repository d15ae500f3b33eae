import { contest, SHOWING_COLUMNS, showingRows, USERS } from '../contest.cts';
import { atLeast, count } from '../report.cts';
import type { PartReport } from '../report.cts';
import type { Bench } from '../turns.cts';

const LATENCY_MS = 20;
const SEED = 2026;

/** Whether anybody is lost to a service that has bad moments. */
export async function faults(bench: Bench, rounds: number): Promise<PartReport> {
	const showings = await contest(bench, rounds, { latencyMs: LATENCY_MS, faultSeed: SEED });
	const { ours, httpRequest } = showings;
	return {
		result: {
			users: USERS,
			latencyMs: LATENCY_MS,
			seed: SEED,
			rounds,
			done: ours.done,
			lost: ours.lost,
			ours,
			httpRequest,
		},
		title: `Faults: ${count(USERS)} people, 5 % of the answers 503, 2 % of the connections cut, median of ${rounds}`,
		columns: SHOWING_COLUMNS,
		rows: showingRows(showings),
		targets: [atLeast('faults.done', ours.done, USERS)],
	};
}
