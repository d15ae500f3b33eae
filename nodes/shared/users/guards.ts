import { Failure } from '../model/failure';
import { comparable } from '../model/email';
import { namesIn, type Account } from '../model/record';
import type { Options } from '../parameters/options';

/**
 * Refuses a user on the list of protected ones, by any address, name or ID that is known of them.
 *
 * @throws Failure `protectedUser`
 */
export function refuseProtected(
	names: readonly string[],
	account: Account,
	{ protectedUsers }: Pick<Options, 'protectedUsers'>,
): void {
	const known = new Set(names.map(comparable));
	if (protectedUsers.some((entry) => known.has(entry))) {
		throw new Failure('protectedUser', { account });
	}
}

/**
 * Refuses a user of whom no address is known, if the list of protected users holds addresses: it
 * can't be told whether one of them is the user's.
 *
 * @throws Failure `protectedUser`
 */
export function refuseUnrecognizable(
	addresses: readonly string[],
	account: Account,
	{ protectedUsers }: Pick<Options, 'protectedUsers'>,
): void {
	if (addresses.length > 0 || !protectedUsers.some((entry) => entry.includes('@'))) return;
	throw new Failure('protectedUser', {
		account,
		summary: `Can't tell whether the user '${account.userId ?? ''}' is protected`,
		advice:
			"The service shows no email for this user, so 'Protected Users' can only be compared by ID. To deactivate the user anyway, use user IDs only in 'Protected Users'.",
	});
}

/** The accounts that a node deactivates in one execution, over all its runs in a loop. */
export interface Ledger {
	/**
	 * Counts the accounts of a run that is still to come, one after the other, on top of those that
	 * there are: at least, since an address and an ID may name the same account.
	 */
	counter(): (account: Account) => number;
	/**
	 * Adds an account.
	 *
	 * @param names what it is known by: first what no other account has, an ID if there is one
	 * @param tenant tells accounts of the same name apart
	 * @returns how many accounts there are with it
	 */
	add(names: readonly string[], tenant: string): number;
}

const ledgers = new WeakMap<object, Ledger>();

/**
 * The ledger of a node in one execution.
 *
 * @param store is kept through all runs of the node in one execution. Plain JSON, since n8n saves it
 * while an execution waits.
 */
export function ledgerIn(store: { accounts?: unknown }): Ledger {
	const known = ledgers.get(store);
	if (known) return known;
	const created = createLedger(store);
	ledgers.set(store, created);
	return created;
}

/** Counts accounts: a list of names for each, first the one that it is told apart by. */
function createLedger(store: { accounts?: unknown }): Ledger {
	const accounts = (Array.isArray(store.accounts) ? store.accounts : []) as string[][];
	store.accounts = accounts;
	const byKey = new Map(accounts.map((names) => [names[0], names]));
	const known = new Set(accounts.flatMap(([key = '', ...names]) => [nameIn(key), ...names]));

	return {
		counter() {
			const ids = new Set<string>();
			const emails = new Set<string>();
			// An account that was named by its ID may have one of the new addresses.
			const withoutAddress = accounts.filter((names) => !names.some((name) => name.includes('@')));
			return (account) => {
				const [name = ''] = namesIn(account).map(comparable);
				if (!known.has(name)) (account.userId === undefined ? emails : ids).add(name);
				const others = Math.max(0, emails.size - withoutAddress.length);
				return accounts.length + Math.max(ids.size, others);
			};
		},

		add(names, tenant) {
			const [first = '', ...others] = names.map(comparable);
			const key = `${tenant} ${first}`;
			const account = byKey.get(key) ?? [key];
			if (!byKey.has(key)) accounts.push(account);
			byKey.set(key, account);
			account.push(...others.filter((name) => !account.includes(name)));
			for (const name of [first, ...others]) known.add(name);
			return accounts.length;
		},
	};
}

/** The name behind the tenant. */
function nameIn(key: string): string {
	return key.slice(key.indexOf(' ') + 1);
}

/** Whether so many accounts are more than the options of an item allow. */
export function exceedsLimit(
	count: number,
	{ safetyLimit }: Pick<Options, 'safetyLimit'>,
): boolean {
	return safetyLimit > 0 && count > safetyLimit;
}

/** What to say about so many accounts. */
export function overLimit(
	count: number | string,
	{ safetyLimit }: Pick<Options, 'safetyLimit'>,
): string {
	return `This node would deactivate ${count} users in this execution, but 'Safety Limit' is ${safetyLimit}`;
}

/**
 * Counts an account towards the safety limit, just before it is changed.
 *
 * @returns what a dry run says, where the limit would not allow it
 * @throws Failure `safetyLimit`
 */
export function countTowardsLimit(
	{ ledger, tenant = '' }: { ledger: Ledger; tenant?: string | undefined },
	names: readonly string[],
	options: Pick<Options, 'safetyLimit' | 'dryRun'>,
): string | undefined {
	if (options.safetyLimit === 0) return undefined;
	const count = ledger.add(names, tenant);
	if (!exceedsLimit(count, options)) return undefined;
	const summary = overLimit(count, options);
	if (options.dryRun) return withoutDryRun(summary);
	throw new Failure('safetyLimit', { summary });
}

/** What the record of a dry run says of a limit that would stop the run. */
export function withoutDryRun(summary: string): string {
	return `${summary}. Without 'Dry Run', it would deactivate nobody.`;
}

/** The guard of whoever runs the workflow: with the account, the credential would end. */
export const OWN_ACCOUNT = new Failure('protectedUser', {
	summary: "This credential belongs to the user you're deactivating",
	advice: 'Deactivate this user by hand, or use a credential of someone else.',
});
