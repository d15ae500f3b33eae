import { necessaryWaitMs } from '../place.cts';
import type { PartReport } from '../report.cts';
import { byDefault, httpRequest, ours, turn } from '../sides.cts';
import { medianOf } from '../statistics.cts';
import { takeTurns } from '../turns.cts';
import type { Bench } from '../turns.cts';

const USERS = 1000;
const SEED = 2026;

/**
 * Whether anybody is lost to a service that has bad moments, and whether those who wait for their
 * next attempt hold up the others.
 */
export async function faults(bench: Bench, rounds: number): Promise<PartReport> {
	const conditions = { latencyMs: 20, faultSeed: SEED };
	// Langdock answers a repeated request as it does for a mistyped address, so by default those whose
	// answer got lost fail in the end. The option changes no request.
	const accepting = ours('accepting who is deactivated', { ifAlreadyDeactivated: 'succeed' });
	const turns = {
		ours: turn(accepting, USERS, conditions),
		clean: turn(byDefault, USERS, { latencyMs: 20 }),
		httpRequest: turn(httpRequest, USERS, conditions),
	};
	const { rounds: taken, ratio, showings } = await takeTurns(bench, turns, rounds);
	const waitMs = necessaryWaitMs(SEED, USERS);
	return {
		title: `Faults: 5 % of the answers 503, 2 % of the connections cut, 'clean' without; one account has to wait ${waitMs / 1000} s`,
		figures: {
			ratioToLimit: medianOf(
				taken,
				({ ours: faulty, clean }) => faulty.milliseconds / (clean.milliseconds + waitMs),
			),
			ratioToClean: ratio('ours', 'clean'),
			done: showings.ours.done,
		},
		atMost: { ratioToLimit: 1.15, ratioToClean: 2.5 },
		atLeast: { done: USERS },
		turns: showings,
	};
}
