import { byDefault, httpRequest, thin, turn } from '../sides.cts';
import type { Side } from '../sides.cts';
import { medianOf, takeTurns } from '../turns.cts';
import type { Bench, PartReport } from '../turns.cts';

const FEW = 1000;
const MANY = 10_000;

/** How much memory n8n takes for a run, at its peak, and how much of it each user takes. */
export async function memory(bench: Bench, rounds: number): Promise<PartReport> {
	/** In bytes, each in a process of its own, without a warm-up: what it once had, it mostly keeps. */
	const peak = async (side: Side, users: number) => {
		const turns = { side: turn(side, users, { latencyMs: 20 }) };
		const { peakKilobytes } = await takeTurns(bench, turns, 1, { warmUp: false });
		return peakKilobytes * 1024;
	};
	const measure = async () => ({
		'ours.few': await peak(byDefault, FEW),
		'ours.many': await peak(byDefault, MANY),
		'httpRequest.few': await peak(httpRequest, FEW),
		'httpRequest.many': await peak(httpRequest, MANY),
		'thin.few': await peak(thin(50), FEW),
		'thin.many': await peak(thin(50), MANY),
	});
	const first = await measure();
	const measured = [first];
	while (measured.length < rounds) measured.push(await measure());
	const names = Object.keys(first) as Array<keyof typeof first>;
	const peaks = names.map((name) => [name, medianOf(measured, (round) => round[name])]);
	return {
		figures: {
			ratioToHttpRequest: medianOf(measured, (round) =>
				Math.max(
					round['ours.few'] / round['httpRequest.few'],
					round['ours.many'] / round['httpRequest.many'],
				),
			),
			/** Beyond the thinnest node's. */
			bytesPerUser: medianOf(measured, (round) => {
				const ours = round['ours.many'] - round['ours.few'];
				const floor = round['thin.many'] - round['thin.few'];
				return Math.round((ours - floor) / (MANY - FEW));
			}),
			...(Object.fromEntries(peaks) as Record<string, number>),
		},
		atMost: { ratioToHttpRequest: 1, bytesPerUser: 10_000 },
	};
}
