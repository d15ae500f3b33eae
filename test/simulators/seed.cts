import {
	aitronosAccount,
	aworkAccount,
	aworkApiUser,
	langdockAccount,
	scimAccount,
	STAFF,
	zitadelHuman,
	zitadelMachine,
} from './people.cts';

// `secrets.valid` may do everything, `secrets.withoutPermission` is genuine but may not deactivate.

/** Langdock and Odeus: one API, but a key of one must not open the other. */
function workspaceSeed(service: 'langdock' | 'odeus') {
	return {
		secrets: {
			/** With the scope `USER_MANAGEMENT_API`. */
			valid: `sk-ld-${service}-valid`,
			/** With the scope `BILLING_API` as well. */
			withBilling: `sk-ld-${service}-with-billing`,
			withoutPermission: `sk-ld-${service}-without-scope`,
		},
		accounts: {
			leaver: langdockAccount(STAFF.leaver),
			colleague: langdockAccount(STAFF.colleague, { role: 'editor' }),
			lastAdmin: langdockAccount(STAFF.lastAdmin, { role: 'admin' }),
			invitee: langdockAccount(STAFF.invitee, { state: 'invited' }),
			deactivated: langdockAccount(STAFF.deactivated, { state: 'deactivated' }),
			namesake: langdockAccount(STAFF.namesake),
		},
	} as const;
}

/** All seed facts, by service. */
export const SEED = {
	langdock: workspaceSeed('langdock'),
	odeus: workspaceSeed('odeus'),
	aitronos: {
		secrets: {
			valid: 'ak_aitronos_valid',
			withoutPermission: 'ak_aitronos_without_permission',
		},
		organizationId: 'org_acme',
		/** Well-formed, but not the organization of the seeded secrets. */
		foreignOrganizationId: 'org_other',
		departments: { home: 'dept_sales', transferTarget: 'dept_it' },
		accounts: {
			leaver: aitronosAccount('usr_kim', STAFF.leaver),
			colleague: aitronosAccount('usr_sam', STAFF.colleague),
			lastAdmin: aitronosAccount('usr_ada', STAFF.lastAdmin, { isOwner: true }),
			invitee: aitronosAccount('usr_noa', STAFF.invitee, { state: 'invited' }),
			deactivated: aitronosAccount('usr_pat', STAFF.deactivated, { state: 'deactivated' }),
			namesake: aitronosAccount('usr_joakim', STAFF.namesake),
		},
	},
	zitadel: {
		secrets: {
			/** Personal access tokens of the machine accounts below. */
			valid: 'zitadel-pat-user-manager',
			/** Has a role in the organization, without `user.write` (AUTH-AWfge). */
			withoutPermission: 'zitadel-pat-viewer',
			/** Has no role at all (AUTHZ-cdgFk). */
			withoutRole: 'zitadel-pat-no-role',
			/** Has a role in the organization, without `user.read` (AUTH-AWfge even for a look). */
			withoutReading: 'zitadel-pat-no-reading',
		},
		/** Of `userManager`; the `+` of the id is lost in a Basic header without URL encoding. */
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
			withoutReading: zitadelMachine('290000000000000004', 'blind@acme.example.org', {
				'270000000000000001': 'OWN_ROLE_WITHOUT_USERS',
			}),
			namesake: zitadelHuman('280000000000000008', STAFF.namesake),
			/** One address, two accounts. */
			twin1: zitadelHuman('280000000000000009', STAFF.twin),
			twin2: zitadelHuman('280000000000000010', STAFF.twin, { userName: 'alex.twin.2' }),
			/** Addresses that differ only in case. */
			mixedCase: zitadelHuman('280000000000000011', STAFF.mixedCase),
			lowerCase: zitadelHuman('280000000000000012', STAFF.lowerCase, { userName: 'casey.2' }),
		},
		/** What people are signed in with, by account. */
		sessions: {
			leaver: ['300000000000000001', '300000000000000002'],
			colleague: ['300000000000000003'],
			deactivated: ['300000000000000004'],
		},
	},
	awork: {
		secrets: {
			valid: 'awork-api-key-valid',
			withoutPermission: 'awork-api-key-without-permission',
			/** May deactivate, but not read `user-master-data`: its list holds only itself. */
			withoutMasterData: 'awork-api-key-without-master-data',
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
			/** The API users that the keys belong to: rows without a person and an address. */
			apiUser: aworkApiUser('6f1c0000-0000-4000-8000-000000000007', 'Offboarding'),
			apiUserWithoutPermission: aworkApiUser('6f1c0000-0000-4000-8000-000000000008', 'Reporting'),
			apiUserWithoutMasterData: aworkApiUser('6f1c0000-0000-4000-8000-000000000009', 'Blind'),
			/** Has the leaver's address too, but as a messenger's name and not as an e-mail address. */
			namesake: aworkAccount('6f1c0000-0000-4000-8000-00000000000a', STAFF.namesake, {
				otherContacts: [{ type: 'messenger', subType: 'work', value: STAFF.leaver.email }],
			}),
			/** One address, two accounts; at the second it is not the first contact. */
			twin1: aworkAccount('6f1c0000-0000-4000-8000-00000000000b', STAFF.twin),
			twin2: {
				...aworkAccount('6f1c0000-0000-4000-8000-00000000000c', STAFF.twin),
				email: 'alex.twin.2@example.org',
				otherContacts: [{ type: 'email', subType: 'private', value: STAFF.twin.email }],
			},
			/** Addresses that differ only in case. */
			mixedCase: aworkAccount('6f1c0000-0000-4000-8000-00000000000d', STAFF.mixedCase),
			lowerCase: aworkAccount('6f1c0000-0000-4000-8000-00000000000e', STAFF.lowerCase),
		},
	},
	scim: {
		secrets: {
			valid: 'scim-token-valid',
			withoutPermission: 'scim-token-without-permission',
			/** Is shown nobody: its lists are empty. */
			withoutReading: 'scim-token-without-reading',
		},
		accounts: {
			leaver: scimAccount('2819c223-7f76-453a-919d-413861904646', STAFF.leaver),
			/** An ID of any characters, and another user name than the address. */
			colleague: scimAccount('sam/roe?#%', STAFF.colleague, { userName: 'sam.roe' }),
			lastAdmin: scimAccount('3', STAFF.lastAdmin),
			invitee: scimAccount('4', STAFF.invitee),
			deactivated: scimAccount('5', STAFF.deactivated, { active: false }),
			namesake: scimAccount('6', STAFF.namesake),
			/** One address, two accounts: only user names are unique. */
			twin1: scimAccount('7', STAFF.twin),
			twin2: scimAccount('8', STAFF.twin, { userName: 'alex.twin.2' }),
		},
	},
} as const;
