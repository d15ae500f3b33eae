import { z } from 'zod';
import { compareText, type AccountSnapshot, type AccountStore } from './accounts.cts';
import type { Answer } from './answers.cts';
import { jsonBody } from './routes.cts';

/** A person's membership of the seeded organization. */
export interface AitronosAccount {
	readonly userId: string;
	readonly email: string;
	readonly fullName: string;
	readonly userName: string;
	/** `invited` is not documented as an `account_state` (reference, section 3). */
	readonly state: 'active' | 'deactivated' | 'invited';
	readonly isOwner: boolean;
}

/** https://docs.aitronos.com/docs/api-reference/organizations/crew-management/list-members */
export const MEMBER_LIST_BODY = jsonBody(
	z.strictObject({
		skip: z.number().int().nonnegative().default(0),
		take: z.number().int().min(1).max(100).default(10),
		search_term: z.string().default(''),
		// Nobody was removed from the seeded organization.
		include_deleted: z.boolean().default(false),
		// Fields to sort by are not documented: this one is a field of an item.
		sort_field: z.literal('email').optional(),
		sort_direction: z.literal('asc').optional(),
	}),
);

/** A member list's request as a handler gets it. */
type MemberSearch = ReturnType<typeof MEMBER_LIST_BODY>;

/** One page of the members that fit. Whether the search heeds case is not documented: it doesn't. */
export function memberPage(store: AccountStore<AitronosAccount>, search: MemberSearch): Answer {
	const term = search.search_term.toLowerCase();
	const all =
		search.sort_field === undefined
			? store.all()
			: store.sortedBy('email', (a, b) => compareText(a.email, b.email));
	const found = all.filter(({ fullName, email, userName }) =>
		[fullName, email, userName].some((text) => text.toLowerCase().includes(term)),
	);
	const users = found.slice(search.skip, search.skip + search.take).map(memberBody);
	return { status: 200, body: { users, total_users_count: found.length } };
}

/** The member list has no `account_state`, but these names: section 4. */
const STATUS = {
	active: { id: 1, name: 'Active' },
	deactivated: { id: 2, name: 'Inactive' },
	invited: { id: 3, name: 'InvitationSent' },
};

/** The member object, in the form of the list: section 4. */
export function memberBody(account: AitronosAccount): Record<string, unknown> {
	return {
		id: account.userId.replace(/^usr_/, 'orguser_'),
		user_id: account.userId,
		email: account.email,
		full_name: account.fullName,
		status: STATUS[account.state],
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
		role_ids: ['role_member'],
		department_ids: ['dept_sales'],
		organization_id: organizationId,
		invitation_link: null,
		invited_at: null,
		deactivated_at: null,
	};
}

/** The membership in the project's words. */
export function snapshotOf(account: AitronosAccount): AccountSnapshot {
	const { userId: id, email, fullName: name, state } = account;
	return { id, email, name, state };
}

/** Whom the service protects if there is no other. */
export const isActiveOwner = ({ isOwner, state }: AitronosAccount) => isOwner && state === 'active';
