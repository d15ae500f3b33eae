import type { AccountSnapshot, AccountState } from './accounts.cts';
import type { Person } from './people.cts';
import { refusal } from './zitadel-errors.cts';

/** Roles of ZITADEL's `cmd/defaults.yaml`, and one of a self-hoster's own. */
type Role = 'ORG_USER_MANAGER' | 'ORG_OWNER_VIEWER' | 'OWN_ROLE_WITHOUT_USERS';
type Permission = 'user.read' | 'user.write' | 'session.read' | 'session.delete';

/** A user of the instance: a person or a machine. Deleted users are simply not there. */
export interface ZitadelAccount {
	readonly userId: string;
	readonly organizationId: string;
	/** Also the login name. */
	readonly userName: string;
	readonly state: `USER_STATE_${'ACTIVE' | 'INACTIVE' | 'LOCKED' | 'INITIAL'}`;
	readonly kind: { readonly human: Person } | { readonly machine: { readonly name: string } };
	/** By organization. */
	readonly roles: Readonly<Record<string, Role>>;
}

/** Which role holds which permission: section 2. */
const PERMISSIONS: Record<Role, readonly Permission[]> = {
	ORG_USER_MANAGER: ['user.read', 'user.write', 'session.read', 'session.delete'],
	ORG_OWNER_VIEWER: ['user.read'],
	OWN_ROLE_WITHOUT_USERS: [],
};

const STATES: Record<ZitadelAccount['state'], AccountState> = {
	USER_STATE_ACTIVE: 'active',
	USER_STATE_INACTIVE: 'deactivated',
	USER_STATE_LOCKED: 'locked',
	USER_STATE_INITIAL: 'invited',
};

/** What the caller may do in an organization; `undefined` without any role there. */
export function permissionsIn(
	{ roles }: ZitadelAccount,
	organizationId: string,
): readonly Permission[] | undefined {
	const role = roles[organizationId];
	return role && PERMISSIONS[role];
}

/** Whether the caller holds the permission in the target's organization. */
export function holds(caller: ZitadelAccount, permission: Permission, target: ZitadelAccount) {
	return permissionsIn(caller, target.organizationId)?.includes(permission) ?? false;
}

/** Throws 5a or 5b of section 5 if the caller does not hold the permission. */
export function requirePermission(
	caller: ZitadelAccount,
	permission: Permission,
	target: ZitadelAccount,
): void {
	if (!permissionsIn(caller, target.organizationId)) {
		throw refusal(5, 'membership not found', 'AUTHZ-cdgFk');
	}
	if (!holds(caller, permission, target)) {
		throw refusal(7, 'No matching permissions found', 'AUTH-AWfge');
	}
}

/** The address of a person; machines have none. */
export function emailOf({ kind }: ZitadelAccount): string | null {
	return 'human' in kind ? kind.human.email : null;
}

/** What the console shows as the account's name. */
export function displayNameOf({ kind }: ZitadelAccount): string {
	return 'human' in kind ? `${kind.human.givenName} ${kind.human.familyName}` : kind.machine.name;
}

/** The account in the project's words. */
export function snapshotOf(account: ZitadelAccount): AccountSnapshot {
	return {
		id: account.userId,
		email: emailOf(account),
		name: displayNameOf(account),
		state: STATES[account.state],
	};
}

/** Section 3. A machine's empty `description` is left out, as all unset fields are. */
export function userBody(account: ZitadelAccount): Record<string, unknown> {
	const { userId, userName, state, organizationId, kind } = account;
	return {
		userId,
		details: { resourceOwner: organizationId },
		state,
		username: userName,
		loginNames: [userName],
		preferredLoginName: userName,
		...('human' in kind ? { human: humanBody(account, kind.human) } : { machine: kind.machine }),
	};
}

function humanBody(
	account: ZitadelAccount,
	{ givenName, familyName, email }: Person,
): Record<string, unknown> {
	const isVerified = account.state === 'USER_STATE_INITIAL' ? {} : { isVerified: true };
	return {
		profile: { givenName, familyName, displayName: displayNameOf(account) },
		email: { email, ...isVerified },
	};
}
