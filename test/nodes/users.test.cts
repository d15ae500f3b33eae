import { EMAIL } from './sample.cts';
import type { ScriptedAnswer } from './scriptedRun.cts';
import { byEmail, itComesToAt, samples } from './services.cts';

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

const odd = [null, 'x', {}, { userId: 'a@b', user_id: 'a@b', id: 'a@b' }];
const get = { operation: 'get' };
const reactivate = { operation: 'reactivate' };
const byAddress = { userId: byEmail(EMAIL) };
const ifNotFound = { options: { ifNotFound: 'succeed' } };
const isState = (state: string) => ({ stateBefore: state, stateAfter: state, verified: true });
const nobody = { outcome: 'notFound', changed: false, stateAfter: 'unknown', verified: false };

const subjects = Object.entries(samples).flatMap(([name, { users, ...sample }]) =>
	users ? [[name, { ...sample, users }] as const] : [],
);

describe.each(subjects)('%s', (service, { once, before, users }) => {
	const { userId, otherId, found, user, userNotFound, permissions } = users;
	const itComesTo = itComesToAt(service);
	const readsFirst = before.length > 0;
	const active = user('active');
	const deactivated = user('deactivated');
	const done = [...(readsFirst ? [active] : []), users.deactivated(userId)];
	const undone = [...(readsFirst ? [deactivated] : []), users.reactivated];
	/** What is asked when nobody was found, where the credential may just not see everybody. */
	const seesAll = permissions ? [permissions.all] : [];
	const listed = found([userId, EMAIL]);
	const other = found([otherId, 'lee@example.org']);
	const typed = { userId: byEmail(' Kim.LEE@Example.org\n') };
	const boss = { options: { protectedUsers: 'x@example.org; BOSS@example.org' } };
	const listedActive = [listed, ...once, active, users.deactivated(userId)];
	const isKim = { userId, email: EMAIL, stateBefore: 'active' };
	const isFound = { outcome: 'found', changed: false, userId, email: EMAIL };

	itComesTo('finds an email as it was typed', typed, listedActive, {
		outcome: 'deactivated',
		...isKim,
	});
	itComesTo(
		'ignores an email that only contains the one in question',
		byAddress,
		[found([otherId, `x${EMAIL}`], [userId, `${EMAIL}.uk`]), ...seesAll],
		failure('notFound', `No user found with the email '${EMAIL}'`, {
			email: EMAIL,
			description: says('Nothing was changed.'),
		}),
	);
	itComesTo(
		'refuses an email that two users have, and names both',
		byAddress,
		[found([userId, EMAIL], [otherId, EMAIL.toUpperCase()])],
		failure('ambiguousUser', '2 users have', { description: says(`${userId}, ${otherId}`) }),
	);
	itComesTo(
		"skips rows that can't be read",
		byAddress,
		[withRows(listed, odd), ...once, deactivated],
		{ outcome: 'alreadyDeactivated' },
	);
	itComesTo(
		"fails if a row that can't be read may be the user",
		{ ...byAddress, ...ifNotFound },
		[withRows(other, [{ note: EMAIL }])],
		failure('unexpectedResponse', '', { email: EMAIL }),
	);
	itComesTo(
		'refuses an answer about another user',
		get,
		[user('active', EMAIL, otherId)],
		failure('unexpectedResponse', `about another user than '${userId}'`),
	);
	itComesTo(
		'refuses to deactivate the user of the credential',
		{},
		[users.own(userId.toUpperCase())],
		failure('protectedUser', 'This credential belongs to the user', { userId }),
	);
	itComesTo(
		"takes the credential's user, if missing, for no one else",
		ifNotFound,
		[userNotFound],
		failure('unexpectedResponse'),
	);
	itComesTo(
		'takes a server error for no missing user',
		ifNotFound,
		[{ status: 500, body: 'USER_NOT_FOUND' }],
		failure('unavailable'),
	);
	itComesTo(
		'takes a missing list for no missing user',
		{ ...byAddress, ...ifNotFound },
		[userNotFound],
		failure('unexpectedResponse', 'The address in the credential has no', { httpCode: '404' }),
	);
	itComesTo(
		'outputs a record for an unknown email, by option',
		{ ...byAddress, ...ifNotFound },
		[found(), ...seesAll],
		{ ...nobody, email: EMAIL },
	);
	itComesTo('fails for an unknown ID', get, [userNotFound, ...seesAll], failure('notFound'));
	itComesTo(
		'outputs a record for an unknown ID, by option',
		{ ...get, ...ifNotFound },
		[userNotFound, ...seesAll],
		nobody,
	);
	itComesTo('previews a deactivation', { options: { dryRun: true } }, [...once, active], {
		outcome: 'wouldDeactivate',
		changed: false,
		email: EMAIL,
		...isState('active'),
	});
	itComesTo(
		'protects an email from being given by its ID',
		boss,
		[...once, user('active', 'Boss@Example.org')],
		failure('protectedUser'),
	);
	itComesTo(
		'reads the state back by option',
		{ options: { verify: true } },
		[...once, ...done, deactivated],
		{ outcome: 'deactivated', stateAfter: 'deactivated', verified: true },
	);
	itComesTo('reactivates', reactivate, undone, { outcome: 'reactivated', changed: true });
	itComesTo(
		'reads the state back after a reactivation',
		{ ...reactivate, options: { verify: true } },
		[...undone, active],
		{ outcome: 'reactivated', stateAfter: 'active', verified: true },
	);
	itComesTo(
		'previews a reactivation',
		{ ...reactivate, options: { dryRun: true } },
		[deactivated],
		{ outcome: 'wouldReactivate', changed: false, ...isState('deactivated') },
	);
	itComesTo(
		'reactivates no active user',
		reactivate,
		[users.alreadyActive, ...(readsFirst ? [] : [active])],
		{ outcome: 'alreadyActive', changed: false, stateAfter: 'active' },
	);
	itComesTo('gets an active user', get, [active], { ...isFound, ...isState('active') });
	itComesTo(
		'gets a deactivated user, whatever the list says',
		{ ...get, ...byAddress },
		[listed, deactivated],
		{ ...isFound, ...isState('deactivated') },
	);

	const unseen = failure('forbidden', "can't see all users");
	const noProof = failure(expect.stringMatching(/^(forbidden|unexpectedResponse|unavailable)$/));
	const unproven: Array<[string, object, ScriptedAnswer[], object]> = permissions
		? [
				['email without permission', byAddress, [found(), permissions.none], unseen],
				['ID without permission', get, [userNotFound, permissions.none], unseen],
				['email with no permissions there', byAddress, [found(), userNotFound], noProof],
				['email with odd permissions', byAddress, [found(), { status: 200, body: {} }], noProof],
				['email with an outage', byAddress, [found(), { status: 503 }], noProof],
			]
		: [];
	for (const [name, parameters, ...rest] of unproven) {
		itComesTo(
			`never calls unknown, not even by option, an ${name}`,
			{ ...parameters, ...ifNotFound },
			...rest,
		);
	}
});
