import type { AccountForm, AccountState } from './accounts.cts';
import type { Switches } from './switches.cts';

/** How users are shown. */
export interface UserRules extends Switches {
	/** Each user also has contacts with `null` or nothing in the place of type or value. */
	readonly oddContacts?: boolean;
	readonly idCase?: 'lower' | 'upper';
}

/** One way to reach a person: https://developers.awork.com, `userContactInfos` of a user. */
export interface AworkContact {
	readonly type?: 'phone' | 'email' | 'address' | 'messenger' | 'social' | 'urls' | null;
	readonly subType?: 'work' | 'private' | 'other';
	readonly value?: string | null;
}

/** A user of the workspace: a person, or the API user behind a key (without an address). */
export interface AworkAccount {
	readonly id: string;
	readonly firstName: string;
	readonly lastName: string | null;
	/** The address at work. */
	readonly email: string | null;
	/** All other contacts, before the address at work. */
	readonly otherContacts: readonly AworkContact[];
	readonly isAdmin: boolean;
	readonly isDeactivated: boolean;
	readonly deactivatedOn: string | null;
	readonly isArchived: boolean;
	readonly invitationAccepted: boolean;
	/** Names of the teams. */
	readonly teams: readonly string[];
	/** What becomes of the user's private projects on deactivation. */
	readonly privateProjects: { readonly reassigned: number; readonly deleted: number };
}

/** The user in the project's words. */
export const USER: AccountForm<AworkAccount> = {
	idOf: ({ id }) => id,
	snapshotOf: (account) => ({
		id: account.id,
		email: account.email,
		emails: contactsOf(account).flatMap(({ type, value }) =>
			type === 'email' && value ? [value] : [],
		),
		name: [account.firstName, account.lastName].filter(Boolean).join(' '),
		state: stateOf(account),
	}),
	patchFor: ({ state, email }) =>
		state === 'gone' || state === 'locked'
			? undefined
			: { ...(email !== undefined && { email }), ...(state && FACTS[state]()) },
};

/** What deactivation sets. */
export const DEACTIVATED = (): Partial<AworkAccount> => ({
	isDeactivated: true,
	deactivatedOn: new Date().toISOString(),
});

/** What activation sets. */
export const ACTIVATED = (invitationAccepted = true): Partial<AworkAccount> => ({
	isDeactivated: false,
	deactivatedOn: null,
	invitationAccepted,
});

const FACTS: Record<Exclude<AccountState, 'locked'>, () => Partial<AworkAccount>> = {
	active: () => ({ ...ACTIVATED(), isArchived: false }),
	invited: () => ({ ...ACTIVATED(false), isArchived: false }),
	deactivated: () => ({ ...DEACTIVATED(), isArchived: false }),
	archived: () => ({ ...DEACTIVATED(), isArchived: true }),
};

/** Whom awork protects if there is no other. */
export const isActiveAdmin = ({ isAdmin, isDeactivated }: AworkAccount) =>
	isAdmin && !isDeactivated;

/** Section 3: there is no `email` field, and contact infos may be null. */
export function userBody(account: AworkAccount, rules: UserRules): Record<string, unknown> {
	return {
		id: rules.idCase === 'upper' ? account.id.toUpperCase() : account.id,
		firstName: account.firstName,
		lastName: account.lastName,
		isDeactivated: account.isDeactivated,
		deactivatedOn: account.deactivatedOn,
		isArchived: account.isArchived,
		isExternal: false,
		isAgent: false,
		deletedOn: null,
		status: {
			invitationAccepted: account.invitationAccepted,
			isDeactivated: account.isDeactivated,
		},
		userContactInfos: contactInfos(account, rules),
		teams: account.teams.map((name) => ({ id: account.id, name })),
		tags: [],
	};
}

/** The caller itself, with its workspace. */
export function meBody(account: AworkAccount, rules: UserRules): Record<string, unknown> {
	return {
		...userBody(account, rules),
		accountId: account.id,
		workspace: { id: '6f1c0000-0000-4000-9000-000000000001', name: 'Acme', url: 'acme' },
	};
}

function stateOf({ isArchived, isDeactivated, invitationAccepted }: AworkAccount): AccountState {
	if (isArchived) return 'archived';
	if (isDeactivated) return 'deactivated';
	return invitationAccepted ? 'active' : 'invited';
}

const ODD_CONTACTS = [
	null,
	{ type: null, value: 'odd' },
	{ value: 'odd' },
	{ type: 'email', value: null },
];

function contactInfos(account: AworkAccount, { oddContacts }: UserRules): unknown[] | null {
	const contacts = [...(oddContacts ? ODD_CONTACTS : []), ...contactsOf(account)];
	return contacts.length === 0
		? null
		: contacts.map((contact) => contact && { id: account.id, ...contact });
}

function contactsOf({ email, otherContacts }: AworkAccount): readonly AworkContact[] {
	const work: AworkContact[] =
		email === null ? [] : [{ type: 'email', subType: 'work', value: email }];
	return [...otherContacts, ...work];
}
