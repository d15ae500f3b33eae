import type { IDataObject } from 'n8n-workflow';

import type { AccountSnapshot, AccountState } from '../simulators/index.cts';
import { unless, type Check, type Counterexample } from './check.cts';
import type { Item } from './history.cts';
import { sameAddress } from './people.cts';
import type { Run } from './run.cts';
import { hidesForGood, isSeen, outputsOf, seesAll } from './told.cts';

/** An account as Get Many lists it. */
interface ListedAccount {
	readonly userId?: string;
	readonly email?: string;
	readonly state: AccountState | 'unknown';
	readonly warning?: string;
}

/** What Get Many lists is true for everybody, or it lists nobody and fails. */
export const listed: Check = (run) => {
	const { history, rounds } = run;
	if (history.operation !== 'getAll') return [];
	const outputs = outputsOf(run);
	return rounds
		.filter(({ error }) => error === undefined)
		.flatMap((round) => round.items)
		.flatMap((index) => {
			const own = outputs.get(index) ?? [];
			const rows = own.filter(({ item: { json } }) => json.error === undefined);
			const item = history.items[index];
			if (!item) return [];
			if (rows.length < own.length) {
				return unless(own.length === 1, 'Get Many lists accounts and fails', `item ${index}`);
			}
			return problemsOf(
				run,
				item,
				rows.map(({ item: { json } }) => json as IDataObject & ListedAccount),
			);
		});
};

function problemsOf(run: Run, item: Item, rows: readonly ListedAccount[]): Counterexample[] {
	const { history, met } = run;
	const [service = 'zitadel'] = history.services;
	const { returnAll, limit: most, states } = history.listing;
	const limit = returnAll ? Infinity : most;
	const isWanted = (state: ListedAccount['state']) =>
		states.length === 0 || states.some((one) => one === state);
	const readable = rows.filter(({ warning }) => warning === undefined);
	const ids = readable.map(({ userId }) => userId);
	const general = [
		...unless(!item.odd, `a list although a parameter gave nothing (${service})`),
		...unless(rows.length <= limit, `more accounts listed than the limit (${service})`),
		...unless(
			readable.every(({ state }) => isWanted(state)),
			`listed in a state that nobody wanted (${service})`,
		),
		...unless(new Set(ids).size === ids.length, `an account listed twice (${service})`),
		...unless(
			!met.includes('odd row') ||
				history.items.length > 1 ||
				readable.length < rows.length ||
				rows.length === limit,
			`an unreadable entry left out (${service})`,
		),
	];
	// Whom a list calls by somebody else's ID, nobody can tell.
	if (hidesForGood(run)) return general;

	const accounts = new Map(
		run.world.accounts(service, item.tenant).map((account) => [account.id, account]),
	);
	const isThere = ({ id }: AccountSnapshot) => !seesAll(run, service) || isSeen(run, service, id);
	const missing = [...accounts.values()].filter(
		(account) => isThere(account) && isWanted(account.state) && !ids.includes(account.id),
	);
	return [
		...general,
		...readable.flatMap(({ userId = '', email, state }) => {
			const account = accounts.get(userId);
			const what = `${userId} ${email} ${state}`;
			if (!account) {
				const isOdd = met.includes('odd row') && state === 'unknown';
				return unless(
					isOdd || met.includes('rows that shift'),
					`somebody invented (${service})`,
					what,
				);
			}
			const isSameAddress =
				account.email === null ? email === undefined : sameAddress(account.email, email ?? null);
			return [
				...unless(account.state === state, `listed in another state (${service})`, what),
				...unless(isSameAddress, `listed with another address (${service})`, what),
			];
		}),
		...unless(
			rows.length >= limit || missing.length === 0,
			`somebody is missing in the list (${service})`,
			missing.map(({ id }) => id).join(', '),
		),
	];
}
