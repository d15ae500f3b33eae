import type { AitronosAccount } from './aitronos.cts';
import type { AworkAccount } from './awork.cts';
import type { LangdockAccount } from './langdock.cts';
import type { ZitadelAccount } from './zitadel.cts';

/**
 * The fixed staff that every simulator starts with. Tests and the demo use these facts by name.
 * `secrets.valid` may do everything, `secrets.withoutPermission` is genuine but may not deactivate.
 */

/** The people, with one address each at every service that knows them. */
export const STAFF = {
	leaver: { givenName: 'Kim', familyName: 'Lee', email: 'kim.lee@example.org' },
	colleague: { givenName: 'Sam', familyName: 'Roe', email: 'sam.roe@example.org' },
	/** The only admin (Aitronos: owner). All but ZITADEL refuse to deactivate the last one. */
	lastAdmin: { givenName: 'Ada', familyName: 'Min', email: 'ada.min@example.org' },
	invitee: { givenName: 'Noa', familyName: 'New', email: 'noa.new@example.org' },
	deactivated: { givenName: 'Pat', familyName: 'Past', email: 'pat.past@example.org' },
	/** Known to ZITADEL only. */
	locked: { givenName: 'Lou', familyName: 'Lock', email: 'lou.lock@example.org' },
	/** Known to ZITADEL only, in an organization where no seeded credential has a role. */
	foreigner: { givenName: 'Fay', familyName: 'Far', email: 'fay.far@example.net' },
	/** Known to awork only. */
	archived: { givenName: 'Ari', familyName: 'Kive', email: 'ari.kive@example.org' },
} as const;

/** An address that no simulator knows. */
export const UNKNOWN_EMAIL = 'nobody@example.org';

type Person = (typeof STAFF)[keyof typeof STAFF];

const fullName = ({ givenName, familyName }: Person) => `${givenName} ${familyName}`;

