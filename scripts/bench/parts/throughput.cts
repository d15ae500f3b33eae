import type { PartReport } from '../report.cts';
import { byDefault, httpRequest, ours, thin, turn } from '../sides.cts';
import { takeTurns } from '../turns.cts';
import type { Bench } from '../turns.cts';

/** How fast many people are deactivated where nothing goes wrong, beside other ways to do it. */
export async function throughput(bench: Bench, rounds: number): Promise<PartReport> {
	const conditions = { latencyMs: 20 };
	const turns = {
		ours: turn(byDefault, 1000, conditions),
		ours50: turn(ours('50 in parallel', { parallelRequests: 50 }), 1000, conditions),
		httpRequest: turn(httpRequest, 1000, conditions),
		thin50: turn(thin(50), 1000, conditions),
	};
	const { ratio, showings } = await takeTurns(bench, turns, rounds);
	return {
		title: 'Throughput: 20 ms for each answer',
		figures: {
			ratioToHttpRequest: ratio('ours', 'httpRequest'),
			ratioToHttpRequestAt50: ratio('ours50', 'httpRequest'),
			ratioToFloor: ratio('ours50', 'thin50'),
		},
		atMost: { ratioToHttpRequest: 0.6, ratioToFloor: 0.95 },
		turns: showings,
	};
}
