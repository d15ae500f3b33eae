import { z } from 'zod';
import { compareText, type AccountForm, type AccountStore } from './accounts.cts';
import type { Answer } from './answers.cts';
import { jsonBody } from './routes.cts';
import { aitronosAccount } from './people.cts';
import { pageOf, withOddRows, type Switches } from './switches.cts';

/** A person's membership of the seeded organization. */
export interface AitronosAccount {
	readonly userId: string;
	readonly email: string;
	readonly fullName: string;
	readonly userName: string;
	/** `invited` is not documented as an `account_state` (reference, section 3). */
	readonly state: 'active' | 'deactivated' | 'invited';
	/** A status of the organization's own, which the member list then shows instead: section 4. */
	readonly ownStatus?: string;
	readonly isOwner: boolean;
	/** Removed from the organization: listed only with `include_deleted`, and else not there. */
	readonly isRemoved: boolean;
	readonly roleIds: readonly string[];
	readonly departmentIds: readonly string[];
}

/** The two documented answers of the member list, which disagree: section 4. */
export type MemberForm = 'users' | 'members';

/** How members are shown, where the documentation has it two ways, or what is odd. */
export interface MemberRules extends Switches {
	/** `{users, total_users_count}` with `status` by default, or `{members, total}` (section 4). */
	readonly memberForm?: MemberForm;
	/**
	 * `InvitationSent` by default.
	 * https://docs.aitronos.com/docs/api-reference/objects/user-status-object
	 */
	readonly inviteeStatus?: 'InvitationSent' | 'Pending';
	/** Whether removed members are listed, as `Deleted`, though nobody asked for them. */
	readonly deletedRows?: 'onRequest' | 'always';
	/** Whether `sort_field` is heeded (by default). */
	readonly sorting?: 'heeded' | 'ignored';
}

/** Fields to sort by and directions are not documented: those of an item, and the usual two. */
const SORT_FIELD = z.enum(['full_name', 'email', 'user_id']);

/** https://docs.aitronos.com/docs/api-reference/organizations/crew-management/list-members */
export const MEMBER_LIST_BODY = jsonBody(
	z
		.object({
			skip: z.number().int().nonnegative().default(0),
			take: z.number().int().min(1).max(100).default(10),
			search_term: z.string().default(''),
			include_deleted: z.boolean().default(false),
			role_id: z.string().optional(),
			status_id: z.number().int().optional(),
			sort_field: SORT_FIELD.optional(),
			sort_direction: z.enum(['asc', 'desc']).default('asc'),
		})
		.strict(),
);

/** A member list's request as a handler gets it. */
export type MemberSearch = ReturnType<typeof MEMBER_LIST_BODY>;

/** One page of the members that fit. Whether the search heeds case is not documented: it doesn't. */
export function memberPage(
	store: AccountStore<AitronosAccount>,
	search: MemberSearch,
	rules: MemberRules,
): Answer {
	const term = rules.filtersIgnored ? '' : search.search_term.toLowerCase();
	const found = sorted(store, search, rules)
		.map((account) => store.listed(account))
		.filter(
			(account) =>
				(search.include_deleted || rules.deletedRows === 'always' || !account.isRemoved) &&
				(search.role_id === undefined || account.roleIds.includes(search.role_id)) &&
				(search.status_id === undefined || statusOf(account, rules).id === search.status_id) &&
				[account.fullName, account.email, account.userName].some((text) =>
					text.toLowerCase().includes(term),
				),
		);
	// A total is documented as always there: an endless list claims to be long.
	const { page, total = 1_000_000 } = pageOf(
		found,
		{ offset: search.skip, size: search.take },
		rules,
	);
	const oddBody = (email: string) =>
		memberBody(aitronosAccount('', { givenName: 'Odd', familyName: 'Row', email }), rules);
	const rows = withOddRows(
		page.map((account) => memberBody(account, rules)),
		rules,
		oddBody,
		'user_id',
	);
	return {
		status: 200,
		shows: page.map(({ userId }) => userId),
		body:
			rules.memberForm === 'members'
				? { members: rows, total }
				: { users: rows, total_users_count: total },
	};
}

/** The member object, in the form of the list: section 4. */
export function memberBody(account: AitronosAccount, rules: MemberRules): Record<string, unknown> {
	const status = statusOf(account, rules);
	return {
		id: account.userId.replace(/^usr_/, 'orguser_'),
		user_id: account.userId,
		email: account.email,
		full_name: account.fullName,
		...(rules.memberForm === 'members' ? { status_name: status.name } : { status }),
	};
}

/** The V2 user. `deactivated_at` stays null on a deactivated user, as documented: section 3. */
export function userBody(
	account: AitronosAccount,
	organizationId: string,
): Record<string, unknown> {
	return {
		id: account.userId,
		full_name: account.fullName,
		email: account.email,
		user_name: account.userName,
		account_state: account.state,
		role_ids: account.roleIds,
		department_ids: account.departmentIds,
		organization_id: organizationId,
		invitation_link: null,
		invited_at: null,
		deactivated_at: null,
	};
}

/** The membership in the project's words. */
export const MEMBERSHIP: AccountForm<AitronosAccount> = {
	idOf: ({ userId }) => userId,
	snapshotOf: ({ userId, email, fullName, state }) => ({
		id: userId,
		email,
		emails: [email],
		name: fullName,
		state,
	}),
	patchFor: ({ state, email }) => {
		if (state === 'locked' || state === 'archived') return undefined;
		const isRemoved = state === 'gone';
		return {
			...(email !== undefined && { email }),
			...(isRemoved ? { isRemoved } : state && { state }),
		};
	},
	isGone: ({ isRemoved }) => isRemoved,
};

/** Whom the service protects if there is no other. */
export const isActiveOwner = ({ isOwner, state }: AitronosAccount) => isOwner && state === 'active';

/** The member list has no `account_state`, but these names: section 4. */
function statusOf(
	{ state, isRemoved, ownStatus }: AitronosAccount,
	{ inviteeStatus = 'InvitationSent' }: MemberRules,
): { readonly id: number; readonly name: string } {
	if (isRemoved) return { id: 4, name: 'Deleted' };
	if (ownStatus !== undefined) return { id: 17, name: ownStatus };
	switch (state) {
		case 'active':
			return { id: 1, name: 'Active' };
		case 'deactivated':
			return { id: 2, name: 'Inactive' };
		case 'invited':
			return { id: 3, name: inviteeStatus };
	}
}

/** Without a field to sort by, rows shift whenever an account is changed. */
function sorted(
	store: AccountStore<AitronosAccount>,
	{ sort_field: field, sort_direction: direction }: MemberSearch,
	{ sorting }: MemberRules,
): readonly AitronosAccount[] {
	if (field === undefined || sorting === 'ignored') return store.unsorted();
	const keyOf = (account: AitronosAccount): string =>
		({ full_name: account.fullName, email: account.email, user_id: account.userId })[field];
	const sign = direction === 'asc' ? 1 : -1;
	const compare = (a: AitronosAccount, b: AitronosAccount) =>
		sign * compareText(keyOf(a), keyOf(b));
	// Only ids and names never change.
	return field === 'email'
		? [...store.all()].sort(compare)
		: store.sortedBy(`${field} ${direction}`, compare);
}
