import type { AccountSnapshot, AccountState } from './accounts.cts';

/** One way to reach a person: https://developers.awork.com, `userContactInfos` of a user. */
interface AworkContact {
	readonly type: 'email' | 'messenger';
	readonly subType: 'work' | 'private';
	readonly value: string;
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
	/** What becomes of the user's private projects on deactivation. */
	readonly privateProjects: { readonly reassigned: number; readonly deleted: number };
}

/** The user in the project's words. */
export function snapshotOf(account: AworkAccount): AccountSnapshot {
	const { id, email, firstName, lastName } = account;
	const name = [firstName, lastName].filter(Boolean).join(' ');
	return { id, email, name, state: stateOf(account) };
}

/** What deactivation sets. */
export const DEACTIVATED = (): Partial<AworkAccount> => ({
	isDeactivated: true,
	deactivatedOn: new Date().toISOString(),
});

/** What activation sets. */
export const ACTIVATED: Partial<AworkAccount> = {
	isDeactivated: false,
	deactivatedOn: null,
	invitationAccepted: true,
};

/** Whom awork protects if there is no other. */
export const isActiveAdmin = ({ isAdmin, isDeactivated }: AworkAccount) =>
	isAdmin && !isDeactivated;

/** Section 3: there is no `email` field, and contact infos may be null. */
export function userBody(account: AworkAccount): Record<string, unknown> {
	return {
		id: account.id,
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
		userContactInfos: contactInfos(account),
		teams: [],
		tags: [],
	};
}

/** The caller itself, with its workspace. */
export function meBody(account: AworkAccount): Record<string, unknown> {
	return {
		...userBody(account),
		accountId: account.id,
		workspace: { id: '6f1c0000-0000-4000-9000-000000000001', name: 'Acme', url: 'acme' },
	};
}

function stateOf({ isArchived, isDeactivated, invitationAccepted }: AworkAccount): AccountState {
	if (isArchived) return 'archived';
	if (isDeactivated) return 'deactivated';
	return invitationAccepted ? 'active' : 'invited';
}

function contactInfos({ id, email, otherContacts }: AworkAccount): object[] | null {
	const work = email === null ? [] : [{ type: 'email', subType: 'work', value: email }];
	const contacts = [...otherContacts, ...work];
	return contacts.length === 0 ? null : contacts.map((contact) => ({ id, ...contact }));
}