function langdockAccount(
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

/** Langdock and Odeus: one API, but a key of one must not open the other. */
function workspaceSeed(service: 'langdock' | 'odeus') {
	return {
		secrets: {
			valid: `sk-ld-${service}-valid`,
			withoutPermission: `sk-ld-${service}-without-scope`,
			/** Genuine, but the admin who made it is gone. */
			creatorGone: `sk-ld-${service}-creator-gone`,
		},
		accounts: {
			leaver: langdockAccount(STAFF.leaver),
			colleague: langdockAccount(STAFF.colleague, { role: 'editor' }),
			lastAdmin: langdockAccount(STAFF.lastAdmin, { role: 'admin' }),
			invitee: langdockAccount(STAFF.invitee, { state: 'invited' }),
			deactivated: langdockAccount(STAFF.deactivated, { state: 'deactivated' }),
		},
	} as const;
}

function aitronosAccount(
	userId: string,
	person: Person,
	facts: Partial<Pick<AitronosAccount, 'state' | 'isOwner'>> = {},
): AitronosAccount {
	return {
		userId,
		email: person.email,
		fullName: fullName(person),
		userName: person.givenName.toLowerCase(),
		state: 'active',
		isOwner: false,
		roleIds: ['role_member'],
		departmentIds: ['dept_sales'],
		...facts,
	};
}

function zitadelHuman(
	userId: string,
	person: Person,
	facts: Partial<Pick<ZitadelAccount, 'state' | 'organizationId'>> = {},
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

function zitadelMachine(
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

function aworkAccount(
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
		privateProjects: { reassigned: 0, deleted: 0 },
		...facts,
	};
}

/** All seed facts, by service. */
export const SEED = {
	langdock: workspaceSeed('langdock'),
	odeus: workspaceSeed('odeus'),
	aitronos: {
		secrets: {
			/** For `X-API-Key`. */
			valid: 'ak_aitronos_valid',
			withoutPermission: 'ak_aitronos_without_permission',
			expired: 'ak_aitronos_expired',
			paused: 'ak_aitronos_paused',
			deactivated: 'ak_aitronos_deactivated',
			/** For `Authorization: Bearer`. */
			validToken: 'aitronos.token.valid',
			tokenWithoutPermission: 'aitronos.token.without-permission',
			expiredToken: 'aitronos.token.expired',
		},
		organizationId: 'org_acme',
		/** Well-formed, but not the organization of the seeded secrets. */
		foreignOrganizationId: 'org_other',
		departments: { home: 'dept_sales', transferTarget: 'dept_it' },
		unknownDepartmentId: 'dept_unknown',
		accounts: {
			leaver: aitronosAccount('usr_kim', STAFF.leaver),
			colleague: aitronosAccount('usr_sam', STAFF.colleague),
			lastAdmin: aitronosAccount('usr_ada', STAFF.lastAdmin, { isOwner: true }),
			invitee: aitronosAccount('usr_noa', STAFF.invitee, { state: 'invited' }),
			deactivated: aitronosAccount('usr_pat', STAFF.deactivated, { state: 'deactivated' }),
		},
		unknownUserId: 'usr_unknown',
	},
	zitadel: {
		secrets: {
			/** Personal access tokens of the machine accounts below. */
			valid: 'zitadel-pat-user-manager',
			/** Has a role in the organization, without `user.write` (AUTH-AWfge). */
			withoutPermission: 'zitadel-pat-viewer',
			/** Has no role at all (AUTHZ-cdgFk). */
			withoutRole: 'zitadel-pat-no-role',
		},
		/**
		 * Client credentials of the machine account `userManager`; the id is its login name. Its `+` is
		 * lost if a client sends it as Basic without URL encoding.
		 */
		client: { id: 'offboarding+n8n@acme.example.org', secret: 'zitadelClientSecret' },
		organizationId: '270000000000000001',
		accounts: {
			leaver: zitadelHuman('280000000000000001', STAFF.leaver),
			colleague: zitadelHuman('280000000000000002', STAFF.colleague),
			lastAdmin: zitadelHuman('280000000000000003', STAFF.lastAdmin),
			invitee: zitadelHuman('280000000000000004', STAFF.invitee, { state: 'USER_STATE_INITIAL' }),
			deactivated: zitadelHuman('280000000000000005', STAFF.deactivated, {
				state: 'USER_STATE_INACTIVE',
			}),
			locked: zitadelHuman('280000000000000006', STAFF.locked, { state: 'USER_STATE_LOCKED' }),
			foreigner: zitadelHuman('280000000000000007', STAFF.foreigner, {
				organizationId: '270000000000000002',
			}),
			userManager: zitadelMachine('290000000000000001', 'offboarding+n8n@acme.example.org', {
				'270000000000000001': 'ORG_USER_MANAGER',
			}),
			viewer: zitadelMachine('290000000000000002', 'viewer@acme.example.org', {
				'270000000000000001': 'ORG_OWNER_VIEWER',
			}),
			withoutRole: zitadelMachine('290000000000000003', 'nobody@acme.example.org', {}),
		},
		unknownUserId: '289999999999999999',
	},
	awork: {
		secrets: {
			valid: 'awork-api-key-valid',
			withoutPermission: 'awork-api-key-without-permission',
		},
		accounts: {
			leaver: aworkAccount('6f1c0000-0000-4000-8000-000000000001', STAFF.leaver, {
				privateProjects: { reassigned: 3, deleted: 2 },
			}),
			colleague: aworkAccount('6f1c0000-0000-4000-8000-000000000002', STAFF.colleague),
			lastAdmin: aworkAccount('6f1c0000-0000-4000-8000-000000000003', STAFF.lastAdmin, {
				isAdmin: true,
			}),
			invitee: aworkAccount('6f1c0000-0000-4000-8000-000000000004', STAFF.invitee, {
				invitationAccepted: false,
			}),
			deactivated: aworkAccount('6f1c0000-0000-4000-8000-000000000005', STAFF.deactivated, {
				isDeactivated: true,
				deactivatedOn: '2026-01-31T12:00:00Z',
			}),
			archived: aworkAccount('6f1c0000-0000-4000-8000-000000000006', STAFF.archived, {
				isArchived: true,
				isDeactivated: true,
				deactivatedOn: '2025-12-31T12:00:00Z',
			}),
			/** The API users that the two keys belong to: rows without a person and an address. */
			apiUser: {
				...aworkAccount('6f1c0000-0000-4000-8000-000000000007', STAFF.lastAdmin),
				firstName: 'Offboarding',
				lastName: null,
				email: null,
			},
			apiUserWithoutPermission: {
				...aworkAccount('6f1c0000-0000-4000-8000-000000000008', STAFF.lastAdmin),
				firstName: 'Reporting',
				lastName: null,
				email: null,
			},
		},
		unknownUserId: '6f1c0000-0000-4000-8000-00000000ffff',
	},
} as const;
