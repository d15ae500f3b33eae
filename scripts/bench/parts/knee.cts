import { ours, turn } from '../sides.cts';
import { medianOf, refuse, takeTurns } from '../turns.cts';
import type { Bench, PartReport, Showing, Turn } from '../turns.cts';

const KNEES = [4, 8, 16];
const USERS = 2000;
/** Long enough that the service sets the pace at each knee, and not n8n. */
const LATENCY_MS = 40;

/**
 * Fixed concurrencies among which the best one is, as shares of the knee. Below the knee an answer
 * takes the same time, so that more requests are always faster; well beyond it, more are always
 * slower. In between, n8n's own time between two requests counts: it leaves a place at the service
 * empty. The steps are small there, and the largest must not be the fastest.
 */
const CANDIDATES = [1, 1.125, 1.25, 1.5];

/** Whether the concurrency that suits a service is found, without flooding it on the way. */
export async function knee(bench: Bench, rounds: number): Promise<PartReport> {
	const results: Array<Awaited<ReturnType<typeof measureAt>>> = [];
	for (const at of KNEES) results.push(await measureAt(at, bench, rounds));
	const worst = (figure: 'ratioToBest' | 'shareBeyond') =>
		Math.max(...results.map((result) => result[figure]));
	const figures = results.flatMap(({ at, best, ratioToBest, shareBeyond }) => [
		[`best${at}`, best],
		[`ratioToBest${at}`, ratioToBest],
		[`shareBeyond${at}`, shareBeyond],
	]);
	return {
		figures: {
			worstRatioToBest: worst('ratioToBest'),
			worstShareBeyond: worst('shareBeyond'),
			...(Object.fromEntries(figures) as Record<string, number>),
		},
		atMost: { worstRatioToBest: 1.25, worstShareBeyond: 0.1 },
		turns: Object.assign({}, ...results.map(({ turns }) => turns)) as Record<string, Showing>,
	};
}

async function measureAt(at: number, bench: Bench, rounds: number) {
	const turnOf = (options: { parallelRequests?: number } = {}) =>
		turn(ours(options), USERS, { latencyMs: LATENCY_MS, knee: at });
	const fixed = [...new Set(CANDIDATES.map((share) => Math.ceil(share * at)))];
	const auto = `knee${at}`;
	const nameOf = (count: number) => `knee${at}fixed${count}`;
	const turns: Record<string, Turn> = { [auto]: turnOf() };
	for (const count of fixed) {
		turns[nameOf(count)] = turnOf({ parallelRequests: count });
	}

	const { rounds: taken, ratio, showings } = await takeTurns(bench, turns, rounds);
	const timeOf = (count: number) => showings[nameOf(count)]?.medianMs ?? NaN;
	const best = fixed.reduce((one, other) => (timeOf(other) < timeOf(one) ? other : one));
	refuse(`The search at knee ${at}`, [
		best === fixed.at(-1) && `${best} in parallel is the fastest: more may be faster still`,
	]);
	return {
		at,
		best,
		ratioToBest: ratio(auto, nameOf(best)),
		shareBeyond: medianOf(taken, (round) => round[auto]?.shareBeyond ?? NaN),
		turns: showings,
	};
}
