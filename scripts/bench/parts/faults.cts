import { contest, USERS } from '../contest.cts';
import { atLeast, count } from '../report.cts';
import type { PartReport } from '../report.cts';
import type { Bench } from '../turns.cts';

const SEED = 2026;

/** Whether anybody is lost to a service that has bad moments. */
export async function faults(bench: Bench, rounds: number): Promise<PartReport> {
	const conditions = { latencyMs: 20, faultSeed: SEED };
	const { ours, result, columns, rows } = await contest(bench, rounds, conditions);
	return {
		result: { ...result, seed: SEED },
		title: `Faults: ${count(USERS)} people, 5 % of the answers 503, 2 % of the connections cut, median of ${rounds}`,
		columns,
		rows,
		// Langdock answers a repeated request for them as it does for a mistyped address.
		targets: [atLeast('faults.done', ours.done, USERS - ours.unknowable)],
	};
}
