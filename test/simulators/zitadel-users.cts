import { AccountStore, compareText } from './accounts.cts';
import type { AccountSnapshot } from './accounts.cts';
import type { Answer } from './answers.cts';
import {
	displayNameOf,
	holds,
	requirePermission,
	snapshotOf,
	userBody,
} from './zitadel-accounts.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';
import type { GrpcErrors } from './zitadel-errors.cts';
import { problemOf } from './zitadel-search.cts';
import type { UserSearch } from './zitadel-search.cts';

/** The users of one instance: commands, look-ups, and a list that may lag behind. */
export class ZitadelUsers {
	private readonly store: AccountStore<ZitadelAccount>;
	/** Events of a user so far: the `sequence` of its answers. */
	private readonly sequences = new Map<string, number>();
	/** The change that the list does not show yet: the account as it was. */
	private unseen: ZitadelAccount | undefined;

	constructor(
		seed: readonly ZitadelAccount[],
		private readonly errors: GrpcErrors,
		private readonly listLags: boolean,
	) {
		this.store = new AccountStore(seed, ({ userId }) => userId);
	}

	get(userId: string): ZitadelAccount | undefined {
		return this.store.get(userId);
	}

	isActive(userId: string): boolean {
		return this.get(userId)?.state === 'USER_STATE_ACTIVE';
	}

	/** The order of the checks is that of section 5: the states come before the permission. */
	deactivate(caller: ZitadelAccount, userId: string): Answer {
		const account = this.get(userId);
		if (!account) throw this.errors.refusal(5, 'User could not be found', 'COMMAND-5gp2p62iin');
		if (account.state === 'USER_STATE_INITIAL') {
			throw this.errors.refusal(9, 'Initial user can only be deleted', 'COMMAND-gvx4kct9r2');
		}
		if (account.state === 'USER_STATE_INACTIVE') {
			throw this.errors.refusal(9, 'User already inactive', 'COMMAND-5gunjw0cd7');
		}
		return this.change(caller, account, 'USER_STATE_INACTIVE');
	}

	/** Only an inactive user can be reactivated; a lock from before is lost (section 6). */
	reactivate(caller: ZitadelAccount, userId: string): Answer {
		const account = this.get(userId);
		if (!account) throw this.errors.refusal(5, 'User could not be found', 'COMMAND-9hy5kzbuk6');
		if (account.state !== 'USER_STATE_INACTIVE') {
			throw this.errors.refusal(9, 'User is not inactive', 'COMMAND-s5qqcz97hf');
		}
		return this.change(caller, account, 'USER_STATE_ACTIVE');
	}

	/** Updates its view first, so that it never lags (section 4). */
	read(caller: ZitadelAccount, userId: string): Answer {
		const account = this.get(userId);
		if (!account) throw this.errors.refusal(5, 'User could not be found', 'QUERY-Dfbg2');
		if (account !== caller) requirePermission(this.errors, caller, 'user.read', account);
		return { status: 200, body: { user: userBody(account) } };
	}

	/** Shows whom the caller may read, and always the caller itself: never a 403 (section 4). */
	list(caller: ZitadelAccount, search: UserSearch): Answer {
		const { query, queries } = search;
		if (queries.hasEmptyList) throw this.errors.refusal(2, 'list is empty');
		const found = this.inOrder(search)
			.map((account) => this.seenByList(account))
			.filter(
				(account) =>
					(account.userId === caller.userId || holds(caller, 'user.read', account)) &&
					queries.matches(account),
			);
		const problem = problemOf(search);
		const end = query.limit === undefined ? undefined : query.offset + query.limit;
		return {
			status: 200,
			body: listBody('result', found.length, found.slice(query.offset, end).map(userBody)),
			...(problem === undefined ? {} : { problem }),
		};
	}

	/** Brings the list up to date. */
	settle(): void {
		this.unseen = undefined;
	}

	snapshots(): AccountSnapshot[] {
		return this.store.all().map(snapshotOf);
	}

	reset(): void {
		this.store.reset();
		this.sequences.clear();
		this.settle();
	}

	private change(
		caller: ZitadelAccount,
		account: ZitadelAccount,
		state: ZitadelAccount['state'],
	): Answer {
		requirePermission(this.errors, caller, 'user.write', account);
		this.unseen = this.listLags ? { ...account } : undefined;
		account.state = state;
		const sequence = (this.sequences.get(account.userId) ?? 1) + 1;
		this.sequences.set(account.userId, sequence);
		return {
			status: 200,
			body: {
				details: {
					sequence: String(sequence),
					changeDate: new Date().toISOString(),
					resourceOwner: account.organizationId,
				},
			},
		};
	}

	private seenByList(account: ZitadelAccount): ZitadelAccount {
		return this.unseen?.userId === account.userId ? this.unseen : account;
	}

	/** `asc` is false by default (section 4); without a column, the order of creation. */
	private inOrder({ sortingColumn, query }: UserSearch): readonly ZitadelAccount[] {
		if (sortingColumn === undefined) return this.store.all();
		const sign = query.asc === true ? 1 : -1;
		return this.store.sortedBy(
			`${sortingColumn} ${sign}`,
			(a, b) => sign * compareText(displayNameOf(a), displayNameOf(b)),
		);
	}
}

/** Zero and empty fields are left out, large numbers are strings (section 3). */
export function listBody(
	field: string,
	total: number,
	rows: readonly unknown[],
): Record<string, unknown> {
	return {
		details: total > 0 ? { totalResult: String(total) } : {},
		...(rows.length > 0 ? { [field]: rows } : {}),
	};
}
