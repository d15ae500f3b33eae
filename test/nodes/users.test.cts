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
const maybe = { options: { ifNotFound: 'succeed' } };
const maybeByAddress = { ...byAddress, ...maybe };
const dryRun = { options: { dryRun: true } };
const verify = { options: { verify: true } };
const isState = (state: string) => ({ stateBefore: state, stateAfter: state, verified: true });
const nobody = { outcome: 'notFound', changed: false, stateAfter: 'unknown', verified: false };

const subjects = Object.entries(samples).flatMap(([name, { users, ...sample }]) =>
	users ? [[name, { ...sample, users }] as const] : [],
);

describe.each(subjects)('%s', (service, { once, before, users }) => {
	const { userId, otherId, found, user, userNotFound, permissions } = users;
	const itComesTo = itComesToAt(service);
	const readsFirst = before.length > 0;
	const [active, deactivated] = [user('active'), user('deactivated')];
	const done = [...(readsFirst ? [active] : []), users.deactivated(userId)];
	const undone = [...(readsFirst ? [deactivated] : []), users.reactivated];
	/** What is asked when nobody was found, where the credential may just not see everybody. */
	const seesAll = permissions ? [permissions.all] : [];
	const listed = found([userId, EMAIL]);

	itComesTo(
		'finds an email as it was typed',
		{ userId: byEmail(' Kim.LEE@Example.org\n') },
		[listed, ...once, active, users.deactivated(userId)],
		{ outcome: 'deactivated', userId, email: EMAIL, stateBefore: 'active' },
	);
	const similar = found([otherId, `x${EMAIL}`], [userId, `${EMAIL}.uk`]);
	const noOne = failure('notFound', `No user found with the email '${EMAIL}'`, {
		email: EMAIL,
		description: says('Nothing was changed.'),
	});
	itComesTo('ignores a longer email', byAddress, [similar, ...seesAll], noOne);
	const twins = found([userId, EMAIL], [otherId, EMAIL.toUpperCase()]);
	const both = { description: says(`${userId}, ${otherId}`) };
	const ambiguous = failure('ambiguousUser', '2 users have', both);
	itComesTo('refuses an email that two users have', byAddress, [twins], ambiguous);
	const oddRows = [withRows(listed, odd), ...once, deactivated];
	const already = { outcome: 'alreadyDeactivated' };
	itComesTo("skips rows that can't be read", byAddress, oddRows, already);
	const note = [withRows(found([otherId, 'lee@example.org']), [{ note: EMAIL }])];
	const unreadable = failure('unexpectedResponse', '', { email: EMAIL });
	itComesTo("fails if a row that can't be read may be the user", maybeByAddress, note, unreadable);

	const aboutAnother = failure('unexpectedResponse', `about another user than '${userId}'`);
	itComesTo(
		'refuses an answer about another user',
		get,
		[user('active', EMAIL, otherId)],
		aboutAnother,
	);
	const ownUser = failure('protectedUser', 'This credential belongs to the user', { userId });
	itComesTo('refuses the user of the credential', {}, [users.own(userId.toUpperCase())], ownUser);
	const boss = [...once, user('active', 'Boss@Example.org')];
	const guarded = { options: { protectedUsers: 'x@example.org; BOSS@example.org' } };
	itComesTo('protects an email given by its ID', guarded, boss, failure('protectedUser'));

	const unnamed = failure('protectedUser', "Can't tell whether the user", { userId });
	itComesTo('protects a user without an email', guarded, [...once, user('active', '')], unnamed);

	const odd500 = { status: 500, body: 'USER_NOT_FOUND' };
	const noList = failure('unexpectedResponse', 'The address in the credential has no', {
		httpCode: '404',
	});
	itComesTo('does not call a user missing in an outage', maybe, [odd500], failure('unavailable'));
	itComesTo('does not call a user missing for its own', maybe, [userNotFound], noList);
	itComesTo('does not call a user missing without a list', maybeByAddress, [userNotFound], noList);
	const missing = [userNotFound, ...seesAll];
	itComesTo('fails for an unknown ID', get, missing, failure('notFound'));
	itComesTo('accepts an unknown ID by option', { ...get, ...maybe }, missing, nobody);
	const none = [found(), ...seesAll];
	const nobodyBy = { ...nobody, email: EMAIL };
	itComesTo('accepts an unknown email by option', maybeByAddress, none, nobodyBy);

	itComesTo('previews a deactivation', dryRun, [...once, active], {
		outcome: 'wouldDeactivate',
		changed: false,
		email: EMAIL,
		...isState('active'),
	});
	const isDone = { outcome: 'deactivated', stateAfter: 'deactivated', verified: true };
	itComesTo('reads the state back by option', verify, [...once, ...done, deactivated], isDone);
	const still = failure('unexpectedResponse', "but the user is still 'active'");
	itComesTo('fails without the confirmed state', verify, [...once, ...done, active], still);
	const isBack = { outcome: 'reactivated', changed: true, stateAfter: 'active' };
	itComesTo('reactivates', reactivate, undone, isBack);
	itComesTo('verifies a reactivation', { ...reactivate, ...verify }, [...undone, active], {
		...isBack,
		verified: true,
	});
	itComesTo('previews a reactivation', { ...reactivate, ...dryRun }, [deactivated], {
		outcome: 'wouldReactivate',
		changed: false,
		...isState('deactivated'),
	});
	const notNeeded = [users.alreadyActive, ...(readsFirst ? [] : [active])];
	const isActive = { outcome: 'alreadyActive', changed: false, stateAfter: 'active' };
	itComesTo('leaves an active user alone', reactivate, notNeeded, isActive);
	const isFound = { outcome: 'found', changed: false, userId, email: EMAIL };
	itComesTo('gets a user', get, [active], { ...isFound, ...isState('active') });
	const isOff = { ...isFound, ...isState('deactivated') };
	itComesTo('gets the present state', { ...get, ...byAddress }, [listed, deactivated], isOff);

	const unseen = failure('forbidden', "can't see all users");
	const noProof = failure(expect.stringMatching(/^(forbidden|unexpectedResponse|unavailable)$/));
	const unproven: Array<[string, object, ScriptedAnswer[], object]> = permissions
		? [
				['email without permission', byAddress, [found(), permissions.none], unseen],
				['ID without permission', get, [userNotFound, permissions.none], unseen],
				['email without permissions to read', byAddress, [found(), userNotFound], noProof],
				[
					'email with unreadable permissions',
					byAddress,
					[found(), { status: 200, body: {} }],
					noProof,
				],
				['email in an outage', byAddress, [found(), { status: 503 }], noProof],
			]
		: [];
	for (const [name, parameters, ...rest] of unproven) {
		itComesTo(
			`does not accept an unknown ${name}, even by option`,
			{ ...parameters, ...maybe },
			...rest,
		);
	}
});
