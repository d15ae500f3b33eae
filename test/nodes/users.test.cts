import { EMAIL } from './sample.cts';
import { first, scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import { byEmail, byId, samples } from './services.cts';

interface Case {
	operation?: 'get' | 'reactivate';
	/** Where it is not by ID. */
	email?: string;
	options?: object;
	answers: ScriptedAnswer[];
	expected: object;
}

const says = (text: string) => expect.stringContaining(text) as string;

const failure = (reason: unknown, error = '', details: object = {}) => ({
	error: says(error),
	details: { reason, ...details },
});

/** The same list with more rows in it. */
function withRows(answer: ScriptedAnswer, rows: unknown[]): ScriptedAnswer {
	const { body } = answer as { body: object };
	const [name, list] = Object.entries(body).find(([, value]) => Array.isArray(value)) ?? [];
	return {
		status: 200,
		body: Array.isArray(body) ? [...rows, ...body] : { ...body, [`${name}`]: [...rows, ...list] },
	};
}

const subjects = Object.entries(samples).flatMap(([name, { users, ...sample }]) =>
	users ? [[name, { ...sample, users }] as const] : [],
);

describe.each(subjects)('%s', (_, { service, once, before, parameters, users }) => {
	const { userId, otherId, found, user, userNotFound, permissions } = users;
	const readsFirst = before.length > 0;
	const done = [...(readsFirst ? [user('active')] : []), users.deactivated(userId)];
	const undone = [...(readsFirst ? [user('deactivated')] : []), users.reactivated];
	/** What is asked when nobody was found, where the credential may just not see everybody. */
	const seesAll = permissions ? [permissions.all] : [];
	const listed = found([userId, EMAIL]);
	const odd = [null, 'x', {}, { userId: 'a@b', user_id: 'a@b', id: 'a@b' }];
	const unsure = { outcome: 'notFound', changed: false, stateAfter: 'unknown', verified: false };
	const ifNotFound = { ifNotFound: 'succeed' };
	const notFoundBy = { email: EMAIL, options: ifNotFound };
	const isState = (state: string) => ({ stateBefore: state, stateAfter: state, verified: true });
	const get = 'get';
	const reactivate = 'reactivate';

	const cases: Record<string, Case> = {
		'finds a user by email, without case and white space': {
			email: ' Kim.LEE@Example.org\n',
			answers: [listed, ...once, user('active'), users.deactivated(userId)],
			expected: { outcome: 'deactivated', userId, email: EMAIL, stateBefore: 'active' },
		},
		'ignores an email that only contains the one in question': {
			email: EMAIL,
			answers: [found([otherId, `x${EMAIL}`], [userId, `${EMAIL}.uk`]), ...seesAll],
			expected: failure('notFound', `No user found with the email '${EMAIL}'`, {
				email: EMAIL,
				description: says('Nothing was changed.'),
			}),
		},
		'refuses an email that two users have, and names both': {
			email: EMAIL,
			answers: [found([userId, EMAIL], [otherId, EMAIL.toUpperCase()])],
			expected: failure('ambiguousUser', '2 users have', {
				description: says(`${userId}, ${otherId}`),
			}),
		},
		"skips rows that can't be read": {
			email: EMAIL,
			answers: [withRows(listed, odd), ...once, user('deactivated')],
			expected: { outcome: 'alreadyDeactivated' },
		},
		"fails if a row that can't be read may be the user": {
			...notFoundBy,
			answers: [withRows(found([otherId, 'lee@example.org']), [{ note: EMAIL }])],
			expected: failure('unexpectedResponse', '', { email: EMAIL }),
		},
		'refuses an answer about another user': {
			operation: get,
			answers: [user('active', EMAIL, otherId)],
			expected: failure('unexpectedResponse', `about another user than '${userId}'`),
		},
		'refuses to deactivate the user of the credential': {
			answers: [users.own(userId.toUpperCase())],
			expected: failure('protectedUser', 'This credential belongs to the user', { userId }),
		},
		"doesn't take a missing user of the credential for the user in question": {
			options: ifNotFound,
			answers: [userNotFound],
			expected: failure('unexpectedResponse'),
		},
		"doesn't take a server error about the credential's user for a missing user": {
			options: ifNotFound,
			answers: [{ status: 500, body: 'USER_NOT_FOUND' }],
			expected: failure('unavailable'),
		},
		'outputs a record for an unknown email, by option': {
			...notFoundBy,
			answers: [found(), ...seesAll],
			expected: { ...unsure, email: EMAIL },
		},
		"doesn't take a missing list for a missing user": {
			...notFoundBy,
			answers: [userNotFound],
			expected: failure('unexpectedResponse', 'The address in the credential has no', {
				httpCode: '404',
			}),
		},
		'previews a deactivation': {
			options: { dryRun: true },
			answers: [...once, user('active')],
			expected: { outcome: 'wouldDeactivate', changed: false, email: EMAIL, ...isState('active') },
		},
		'protects an email from being given by its ID': {
			options: { protectedUsers: 'x@example.org; BOSS@example.org' },
			answers: [...once, user('active', 'Boss@Example.org')],
			expected: failure('protectedUser'),
		},
		'reads the state back by option': {
			options: { verify: true },
			answers: [...once, ...done, user('deactivated')],
			expected: { outcome: 'deactivated', stateAfter: 'deactivated', verified: true },
		},
		reactivates: {
			operation: reactivate,
			answers: undone,
			expected: { outcome: 'reactivated', changed: true, stateAfter: 'active' },
		},
		'reads the state back after a reactivation': {
			operation: reactivate,
			options: { verify: true },
			answers: [...undone, user('active')],
			expected: { outcome: 'reactivated', verified: true },
		},
		'previews a reactivation': {
			operation: reactivate,
			options: { dryRun: true },
			answers: [user('deactivated')],
			expected: { outcome: 'wouldReactivate', changed: false, ...isState('deactivated') },
		},
		'leaves an active user alone when reactivating': {
			operation: reactivate,
			answers: [users.alreadyActive, ...(readsFirst ? [] : [user('active')])],
			expected: { outcome: 'alreadyActive', changed: false, stateAfter: 'active' },
		},
		'gets an active user': {
			operation: get,
			answers: [user('active')],
			expected: { outcome: 'found', changed: false, userId, email: EMAIL, ...isState('active') },
		},
		'gets a deactivated user, whatever the list says': {
			operation: get,
			email: EMAIL,
			answers: [listed, user('deactivated')],
			expected: { outcome: 'found', ...isState('deactivated') },
		},
		'fails for an unknown ID': {
			operation: get,
			answers: [userNotFound, ...seesAll],
			expected: failure('notFound'),
		},
		'outputs a record for an unknown ID, by option': {
			operation: get,
			options: ifNotFound,
			answers: [userNotFound, ...seesAll],
			expected: unsure,
		},
		...(permissions && {
			"doesn't call an email unknown if the credential can't see all users": {
				...notFoundBy,
				answers: [found(), permissions.none],
				expected: failure('forbidden', "can't see all users"),
			},
			"doesn't call an ID unknown if the credential can't see all users": {
				operation: get,
				options: ifNotFound,
				answers: [userNotFound, permissions.none],
				expected: failure('forbidden', "can't see all users"),
			},
			"doesn't call a user unknown if its permissions are missing": {
				...notFoundBy,
				answers: [found(), userNotFound],
				expected: failure('unexpectedResponse'),
			},
			"doesn't call a user unknown if its permissions are unavailable": {
				...notFoundBy,
				answers: [found(), { status: 503 }],
				expected: failure('unavailable'),
			},
			"doesn't call a user unknown if its permissions can't be read": {
				...notFoundBy,
				answers: [found(), { status: 200, body: {} }],
				expected: failure(expect.stringMatching(/^(forbidden|unexpectedResponse)$/)),
			},
		}),
	};

	it.each(Object.entries(cases))('%s', async (__, { email, answers, expected, ...rest }) => {
		const { operation = 'deactivate', options = {} } = rest;
		const selector = email === undefined ? byId(userId) : byEmail(email);
		const result = await scriptedRun(service, {
			parameters: { ...parameters, operation, options, userId: selector },
			answers,
			continueOnFail: true,
		});
		expect(first(result)).toMatchObject(expected);
	});
});
