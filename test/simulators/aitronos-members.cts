import { z } from 'zod';
import { compareText } from './accounts.cts';
import type { AccountSnapshot } from './accounts.cts';
import { jsonBody } from './routes.cts';

/** A person's membership of the seeded organization. */
export interface AitronosAccount {
	readonly userId: string;
	readonly email: string;
	readonly fullName: string;
	readonly userName: string;
	/** `invited` is not documented as an `account_state` (reference, section 3). */
	state: 'active' | 'deactivated' | 'invited';
	readonly isOwner: boolean;
	/** Removed from the organization: listed only with `include_deleted`, and else not there. */
	readonly isRemoved: boolean;
	readonly roleIds: readonly string[];
	readonly departmentIds: readonly string[];
}

/** The two documented answers of the member list, which disagree: section 4. */
export type MemberForm = 'users' | 'members';

/** How members are shown, where the documentation has it two ways. */
export interface MemberRules {
	readonly form: MemberForm;
	/** https://docs.aitronos.com/docs/api-reference/objects/user-status-object, or elsewhere. */
	readonly inviteeStatus: 'InvitationSent' | 'Pending';
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
	accounts: readonly AitronosAccount[],
	search: MemberSearch,
	rules: MemberRules,
): Record<string, unknown> {
	const term = search.search_term.toLowerCase();
	const found = accounts.filter(
		(account) =>
			(search.include_deleted || !account.isRemoved) &&
			(search.role_id === undefined || account.roleIds.includes(search.role_id)) &&
			(search.status_id === undefined || statusOf(account, rules).id === search.status_id) &&
			[account.fullName, account.email, account.userName].some((text) =>
				text.toLowerCase().includes(term),
			),
	);
	const page = sorted(found, search)
		.slice(search.skip, search.skip + search.take)
		.map((account) => memberBody(account, rules));
	return rules.form === 'users'
		? { users: page, total_users_count: found.length }
		: { members: page, total: found.length };
}

/** The member object, in the form of the list: section 4. */
export function memberBody(account: AitronosAccount, rules: MemberRules): Record<string, unknown> {
	const status = statusOf(account, rules);
	return {
		id: account.userId.replace(/^usr_/, 'orguser_'),
		user_id: account.userId,
		email: account.email,
		full_name: account.fullName,
		...(rules.form === 'users' ? { status } : { status_name: status.name }),
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
export function snapshotOf({ userId, email, fullName, state }: AitronosAccount): AccountSnapshot {
	return { id: userId, email, name: fullName, state };
}

/** Whether nobody else is an active owner. */
export function isLastOwner(account: AitronosAccount, all: readonly AitronosAccount[]): boolean {
	const owners = all.filter(({ isOwner, state }) => isOwner && state === 'active');
	return account.isOwner && owners.length === 1;
}

/** The member list has no `account_state`, but these names: section 4. */
function statusOf(
	{ state, isRemoved }: AitronosAccount,
	{ inviteeStatus }: MemberRules,
): { readonly id: number; readonly name: string } {
	if (isRemoved) return { id: 4, name: 'Deleted' };
	switch (state) {
		case 'active':
			return { id: 1, name: 'Active' };
		case 'deactivated':
			return { id: 2, name: 'Inactive' };
		case 'invited':
			return { id: 3, name: inviteeStatus };
	}
}

function sorted(
	accounts: readonly AitronosAccount[],
	{ sort_field: field, sort_direction: direction }: MemberSearch,
): readonly AitronosAccount[] {
	if (field === undefined) return accounts;
	const keyOf = (account: AitronosAccount): string =>
		({ full_name: account.fullName, email: account.email, user_id: account.userId })[field];
	const sign = direction === 'asc' ? 1 : -1;
	return [...accounts].sort((a, b) => sign * compareText(keyOf(a), keyOf(b)));
}
