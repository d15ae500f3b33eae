import { aitronos } from '../../../nodes/Aitronos/aitronos';
import { byId, EMAIL, type Sample } from '../sample.cts';

const user = (userId: string, email: string, status: string) => ({
	id: `orguser_${userId}`,
	user_id: userId,
	email,
	full_name: 'Kim Lee',
	status: { id: 1, name: status },
});

const USER_ID = 'usr_001';

const changed = (id: string, state: string) => ({
	status: 200,
	body: { id, email: EMAIL, account_state: state, deactivated_at: null },
});

/** The person behind an access token. */
const own = (id: string) => ({ status: 200, body: { id, email: 'it@example.org' } });
export const aitronosMe = own('usr_100');

export const refusal = (status: number, code: string) => ({
	status,
	body: {
		success: false,
		error: { code, message: `Text of ${code}`, system_message: 'x', status, trace_id: 't1' },
	},
});

export const sample: Sample = {
	service: aitronos,
	parameters: {
		organizationId: byId('org_1'),
		userId: byId(USER_ID),
		transferResourcesToDepartmentId: byId('dept_2'),
	},
	once: [aitronosMe],
	before: [],
	success: changed(USER_ID, 'deactivated'),
	already: refusal(422, 'USER_ALREADY_DEACTIVATED'),
	paths:
		/^\/v1\/organizations\/[^/]+\/users(\/[^/]+(\/(deactivate|reactivate))?)?$|^\/v1\/user\/me$/,
	users: {
		userId: USER_ID,
		otherId: 'usr_002',
		found: (...users) => ({
			status: 200,
			body: {
				users: users.map(([id, email]) => user(id, email, 'Active')),
				total_users_count: users.length,
			},
		}),
		user: (state, email = EMAIL, id = USER_ID) => ({
			status: 200,
			body: user(id, email, state === 'active' ? 'Active' : 'Inactive'),
		}),
		own,
		deactivated: (id) => changed(id, 'deactivated'),
		reactivated: changed(USER_ID, 'active'),
		alreadyActive: refusal(422, 'USER_NOT_DEACTIVATED'),
		userNotFound: refusal(404, 'USER_NOT_FOUND'),
	},
};
