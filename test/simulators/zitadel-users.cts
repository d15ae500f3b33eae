import { AccountStore, compareText } from './accounts.cts';
import type { Answer } from './answers.cts';
import {
	displayNameOf,
	holds,
	requirePermission,
	snapshotOf,
	userBody,
} from './zitadel-accounts.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';
import { refusal } from './zitadel-errors.cts';
import { answerOf, userApi, UserFieldName, type UserSearch } from './zitadel-proto.cts';
import { allOf } from './zitadel-search.cts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** The users of one instance: commands, look-ups and a list. */
export class ZitadelUsers {
	readonly store: AccountStore<ZitadelAccount>;
	/** Events so far: the `sequence` of the answers. */
	private sequence = 1;

	constructor(seed: readonly ZitadelAccount[]) {
		this.store = new AccountStore(seed, snapshotOf);
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
		if (!account) throw refusal(5, 'User could not be found', 'COMMAND-5gp2p62iin');
		if (account.state === 'USER_STATE_INITIAL') {
			throw refusal(9, 'Initial user can only be deleted', 'COMMAND-gvx4kct9r2');
		}
		if (account.state === 'USER_STATE_INACTIVE') {
			throw refusal(9, 'User already inactive', 'COMMAND-5gunjw0cd7');
		}
		const body = this.change(caller, account, 'USER_STATE_INACTIVE');
		return answerOf(userApi.DeactivateUserResponseSchema, body);
	}

	/** Only an inactive user can be reactivated; a lock from before is lost (section 6). */
	reactivate(caller: ZitadelAccount, userId: string): Answer {
		const account = this.get(userId);
		if (!account) throw refusal(5, 'User could not be found', 'COMMAND-9hy5kzbuk6');
		if (account.state !== 'USER_STATE_INACTIVE') {
			throw refusal(9, 'User is not inactive', 'COMMAND-s5qqcz97hf');
		}
		const body = this.change(caller, account, 'USER_STATE_ACTIVE');
		return answerOf(userApi.ReactivateUserResponseSchema, body);
	}

	read(caller: ZitadelAccount, userId: string): Answer {
		const account = this.get(userId);
		if (!account) throw refusal(5, 'User could not be found', 'QUERY-Dfbg2');
		if (account !== caller) requirePermission(caller, 'user.read', account);
		return answerOf(userApi.GetUserByIDResponseSchema, { user: userBody(account) });
	}

	/**
	 * Shows whom the caller may read, and always the caller itself: never a 403. The page is cut first,
	 * and `totalResult` counts all (section 4).
	 */
	list(caller: ZitadelAccount, search: UserSearch, report: (problem: string) => void): Answer {
		const { query } = search;
		if (!query?.limit) report('query.limit: must be sent, its default is 100');
		else if (query.limit > MAX_LIMIT) report('query.limit: documented as 1000 at most');
		const matches = allOf(search.queries, report);
		const mayRead = (account: ZitadelAccount) =>
			account.userId === caller.userId || holds(caller, 'user.read', account);
		const found = this.inOrder(search, report).filter(matches);
		const size = Math.min(query?.limit || DEFAULT_LIMIT, MAX_LIMIT);
		const offset = Number(query?.offset ?? 0);
		const shown = found.slice(offset, offset + size).filter(mayRead);
		const body = listBody('result', found.length, shown.map(userBody));
		return answerOf(userApi.ListUsersResponseSchema, body);
	}

	/** `details` of a change; `creationDate` is not set (section 3). */
	details(organizationId: string): Record<string, unknown> {
		this.sequence += 1;
		return {
			sequence: String(this.sequence),
			changeDate: new Date().toISOString(),
			resourceOwner: organizationId,
		};
	}

	private change(
		caller: ZitadelAccount,
		account: ZitadelAccount,
		state: ZitadelAccount['state'],
	): Record<string, unknown> {
		requirePermission(caller, 'user.write', account);
		this.store.update(account, { state });
		return { details: this.details(account.organizationId) };
	}

	/** `asc` is false by default (section 4); without a column, the order of creation. */
	private inOrder(
		{ sortingColumn, query }: UserSearch,
		report: (problem: string) => void,
	): readonly ZitadelAccount[] {
		if (sortingColumn === UserFieldName.UNSPECIFIED) return this.store.all();
		if (sortingColumn !== UserFieldName.DISPLAY_NAME) {
			report('sortingColumn: the simulator knows the display name only');
		}
		const sign = query?.asc ? 1 : -1;
		return this.store.sortedBy(
			`name ${sign}`,
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
		details: total ? { totalResult: String(total) } : {},
		...(rows.length > 0 ? { [field]: rows } : {}),
	};
}
