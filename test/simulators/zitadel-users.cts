import { AccountStore, compareText } from './accounts.cts';
import type { Answer } from './answers.cts';
import { displayNameOf, emailOf, holds, requirePermission } from './zitadel-accounts.cts';
import { snapshotOf, userBody, type ZitadelAccount } from './zitadel-accounts.cts';
import { refusal } from './zitadel-errors.cts';
import { answerOf, TextQueryMethod, userApi, UserFieldName } from './zitadel-proto.cts';
import type { UserQuery, UserSearch } from './zitadel-proto.cts';

type Matcher = (account: ZitadelAccount) => boolean;

/** Records what a search should not ask. */
type Report = (problem: string) => void;

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

	/** Shows whom the caller may read and itself: never a 403. `totalResult` counts all (section 4). */
	list(caller: ZitadelAccount, search: UserSearch, report: Report): Answer {
		const { query } = search;
		if (!query?.limit) report('query.limit: must be sent, its default is 100');
		else if (query.limit > MAX_LIMIT) report('query.limit: documented as 1000 at most');
		// ANDed: section 4.
		const matchers = search.queries.map((one) => matcherOf(one, report));
		const mayRead = (account: ZitadelAccount) =>
			account.userId === caller.userId || holds(caller, 'user.read', account);
		const found = this.inOrder(search, report).filter((one) => matchers.every((fits) => fits(one)));
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
	private inOrder({ sortingColumn, query }: UserSearch, report: Report): readonly ZitadelAccount[] {
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

/** Knows the documented queries that name a user. */
function matcherOf({ query }: UserQuery, report: Report): Matcher {
	switch (query.case) {
		case 'emailQuery': {
			const { emailAddress, method } = query.value;
			if (emailAddress === '') report('queries: an empty emailAddress can match everybody');
			if (emailAddress.length > 200) throw refusal(3, 'invalid emailAddress');
			return comparing(emailAddress, method, emailOf, report);
		}
		case 'displayNameQuery':
			return named(query.value.displayName, query.value.method, displayNameOf, report);
		case 'loginNameQuery':
			return named(query.value.loginName, query.value.method, ({ userName }) => userName, report);
		case 'orQuery': {
			const matchers = query.value.queries.map((part) => matcherOf(part, report));
			return (account) => matchers.some((matches) => matches(account));
		}
		case undefined:
			throw refusal(3, 'invalid SearchQuery.Query: value is required');
		default:
			report(`queries: the simulator does not know ${query.case}`);
			return () => false;
	}
}

function named(
	wanted: string,
	method: number,
	valueOf: (account: ZitadelAccount) => string,
	report: Report,
): Matcher {
	if (wanted === '') throw refusal(3, 'value length must be at least 1');
	return comparing(wanted, method, valueOf, report);
}

/** The two ways to compare that are asked for; both without case. */
function comparing(
	wanted: string,
	method: number,
	valueOf: (account: ZitadelAccount) => string | null,
	report: Report,
): Matcher {
	const how = TextQueryMethod[method] ?? '';
	if (!/^(EQUALS|CONTAINS)_IGNORE_CASE$/.test(how)) {
		report(`queries: the simulator does not know the method ${how}`);
	}
	const part = wanted.toLowerCase();
	return (account) => {
		const text = valueOf(account)?.toLowerCase();
		// Everybody contains nothing, also who has no address.
		return how.startsWith('CONTAINS') ? (text ?? '').includes(part) : text === part;
	};
}
