import { count } from '../report.cts';
import type { PartReport } from '../report.cts';
import { byDefault, httpRequest, thin, turn } from '../sides.cts';
import type { Side } from '../sides.cts';
import { medianOf } from '../statistics.cts';
import { takeTurns } from '../turns.cts';
import type { Bench } from '../turns.cts';

const FEW = 1000;
const MANY = 10_000;

const SIDES = { ours: byDefault, httpRequest, thin: thin(50) };

/** How much memory n8n takes for a run, at its peak, and how much of it each user takes. */
export async function memory(bench: Bench, rounds: number): Promise<PartReport> {
	const measured: Array<Record<keyof typeof SIDES, Peaks>> = [];
	for (let round = 0; round < rounds; round++) {
		measured.push({
			ours: await peaksOf(SIDES.ours, bench),
			httpRequest: await peaksOf(SIDES.httpRequest, bench),
			thin: await peaksOf(SIDES.thin, bench),
		});
	}
	const perUser = ({ few, many }: Peaks) => (many - few) / (MANY - FEW);
	const peaks = (Object.keys(SIDES) as Array<keyof typeof SIDES>).flatMap((name) =>
		(['few', 'many'] as const).map((size) => [
			`${name}.${size}`,
			medianOf(measured, (round) => round[name][size]),
		]),
	);
	return {
		title: `Memory: bytes at n8n's peak, with ${count(FEW)} and ${count(MANY)} users`,
		figures: {
			ratioToHttpRequest: medianOf(measured, ({ ours, httpRequest: other }) =>
				Math.max(ours.few / other.few, ours.many / other.many),
			),
			bytesPerUser: medianOf(measured, ({ ours, thin: floor }) =>
				Math.round(perUser(ours) - perUser(floor)),
			),
			...(Object.fromEntries(peaks) as Record<string, number>),
		},
		atMost: { ratioToHttpRequest: 1, bytesPerUser: 10_000 },
		turns: {},
	};
}

/** In bytes. */
interface Peaks {
	readonly few: number;
	readonly many: number;
}

/** Each in a process of its own, without a warm-up: what a process once had, it mostly keeps. */
async function peaksOf(side: Side, bench: Bench): Promise<Peaks> {
	const peak = async (users: number) => {
		const turns = { side: turn(side, users, { latencyMs: 20 }) };
		const { peakKilobytes } = await takeTurns(bench, turns, 1, { warmUp: false });
		return peakKilobytes * 1024;
	};
	return { few: await peak(FEW), many: await peak(MANY) };
}
