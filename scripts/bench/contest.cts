import type { Conditions } from './place.cts';
import { count, seconds } from './report.cts';
import type { PartReport } from './report.cts';
import { SIDES } from './sides.cts';
import type { SideName } from './sides.cts';
import { median } from './statistics.cts';
import { inRounds, takeTurns } from './turns.cts';
import type { Bench, TakenTurn } from './turns.cts';
import { judge } from './verdict.cts';

/** How many people the service has to do with where something goes wrong. */
export const USERS = 1000;

/** What came of all rounds of one side: of the counts, those of its worst round. */
interface Showing {
	readonly title: string;
	readonly medianMs: number;
	readonly roundsMs: readonly number[];
	readonly done: number;
	readonly lost: number;
	readonly unknowable: number;
	/** Accounts that the service has deactivated although the side does not say so. */
	readonly lostButDeactivated: number;
	/** Requests for each account, on average. */
	readonly requestsPerAccount: number;
}

/** What two sides achieve under the same conditions, as a report without title and targets. */
export interface Contest extends Pick<PartReport, 'result' | 'columns' | 'rows'> {
	readonly ours: Showing;
}

/** Ours and HTTP Request under conditions in which not every request succeeds. */
export async function contest(
	bench: Bench,
	rounds: number,
	conditions: Conditions,
): Promise<Contest> {
	const turns = [
		{ side: 'ours', users: USERS },
		{ side: 'httpRequest', users: USERS },
	] as const;
	const taken = await takeTurns(bench, inRounds(turns, rounds), conditions);
	const ours = showingOf('ours', taken.turns);
	const httpRequest = showingOf('httpRequest', taken.turns);
	const { latencyMs } = conditions;
	const { done, lost } = ours;
	return {
		ours,
		result: { users: USERS, latencyMs, rounds, done, lost, ours, httpRequest },
		columns: ['Side', 'Time', 'Done', 'Lost', 'Requests per account'],
		rows: [ours, httpRequest].map(rowOf),
	};
}

function showingOf(name: SideName, taken: readonly TakenTurn[]): Showing {
	const turns = taken.filter(({ side }) => side === name);
	const verdicts = turns.map(judge);
	const roundsMs = turns.map(({ milliseconds }) => milliseconds);
	const requests = turns.reduce((sum, { ledger }) => sum + ledger.requests, 0);
	return {
		title: SIDES[name].title,
		medianMs: median(roundsMs),
		roundsMs,
		done: Math.min(...verdicts.map(({ done }) => done)),
		lost: Math.max(...verdicts.map(({ lost }) => lost)),
		unknowable: Math.max(...verdicts.map(({ unknowable }) => unknowable)),
		lostButDeactivated: Math.max(...verdicts.map(({ done, deactivated }) => deactivated - done)),
		requestsPerAccount: requests / turns.length / USERS,
	};
}

/** A showing for people. */
function rowOf(showing: Showing): string[] {
	const { title, medianMs, done, lost, lostButDeactivated, requestsPerAccount } = showing;
	const after = ` (${count(lostButDeactivated)} of them deactivated after all)`;
	return [
		title,
		seconds(medianMs),
		count(done),
		`${count(lost)}${lostButDeactivated === 0 ? '' : after}`,
		requestsPerAccount.toFixed(2),
	];
}
