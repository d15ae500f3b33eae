import type { AccountSnapshot, AccountState } from './accounts.cts';

/** One way to reach a person: https://developers.awork.com, `userContactInfos` of a user. */
export interface AworkContact {
	readonly type: 'phone' | 'email' | 'address' | 'messenger' | 'social' | 'urls';
	readonly subType: 'work' | 'private' | 'other';
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
	isDeactivated: boolean;
	deactivatedOn: string | null;
	readonly isArchived: boolean;
	readonly invitationAccepted: boolean;
	/** What becomes of the user's private projects on deactivation. */
	readonly privateProjects: { readonly reassigned: number; readonly deleted: number };
}

/** The user in the project's words. */
export function snapshotOf(account: AworkAccount): AccountSnapshot {
	return {
		id: account.id,
		email: account.email,
		name: [account.firstName, account.lastName].filter(Boolean).join(' '),
		state: stateOf(account),
	};
}

/** Whether nobody else is an active admin. */
export function isLastAdmin(account: AworkAccount, all: readonly AworkAccount[]): boolean {
	const admins = all.filter(({ isAdmin, isDeactivated }) => isAdmin && !isDeactivated);
	return admins.length === 1 && admins[0] === account;
}

/** Returns the summary; a repeat finds no private projects left. */
export function deactivateAccount(account: AworkAccount): Record<string, number> {
	const { reassigned, deleted } = account.isDeactivated
		? { reassigned: 0, deleted: 0 }
		: account.privateProjects;
	account.deactivatedOn ??= new Date().toISOString();
	account.isDeactivated = true;
	return {
		privateProjectManagersReassignedCount: reassigned,
		privateProjectsDeletedCount: deleted,
	};
}

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

function contactInfos({ id, email, otherContacts }: AworkAccount): unknown[] | null {
	const work: AworkContact[] =
		email === null ? [] : [{ type: 'email', subType: 'work', value: email }];
	const contacts = [...otherContacts, ...work];
	return contacts.length === 0 ? null : contacts.map((contact) => ({ id, ...contact }));
}
