import { zitadel } from '../../../nodes/Zitadel/zitadel';
import { byId, EMAIL, type Sample } from '../sample.cts';

const USER_ID = '163840776835432705';

const user = (userId: string, email: string, state: string) => ({
	userId,
	state,
	human: { profile: { displayName: 'Kim Lee' }, email: { email } },
});

/** The credential's own user. */
const own = (id: string) => ({ status: 200, body: { user: { id } } });
export const zitadelMe = own('1');

/** What the role of the credential allows. */
const permissions = (...result: string[]) => ({ status: 200, body: { result } });

const changed = {
	status: 200,
	body: { details: { sequence: '7', changeDate: '2026-11-01T08:00:00Z', resourceOwner: '1' } },
};

export const refusal = (status: number, id: string, code = 9) => ({
	status,
	body: { code, message: 'Text', details: [{ id }] },
});

export const sample: Sample = {
	service: zitadel,
	parameters: { userId: byId(USER_ID) },
	once: [zitadelMe],
	before: [],
	success: changed,
	already: refusal(400, 'COMMAND-5gunjw0cd7'),
	paths:
		/^\/v2\/users(\/[^/]+(\/(deactivate|reactivate))?)?$|^\/auth\/v1\/(users\/me|permissions\/zitadel\/me\/_search)$/,
	users: {
		userId: USER_ID,
		otherId: '163840776835432706',
		found: (...users) => ({
			status: 200,
			body: {
				details: { ...(users.length > 0 && { totalResult: String(users.length) }) },
				...(users.length > 0 && {
					result: users.map(([id, email]) => user(id, email, 'USER_STATE_ACTIVE')),
				}),
			},
		}),
		user: (state, email = EMAIL, id = USER_ID) => ({
			status: 200,
			body: {
				user: user(id, email, state === 'active' ? 'USER_STATE_ACTIVE' : 'USER_STATE_INACTIVE'),
			},
		}),
		own,
		deactivated: () => changed,
		reactivated: changed,
		alreadyActive: refusal(400, 'COMMAND-s5qqcz97hf'),
		userNotFound: refusal(404, 'QUERY-Dfbg2', 5),
		permissions: { all: permissions('user.read'), none: permissions('user.write') },
	},
};
