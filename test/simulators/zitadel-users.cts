import { AccountStore, compareText } from './accounts.cts';
import type { Answer } from './answers.cts';
import { zitadelHuman } from './people.cts';
import { pageOf, withOddRows, type Switchboard, type Switches } from './switches.cts';
import { displayNameOf, holds, requirePermission, USER, userBody } from './zitadel-accounts.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';
import type { GrpcErrors } from './zitadel-errors.cts';
import { answerOf, userApi, UserFieldName, type UserSearch } from './zitadel-proto.cts';
import { allOf } from './zitadel-search.cts';

/** How lists treat what the caller may not read. */
export interface PermissionRules extends Switches {
	/**
	 * ZITADEL's feature of this name. Off by default: lists cut the page first and then drop the rows
	 * that the caller may not read, while `totalResult` counts all (section 4). On: lists hold only
	 * what the caller may read, and a role in an organization sees no sessions (section 3).
	 */
	readonly permissionCheckV2?: boolean;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** The users of one instance: commands, look-ups, and a list that may lag behind. */
export class ZitadelUsers {
	readonly store: AccountStore<ZitadelAccount>;
	/** Events so far: the `sequence` of the answers. */
	private sequence = 1;

	constructor(
		seed: readonly ZitadelAccount[],
		private readonly errors: GrpcErrors,
		private readonly switches: Switchboard<PermissionRules>,
	) {
		this.store = new AccountStore(seed, USER, switches);
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
		const body = this.change(caller, account, 'USER_STATE_INACTIVE');
		return answerOf(userApi.DeactivateUserResponseSchema, body);
	}

	/** Only an inactive user can be reactivated; a lock from before is lost (section 6). */
	reactivate(caller: ZitadelAccount, userId: string): Answer {
		const account = this.get(userId);
		if (!account) throw this.errors.refusal(5, 'User could not be found', 'COMMAND-9hy5kzbuk6');
		if (account.state !== 'USER_STATE_INACTIVE') {
			throw this.errors.refusal(9, 'User is not inactive', 'COMMAND-s5qqcz97hf');
		}
		const body = this.change(caller, account, 'USER_STATE_ACTIVE');
		return answerOf(userApi.ReactivateUserResponseSchema, body);
	}

	/** Updates its view first, so that it never lags (section 4). */
	read(caller: ZitadelAccount, userId: string): Answer {
		const account = this.get(userId);
		if (!account) throw this.errors.refusal(5, 'User could not be found', 'QUERY-Dfbg2');
		if (account !== caller) requirePermission(this.errors, caller, 'user.read', account);
		const shown = this.store.shown(userId) ?? account;
		return answerOf(userApi.GetUserByIDResponseSchema, { user: userBody(shown) }, [shown.userId]);
	}

	/** Shows whom the caller may read, and always the caller itself: never a 403 (section 4). */
	list(caller: ZitadelAccount, search: UserSearch, report: (problem: string) => void): Answer {
		const rules = this.switches.current;
		const { query } = search;
		if (!query?.limit) report('query.limit: must be sent, its default is 100');
		else if (query.limit > MAX_LIMIT) report('query.limit: documented as 1000 at most');
		const matches = allOf(search.queries, { errors: this.errors, report });
		const mayRead = (account: ZitadelAccount) =>
			account.userId === caller.userId || holds(caller, 'user.read', account);
		const found = this.inOrder(search, report)
			.map((account) => this.store.listed(account))
			.filter(
				(account) =>
					(rules.filtersIgnored || matches(account)) &&
					(!rules.permissionCheckV2 || mayRead(account)),
			);
		const size = Math.min(query?.limit || DEFAULT_LIMIT, MAX_LIMIT);
		const { page, total } = pageOf(found, { offset: Number(query?.offset ?? 0), size }, rules);
		const shown = page.filter(mayRead);
		const body = listBody('result', total, shown.map(userBody));
		const shows = shown.map(({ userId }) => userId);
		const answer = answerOf(userApi.ListUsersResponseSchema, body, shows);
		const oddBody = (email: string) =>
			userBody(zitadelHuman('', { givenName: 'Odd', familyName: 'Row', email }));
		const rows = withOddRows(shown.map(userBody), rules, oddBody, 'userId');
		return rows.length > 0 ? { ...answer, body: { ...body, result: rows } } : answer;
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
		requirePermission(this.errors, caller, 'user.write', account);
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
	total: number | undefined,
	rows: readonly unknown[],
): Record<string, unknown> {
	return {
		details: total ? { totalResult: String(total) } : {},
		...(rows.length > 0 ? { [field]: rows } : {}),
	};
}
