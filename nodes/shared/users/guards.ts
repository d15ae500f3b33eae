import { Failure } from '../model/failure';
import { comparable } from '../model/email';
import type { Account } from '../model/record';
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
 * Refuses a user of whom only the ID is known, if the list of protected users holds addresses: it
 * can't be told whether one of them is the user's.
 *
 * @throws Failure `protectedUser`
 */
export function refuseUnrecognizable(
	names: readonly string[],
	account: Account,
	{ protectedUsers }: Pick<Options, 'protectedUsers'>,
): void {
	if (names.length > 0 || !protectedUsers.some((entry) => entry.includes('@'))) return;
	throw new Failure('protectedUser', {
		account,
		summary: `Can't tell whether the user '${account.userId ?? ''}' is protected`,
		advice:
			"The service shows no email or login name for this user, so 'Protected Users' can only be compared by ID. To deactivate the user anyway, use user IDs only in 'Protected Users'.",
	});
}

/** The accounts that a node deactivates in one execution, over all its runs in a loop. */
export interface Ledger {
	/** How many there are, these accounts included; at least, since an address may belong to an ID. */
	countWith(accounts: readonly Account[]): number;
	/**
	 * Adds an account by all names that are known of it.
	 *
	 * @returns how many accounts there are with it
	 */
	add(names: readonly string[]): number;
}

/** Several services that one node works on at the same time count the same people. */
const ledgers = new WeakMap<object, Ledger>();

/**
 * Counts accounts. Each is a group of names; one with a name in common with another is the same.
 *
 * @param store is kept through all runs of the node in one execution. Plain JSON, since n8n saves it
 * while an execution waits.
 */
export function createLedger(store: { accounts?: unknown }): Ledger {
	const ledger = ledgers.get(store) ?? newLedger(store);
	ledgers.set(store, ledger);
	return ledger;
}

function newLedger(store: { accounts?: unknown }): Ledger {
	const groups = (Array.isArray(store.accounts) ? store.accounts : []) as string[][];
	store.accounts = groups;
	const groupOf = new Map(groups.flatMap((group) => group.map((name) => [name, group] as const)));

	const isNew = (name: string | undefined): name is string =>
		name !== undefined && !groupOf.has(comparable(name));

	return {
		countWith(accounts) {
			// A new ID and a new address may name the same account; two IDs never do.
			const unknown = accounts.filter(
				({ userId, email }) =>
					(userId === undefined || isNew(userId)) && (email === undefined || isNew(email)),
			);
			const ids = new Set(unknown.flatMap(({ userId }) => userId ?? []).map(comparable));
			const emails = new Set(
				unknown
					.filter(({ userId }) => userId === undefined)
					.flatMap(({ email }) => email ?? [])
					.map(comparable),
			);
			return groups.length + Math.max(ids.size, emails.size);
		},

		add(names) {
			const added = [...new Set(names.map(comparable))];
			const [first, ...others] = new Set(
				added.map((name) => groupOf.get(name)).filter((known) => known !== undefined),
			);
			const group = first ?? [];
			if (!first) groups.push(group);
			for (const other of others) groups.splice(groups.indexOf(other), 1);
			for (const name of [...others.flat(), ...added]) {
				if (!group.includes(name)) group.push(name);
				groupOf.set(name, group);
			}
			return groups.length;
		},
	};
}

/** Whether so many accounts are more than the options of an item allow. */
export function exceedsLimit(
	count: number,
	{ safetyLimit }: Pick<Options, 'safetyLimit'>,
): boolean {
	return safetyLimit > 0 && count > safetyLimit;
}

/** What to say about so many accounts. */
export function overLimit(count: number, { safetyLimit }: Pick<Options, 'safetyLimit'>): string {
	return `This node would deactivate ${count} users in this execution, but 'Safety Limit' is ${safetyLimit}`;
}

/**
 * Counts an account towards the safety limit, just before it is changed.
 *
 * @returns what a dry run says, where the limit would not allow it
 * @throws Failure `safetyLimit`
 */
export function countTowardsLimit(
	ledger: Ledger,
	names: readonly string[],
	options: Pick<Options, 'safetyLimit' | 'dryRun'>,
): string | undefined {
	if (options.safetyLimit === 0) return undefined;
	const count = ledger.add(names);
	if (!exceedsLimit(count, options)) return undefined;
	const summary = overLimit(count, options);
	if (options.dryRun) return withoutDryRun(summary);
	throw new Failure('safetyLimit', { summary });
}

/** What the record of a dry run says of a limit that would stop the run. */
export function withoutDryRun(summary: string): string {
	return `${summary}. Without 'Dry Run', it would deactivate nobody.`;
}
