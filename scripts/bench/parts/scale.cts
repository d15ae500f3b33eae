import { atMost, count, seconds } from '../report.cts';
import type { PartReport } from '../report.cts';
import { median, rounded } from '../statistics.cts';
import { inRounds, takeTurns } from '../turns.cts';
import type { Bench } from '../turns.cts';
import { requireAllDone } from '../verdict.cts';

const LATENCY_MS = 20;
const SIZES = [100, 1000, 10_000] as const;
const [, MIDDLE, LARGEST] = SIZES;

/** Whether a person costs as much time in a large run as in a small one, and how much memory. */
export async function scale(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = SIZES.map((users) => ({ side: 'ours', users }) as const);
	const warmUp = { side: 'ours', users: MIDDLE, round: 0 } as const;
	const taken = await takeTurns(bench, [warmUp, ...inRounds(turns, rounds)], {
		latencyMs: LATENCY_MS,
	});
	taken.turns.forEach(requireAllDone);

	const timesOf = (size: number) =>
		taken.turns
			.filter(({ users, round }) => users === size && round > 0)
			.map(({ milliseconds }) => milliseconds);
	const perUser = (size: number) => median(timesOf(size)) / size;
	const ratioPerUser = rounded(perUser(LARGEST) / perUser(MIDDLE));

	const middleKilobytes = await peakKilobytes(bench, MIDDLE);
	const largestKilobytes = await peakKilobytes(bench, LARGEST);
	const kilobytesPer1000 = Math.round(
		((largestKilobytes - middleKilobytes) / (LARGEST - MIDDLE)) * 1000,
	);
	return {
		result: {
			latencyMs: LATENCY_MS,
			rounds,
			sizes: SIZES.map((users) => ({
				users,
				medianMs: median(timesOf(users)),
				roundsMs: timesOf(users),
				msPerUser: rounded(perUser(users)),
			})),
			ratioPerUser,
			peakKilobytes: { [MIDDLE]: middleKilobytes, [LARGEST]: largestKilobytes },
			kilobytesPer1000Users: kilobytesPer1000,
		},
		title: `Scale: ours with default options, median of ${rounds}; ${(kilobytesPer1000 / 1024).toFixed(1)} MB more memory for each 1,000 people`,
		columns: ['People', 'Time', 'Milliseconds per person'],
		rows: SIZES.map((users) => [
			count(users),
			seconds(median(timesOf(users))),
			perUser(users).toFixed(2),
		]),
		targets: [atMost('scale.ratioPerUser', ratioPerUser, 1.2)],
	};
}

/** In a process of its own: what a process once had, it mostly keeps. */
async function peakKilobytes(bench: Bench, users: number): Promise<number> {
	const taken = await takeTurns(bench, [{ side: 'ours', users, round: 1 }], {
		latencyMs: LATENCY_MS,
	});
	taken.turns.forEach(requireAllDone);
	return taken.peakKilobytes;
}
