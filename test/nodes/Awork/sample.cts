import { awork } from '../../../nodes/Awork/awork';
import { byId, EMAIL, type Sample } from '../sample.cts';

export const AWORK_USER_ID = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11';

export const aworkUser = {
	id: AWORK_USER_ID,
	isDeactivated: false,
	isArchived: false,
	status: { invitationAccepted: true, isDeactivated: false },
	userContactInfos: [
		{ type: 'phone', subType: 'work', value: '+49 1' },
		{ type: 'email', subType: 'private', value: 'kim@home.example' },
		{ type: 'email', subType: 'work', value: EMAIL },
	],
};

/** The same user with other facts. */
export const aworkUserWith = (id: string, email: string, isDeactivated = false) => ({
	...aworkUser,
	id,
	isDeactivated,
	userContactInfos: [{ type: 'email', subType: 'work', value: email }],
});

/** The API user behind an API key. */
const own = (id: string) => ({ status: 200, body: { id } });
export const aworkMe = own(AWORK_USER_ID.replace(/1$/, 'f'));

/** What the role of the credential allows. */
export const aworkPermissions = (
	...permissions: Array<{ feature: string; accessLevels: string[] }>
) => ({
	status: 200,
	body: { userPermission: { isAdmin: false, permissions } },
});

/** awork lists all users: there is always somebody else. */
export const AWORK_OTHERS: Array<[id: string, email: string]> = [
	[AWORK_USER_ID.replace(/1$/, 'f'), 'api@example.org'],
	[AWORK_USER_ID.replace(/1$/, 'e'), 'ada@example.org'],
];

export const refusal = (status: number, code: string) => ({
	status,
	body: {
		code,
		description: `Text of ${code}`,
		link: 'https://developers.awork.com',
		traceId: 't1',
	},
});

export const sample: Sample = {
	service: awork,
	parameters: { userId: byId(AWORK_USER_ID), includeSummary: false },
	once: [aworkMe],
	before: [{ status: 200, body: aworkUser }],
	success: { status: 204 },
	already: refusal(400, 'deactivated-user'),
	confirmed: [{ status: 200, body: aworkUserWith(AWORK_USER_ID, EMAIL, true) }],
	beforeRepeat: [{ status: 200, body: aworkUser }],
	paths: /^\/users(\/[^/]+(\/(deactivate|activate))?)?$|^\/me\/permissions$/,
	users: {
		userId: AWORK_USER_ID,
		otherId: AWORK_USER_ID.replace(/1$/, '2'),
		found: (...users) => ({
			status: 200,
			body: [...users, ...AWORK_OTHERS].map(([id, email]) => aworkUserWith(id, email)),
		}),
		user: (state, email = EMAIL, id = AWORK_USER_ID) => ({
			status: 200,
			body: aworkUserWith(id, email, state === 'deactivated'),
		}),
		own,
		deactivated: () => ({ status: 204 }),
		reactivated: { status: 204 },
		alreadyActive: { status: 200, body: aworkUserWith(AWORK_USER_ID, EMAIL) },
		userNotFound: refusal(404, 'not-found'),
		permissions: {
			all: aworkPermissions({ feature: 'user-master-data', accessLevels: ['read'] }),
			none: aworkPermissions({ feature: 'user-master-data', accessLevels: ['write'] }),
		},
	},
};
