import { atMost, count, seconds } from '../report.cts';
import type { PartReport } from '../report.cts';
import { SIDES } from '../sides.cts';
import type { SideName } from '../sides.cts';
import { median, rounded } from '../statistics.cts';
import { inRounds, takeTurns } from '../turns.cts';
import type { Bench } from '../turns.cts';
import { requireAllDone } from '../verdict.cts';

const USERS = 1000;
const LATENCY_MS = 20;
const NAMES = Object.keys(SIDES) as SideName[];

/** How fast many people are deactivated where nothing goes wrong, beside other ways to do it. */
export async function throughput(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = NAMES.map((side) => ({ side, users: USERS }));
	const warmUp = turns.map((turn) => ({ ...turn, round: 0 }));
	const taken = await takeTurns(bench, [...warmUp, ...inRounds(turns, rounds)], {
		latencyMs: LATENCY_MS,
	});
	taken.turns.forEach(requireAllDone);

	const timesOf = (name: SideName) =>
		taken.turns
			.filter(({ side, round }) => side === name && round > 0)
			.map(({ milliseconds }) => milliseconds);
	const medianOf = (name: SideName) => median(timesOf(name));
	const ratio = (one: SideName, other: SideName) => rounded(medianOf(one) / medianOf(other));
	const ratioToHttpRequest = ratio('ours50', 'httpRequest');
	const ratioToFloor = {
		parallel10: ratio('ours', 'thin10'),
		parallel50: ratio('ours50', 'thin50'),
	};
	return {
		result: {
			users: USERS,
			latencyMs: LATENCY_MS,
			rounds,
			ratioToHttpRequest,
			ratioToHttpRequestAtDefault: ratio('ours', 'httpRequest'),
			ratioToFloor,
			ratioToSequential: ratio('ours', 'sequential'),
			sides: Object.fromEntries(
				NAMES.map((name) => [
					name,
					{ title: SIDES[name].title, medianMs: medianOf(name), roundsMs: timesOf(name) },
				]),
			),
		},
		title: `Throughput: ${count(USERS)} people, ${LATENCY_MS} ms for each answer, median of ${rounds}`,
		columns: ['Side', 'Time', 'People per second', 'Ours ÷ this', 'Ours with 50 ÷ this'],
		rows: NAMES.map((name) => [
			SIDES[name].title,
			seconds(medianOf(name)),
			count(Math.round((USERS / medianOf(name)) * 1000)),
			ratio('ours', name).toFixed(2),
			ratio('ours50', name).toFixed(2),
		]),
		targets: [
			atMost('throughput.ratioToHttpRequest', ratioToHttpRequest, 0.65),
			atMost('throughput.ratioToFloor.parallel10', ratioToFloor.parallel10, 1.1),
			atMost('throughput.ratioToFloor.parallel50', ratioToFloor.parallel50, 1.1),
		],
	};
}
