/** The states that an account can have, in the project's words (DESIGN.md, Words). */
export type AccountState = 'active' | 'deactivated' | 'invited' | 'locked' | 'archived';

/** What a test or the demo sees of an account, whatever the service. */
export interface AccountSnapshot {
	readonly id: string;
	/** The main address; `null` for accounts of machines, which have no address. */
	readonly email: string | null;
	readonly name: string;
	readonly state: AccountState;
}

/** The accounts of one simulator: the truth that its service's answers tell of. */
export class AccountStore<Account extends object> {
	private readonly byId = new Map<string, Account>();
	private readonly orders = new Map<string, readonly Account[]>();

	constructor(
		private readonly seed: readonly Account[],
		private readonly snapshotOf: (account: Account) => AccountSnapshot,
	) {
		this.reset();
	}

	get(id: string): Account | undefined {
		return this.byId.get(id);
	}

	all(): readonly Account[] {
		return this.sortedBy('', () => 0);
	}

	/** In an order by what never changes; sorted once per name, as a long list has many pages. */
	sortedBy(name: string, compare: (a: Account, b: Account) => number): readonly Account[] {
		const known = this.orders.get(name);
		if (known) return known;
		const order = [...this.byId.values()].sort(compare);
		this.orders.set(name, order);
		return order;
	}

	update(account: Account, patch: Partial<Account>): void {
		Object.assign(account, patch);
	}

	add(account: Account): void {
		this.byId.set(this.snapshotOf(account).id, account);
		this.orders.clear();
	}

	snapshots(): AccountSnapshot[] {
		return this.all().map(this.snapshotOf);
	}

	reset(): void {
		this.byId.clear();
		// Only fields of the account itself change: a shallow copy keeps the seed as it is.
		for (const account of this.seed) this.add({ ...account });
	}
}

/** Below, equal or above, by code unit: the same on every machine. */
export function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/** Finds one account by id or, whatever the case, by e-mail address; throws if that fits several. */
export function findAccount(
	accounts: readonly AccountSnapshot[],
	idOrEmail: string,
): AccountSnapshot | undefined {
	const byId = accounts.find(({ id }) => id === idOrEmail);
	if (byId) return byId;
	const email = idOrEmail.toLowerCase();
	const byEmail = accounts.filter((account) => account.email?.toLowerCase() === email);
	if (byEmail.length > 1) {
		throw new Error(`${byEmail.length} accounts have this e-mail address: ask by id instead`);
	}
	return byEmail[0];
}

/** Whether nobody else fits: the last admin or owner, whom services protect. */
export function isLast<Account>(
	account: Account,
	all: readonly Account[],
	fits: (account: Account) => boolean,
): boolean {
	return fits(account) && all.filter(fits).length === 1;
}
