import type { Failure } from '../model/failure';
import type { Account, Outcome } from '../model/record';
import { accountLabel, withoutCanceled } from './messages';

/** How far an account got in a run that ends with an error. */
export interface Progress {
	account: Account;
	/** What was done, or the failure that came before or after it; undefined if it was not begun. */
	result: Outcome | Failure | undefined;
}

/** How many accounts a message names of each kind. */
const MAX_NAMED = 10;

/** A message that also says what became of the other accounts. */
export function withProgress(message: string, others: readonly Progress[]): string {
	const progress = withoutCanceled(reportProgress(others, MAX_NAMED));
	return progress === '' ? message : `${message}. ${progress}`;
}

/**
 * Says of the accounts of a run what was done and what was not, since the output is lost with the
 * error that ends the run.
 *
 * @param max how many accounts to name of each kind
 */
export function reportProgress(accounts: readonly Progress[], max = Infinity): string {
	const done = accounts.flatMap(({ account, result }) => {
		const outcome = typeof result === 'string' ? result : result?.facts.outcome;
		return outcome === undefined ? [] : [`${accountLabel(account)} (${outcome})`];
	});
	const notDone = accounts.flatMap(({ account, result }) => {
		if (typeof result === 'string' || result?.facts.outcome !== undefined) return [];
		const label = accountLabel(account);
		return [result?.effect === 'possible' ? `${label} (not known)` : label];
	});
	return [
		...(done.length === 0 ? [] : [`Already done in this run: ${listed(done, max)}.`]),
		...(notDone.length === 0 ? [] : [`Not done: ${listed(notDone, max)}.`]),
	].join(' ');
}

function listed(labels: readonly string[], max: number): string {
	const more = labels.length > max ? ` and ${labels.length - max} more` : '';
	return `${labels.slice(0, max).join(', ')}${more}`;
}
