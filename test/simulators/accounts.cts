import type { Switchboard, Switches } from './switches.cts';

/** The states that an account can have, in the project's words (DESIGN.md, Words). */
export type AccountState = 'active' | 'deactivated' | 'invited' | 'locked' | 'archived';

/** What a test or the demo sees of an account, whatever the service. */
export interface AccountSnapshot {
	readonly id: string;
	/** The main address; `null` for accounts of machines, which have no address. */
	readonly email: string | null;
	/** All addresses that a look-up by email may match. */
	readonly emails: readonly string[];
	readonly name: string;
	readonly state: AccountState;
}

/** What somebody else does to an account behind the client's back. */
export interface AccountChange {
	readonly state?: AccountState | 'gone';
	readonly email?: string;
}

/** A change of an account's state that was carried out. */
export interface LoggedChange {
	readonly id: string;
	/** `gone`: the account was not there. */
	readonly from: AccountState | 'gone';
	readonly to: AccountState | 'gone';
}

/** How a service keeps accounts of its own form. */
export interface AccountForm<Account> {
	readonly idOf: (account: Account) => string;
	readonly snapshotOf: (account: Account) => AccountSnapshot;
	/** What `change` sets; `undefined` if the service has no such state. */
	readonly patchFor: (change: AccountChange, account: Account) => Partial<Account> | undefined;
	/** A removed membership that the service still keeps. */
	readonly isGone?: (account: Account) => boolean;
}

/** The accounts of one simulator: the truth that its service's answers tell of, or don't. */
export class AccountStore<Account extends object> {
	/** All changes of state, in order, by requests and by `change`. */
	readonly changes: LoggedChange[] = [];
	private readonly byId = new Map<string, Account>();
	private readonly orders = new Map<string, readonly Account[]>();
	/** Accounts as the list shows them, as long as it lags. */
	private readonly stale = new Map<Account, Account>();
	/** Changed accounts, the last change last. */
	private readonly touched = new Set<Account>();

	constructor(
		private readonly seed: readonly Account[],
		private readonly form: AccountForm<Account>,
		private readonly switches: Switchboard<Switches>,
	) {
		this.reset();
	}

	get(id: string): Account | undefined {
		return this.byId.get(id);
	}

	/** The account that a look-up of this id tells of: another one under `answersAbout`. */
	shown(id: string): Account | undefined {
		return this.get(this.switches.current.answersAbout ?? id);
	}

	all(): readonly Account[] {
		return this.sortedBy('', () => 0);
	}

	/** As a database without an order gives them: what was changed comes last. */
	unsorted(): readonly Account[] {
		return [...this.all().filter((account) => !this.touched.has(account)), ...this.touched];
	}

	/**
	 * In an order that stays the same as long as the accounts exist. Sorted once per name, so that
	 * every page of a long list is cheap.
	 */
	sortedBy(name: string, compare: (a: Account, b: Account) => number): readonly Account[] {
		const known = this.orders.get(name);
		if (known) return known;
		const order = [...this.byId.values()].sort(compare);
		this.orders.set(name, order);
		return order;
	}

	/** The account as the list shows it: as it was before, while the list lags. */
	listed(account: Account): Account {
		return this.stale.get(account) ?? account;
	}

	/** Changes an account. */
	update(account: Account, patch: Partial<Account>): void {
		if (this.switches.current.listLags && !this.stale.has(account)) {
			this.stale.set(account, { ...account });
		}
		this.logged(account, () => Object.assign(account, patch));
		this.touched.delete(account);
		this.touched.add(account);
	}

	/** A new account. */
	add(account: Account): void {
		this.logged(account, () => this.byId.set(this.form.idOf(account), account), 'gone');
		this.orders.clear();
	}

	/** Does what somebody else would do: `Simulator.change`. */
	change(idOrEmail: string, change: AccountChange): void {
		const account = this.get(findAccount(this.snapshots(), idOrEmail)?.id ?? '');
		if (!account) throw new Error(`There is no account ${idOrEmail}.`);
		const patch = this.form.patchFor(change, account);
		if (patch) this.update(account, patch);
		else if (change.state === 'gone') this.remove(account);
		else throw new Error(`This service has no account that is ${change.state}.`);
	}

	/** Lets the list show everything as it is. */
	settle(): void {
		this.stale.clear();
	}

	snapshots(): AccountSnapshot[] {
		const { isGone, snapshotOf } = this.form;
		return this.all()
			.filter((account) => !isGone?.(account))
			.map(snapshotOf);
	}

	reset(): void {
		this.byId.clear();
		this.orders.clear();
		this.stale.clear();
		this.touched.clear();
		// Only fields of the account itself change: a shallow copy keeps the seed as it is.
		for (const account of this.seed) this.byId.set(this.form.idOf(account), { ...account });
		this.changes.length = 0;
	}

	private remove(account: Account): void {
		const { id, state: from } = this.form.snapshotOf(account);
		this.byId.delete(this.form.idOf(account));
		this.orders.clear();
		this.touched.delete(account);
		this.changes.push({ id, from, to: 'gone' });
	}

	private logged(account: Account, act: () => void, before?: 'gone'): void {
		const from = before ?? this.stateOf(account);
		act();
		const to = this.stateOf(account);
		if (from !== to) this.changes.push({ id: this.form.snapshotOf(account).id, from, to });
	}

	private stateOf(account: Account): AccountState | 'gone' {
		return this.form.isGone?.(account) ? 'gone' : this.form.snapshotOf(account).state;
	}
}

/** Below, equal or above, by code unit: the same on every machine. */
export function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/**
 * Finds one account by id or, ignoring case, by e-mail address. Throws if an address fits several:
 * ZITADEL and awork do not keep addresses unique, and a test must not take the first by chance.
 */
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
