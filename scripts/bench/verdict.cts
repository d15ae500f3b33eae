import { Problem } from '../../test/host/problem.cts';
import { addressOf } from './place.cts';
import { SIDES } from './sides.cts';
import type { TakenTurn } from './turns.cts';

/** What a turn really achieved. */
export interface Verdict {
	/** Accounts that the side says are deactivated. */
	readonly done: number;
	/** Accounts of which it does not say so. */
	readonly lost: number;
	/** Those of whom a side can't know: they were deactivated by a request that got no answer. */
	readonly unknowable: number;
	/** Accounts that the service has deactivated, whether or not the side knows. */
	readonly deactivated: number;
}

/**
 * Holds what a side says against what the service knows.
 *
 * @throws Problem if it says what is not so, or asked for what nobody should
 */
export function judge(turn: TakenTurn): Verdict {
	const { side, users, items, ledger } = turn;
	const addresses = Array.from({ length: users }, (_, number) => addressOf(number));
	const done = addresses.filter((email, index) => SIDES[side].says(items[index], email));
	const wrong = done.filter((email) => !ledger.deactivated.has(email));
	const problems = [
		items.length !== users && `${items.length} items came out instead of ${users}`,
		wrong.length > 0 && `${wrong.length} accounts, such as ${wrong[0]}, are not deactivated`,
		ledger.violations.length > 0 &&
			`${ledger.violations.length} requests were wrong, such as: ${ledger.violations[0]}`,
	];
	refuse(turn, problems);
	return {
		done: done.length,
		lost: users - done.length,
		unknowable: ledger.unanswered.size,
		deactivated: ledger.deactivated.size,
	};
}

/**
 * For turns in which nothing can go wrong: each account must have been deactivated by one request.
 *
 * @throws Problem if a side is quick but wrong
 */
export function requireAllDone(turn: TakenTurn): void {
	const { done, lost } = judge(turn);
	const { users, items, ledger } = turn;
	const failed = items.find((item, index) => !SIDES[turn.side].says(item, addressOf(index)));
	refuse(turn, [
		lost > 0 && `${done} of ${users} accounts are done. One that is not: ${JSON.stringify(failed)}`,
		ledger.requests !== users && `${ledger.requests} requests were sent for ${users} accounts`,
	]);
}

function refuse({ side, users, round }: TakenTurn, problems: ReadonlyArray<string | false>): void {
	const found = problems.filter((problem) => problem !== false);
	if (found.length === 0) return;
	throw new Problem(
		`'${SIDES[side].title}' does not count (${users} people, round ${round}): ${found.join('; ')}.`,
	);
}
