import type { PartReport } from '../report.cts';
import { byDefault, turn } from '../sides.cts';
import { takeTurns } from '../turns.cts';
import type { Bench } from '../turns.cts';

const FEW = 1000;
const MANY = 10_000;

/** Whether a person costs as much time in a large run as in a small one. */
export async function scale(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = {
		few: turn(byDefault, FEW, { latencyMs: 20 }),
		many: turn(byDefault, MANY, { latencyMs: 20 }),
	};
	const { ratio, showings } = await takeTurns(bench, turns, rounds);
	return {
		title: 'Scale: 20 ms for each answer',
		figures: { ratioPerUser: ratio('many', 'few') / (MANY / FEW) },
		atMost: { ratioPerUser: 1.05 },
		turns: showings,
	};
}
