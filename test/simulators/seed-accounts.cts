import type { AitronosAccount } from './aitronos-members.cts';
import type { AworkAccount } from './awork-users.cts';
import type { LangdockAccount } from './langdock.cts';
import { fullName } from './staff.cts';
import type { Person } from './staff.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';

/** A workspace's member, active unless told. */
export function langdockAccount(
	person: Person,
	facts: Partial<Pick<LangdockAccount, 'role' | 'state'>> = {},
): LangdockAccount {
	return {
		email: person.email,
		name: fullName(person),
		role: 'member',
		state: 'active',
		...facts,
	};
}

/** A member of the seeded organization, active unless told. */
export function aitronosAccount(
	userId: string,
	person: Person,
	facts: Partial<Omit<AitronosAccount, 'userId'>> = {},
): AitronosAccount {
	return {
		userId,
		email: person.email,
		fullName: fullName(person),
		userName: person.givenName.toLowerCase(),
		state: 'active',
		isOwner: false,
		isRemoved: false,
		roleIds: ['role_member'],
		departmentIds: ['dept_sales'],
		...facts,
	};
}

/** A person of the seeded organization, active unless told; signs in with the address. */
export function zitadelHuman(
	userId: string,
	person: Person,
	facts: Partial<Omit<ZitadelAccount, 'userId'>> = {},
): ZitadelAccount {
	return {
		userId,
		organizationId: '270000000000000001',
		userName: person.email,
		state: 'USER_STATE_ACTIVE',
		kind: { human: person },
		roles: {},
		...facts,
	};
}

/** A machine of the seeded organization. */
export function zitadelMachine(
	userId: string,
	userName: string,
	roles: ZitadelAccount['roles'],
): ZitadelAccount {
	return {
		userId,
		organizationId: '270000000000000001',
		userName,
		state: 'USER_STATE_ACTIVE',
		kind: { machine: { name: userName } },
		roles,
	};
}

/** A user of the workspace, active unless told. */
export function aworkAccount(
	id: string,
	person: Person,
	facts: Partial<Omit<AworkAccount, 'id'>> = {},
): AworkAccount {
	return {
		id,
		firstName: person.givenName,
		lastName: person.familyName,
		email: person.email,
		isAdmin: false,
		isDeactivated: false,
		deactivatedOn: null,
		isArchived: false,
		invitationAccepted: true,
		otherContacts: [],
		privateProjects: { reassigned: 0, deleted: 0 },
		...facts,
	};
}
