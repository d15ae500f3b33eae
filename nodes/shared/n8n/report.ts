import type { Failure } from '../model/failure';
import { accountLabel } from './messages';
import type { Account, Outcome } from '../model/record';

/** How far an account got in a run that ends with an error. */
export interface Progress {
	account: Account;
	/** What was done; a failure that came before or after it; nothing if it was not begun. */
	result: Outcome | Failure | undefined;
}

/**
 * Says of all accounts of a run what was done and what was not, since the output is lost with the
 * error that ends the run.
 */
export function reportProgress(accounts: readonly Progress[]): string {
	const done = accounts.flatMap(({ account, result }) => {
		const outcome = typeof result === 'string' ? result : result?.facts.done;
		return outcome === undefined ? [] : [`${accountLabel(account)} (${outcome})`];
	});
	const notDone = accounts.flatMap(({ account, result }) => {
		if (typeof result === 'string' || result?.facts.done !== undefined) return [];
		const label = accountLabel(account);
		return [result?.facts.isFateUnknown === true ? `${label} (not known)` : label];
	});
	return [
		...(done.length === 0 ? [] : [`Already done in this run: ${done.join(', ')}.`]),
		...(notDone.length === 0 ? [] : [`Not done: ${notDone.join(', ')}.`]),
	].join(' ');
}
