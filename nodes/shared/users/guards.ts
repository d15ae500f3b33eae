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
	/**
	 * Counts the accounts of a run that is still to come, one after the other, on top of those that
	 * there are: at least, since an address and an ID may name the same account.
	 */
	counter(): (account: Account) => number;
	/**
	 * Adds an account by all names that are known of it.
	 *
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

/** Counts accounts. Each is a group of names; one with a name in common with another is the same. */
function createLedger(store: { accounts?: unknown }): Ledger {
	const groups = (Array.isArray(store.accounts) ? store.accounts : []) as string[][];
	store.accounts = groups;
	const groupOf = new Map(groups.flatMap((group) => group.map((name) => [name, group] as const)));
	const known = new Set([...groupOf.keys()].map((name) => name.slice(name.indexOf(' ') + 1)));

	return {
		counter() {
			const ids = new Set<string>();
			const emails = new Set<string>();
			return ({ userId, email }) => {
				const name = comparable(userId ?? email ?? '');
				if (!known.has(name)) (userId === undefined ? emails : ids).add(name);
				return groups.length + Math.max(ids.size, emails.size);
			};
		},

		add(names, tenant) {
			for (const name of names) known.add(comparable(name));
			const added = [...new Set(names.map((name) => `${tenant} ${comparable(name)}`))];
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
	{ ledger, tenant }: { ledger: Ledger; tenant: string },
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
