import type { Conditions } from './place.cts';
import { count, seconds } from './report.cts';
import { SIDES } from './sides.cts';
import { median } from './statistics.cts';
import { inRounds, takeTurns } from './turns.cts';
import type { Bench, TakenTurn } from './turns.cts';
import { judge } from './verdict.cts';

/** How many people the service has to do with where something goes wrong. */
export const USERS = 1000;

const CONTESTANTS = ['ours', 'httpRequest'] as const;
type Contestant = (typeof CONTESTANTS)[number];

/** What came of all rounds of one side: of the counts, those of its worst round. */
export interface Showing {
	readonly title: string;
	readonly medianMs: number;
	readonly roundsMs: readonly number[];
	readonly done: number;
	readonly lost: number;
	/** Accounts that the service has deactivated although the side does not say so. */
	readonly lostButDeactivated: number;
	/** Requests for each account, on average. */
	readonly requestsPerAccount: number;
}

/** Ours and HTTP Request under conditions in which not every request succeeds. */
export async function contest(
	bench: Bench,
	rounds: number,
	conditions: Conditions,
): Promise<Record<Contestant, Showing>> {
	const turns = CONTESTANTS.map((side) => ({ side, users: USERS }));
	const taken = await takeTurns(bench, inRounds(turns, rounds), conditions);
	const showing = (name: Contestant) =>
		showingOf(
			name,
			taken.turns.filter(({ side }) => side === name),
		);
	return { ours: showing('ours'), httpRequest: showing('httpRequest') };
}

function showingOf(side: Contestant, turns: readonly TakenTurn[]): Showing {
	const verdicts = turns.map(judge);
	const roundsMs = turns.map(({ milliseconds }) => milliseconds);
	const requests = turns.reduce((sum, { ledger }) => sum + ledger.requests, 0);
	return {
		title: SIDES[side].title,
		medianMs: median(roundsMs),
		roundsMs,
		done: Math.min(...verdicts.map(({ done }) => done)),
		lost: Math.max(...verdicts.map(({ lost }) => lost)),
		lostButDeactivated: Math.max(...verdicts.map(({ done, deactivated }) => deactivated - done)),
		requestsPerAccount: requests / turns.length / USERS,
	};
}

/** The showings for people. */
export const SHOWING_COLUMNS = ['Side', 'Time', 'Done', 'Lost', 'Requests per account'];

export function showingRows(showings: Readonly<Record<Contestant, Showing>>): string[][] {
	return Object.values(showings).map((showing) => [
		showing.title,
		seconds(showing.medianMs),
		count(showing.done),
		showing.lostButDeactivated === 0
			? count(showing.lost)
			: `${count(showing.lost)} (${count(showing.lostButDeactivated)} of them deactivated after all)`,
		showing.requestsPerAccount.toFixed(2),
	]);
}
