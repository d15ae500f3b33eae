import { EMAIL } from './sample.cts';
import type { ScriptedAnswer } from './scriptedRun.cts';
import { byEmail, itComesToAt, samples } from './services.cts';

const failure = (reason: unknown, error = '', details: object = {}) => ({
	error: expect.stringContaining(error) as string,
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
const isState = (state: string) => ({ stateBefore: state, stateAfter: state, verified: true });
const nobody = { outcome: 'notFound', changed: false, stateAfter: 'unknown', verified: false };

const subjects = Object.entries(samples).flatMap(([name, { users, ...sample }]) =>
	users ? [[name, { ...sample, users }] as const] : [],
);

/** What each service says in its own form; what follows from it is tested in shared/users. */
describe.each(subjects)('%s', (service, { once, before, users }) => {
	const { userId, otherId, found, user, userNotFound, permissions } = users;
	const itComesTo = itComesToAt(service);
	const readsFirst = before.length > 0;
	const [active, deactivated] = [user('active'), user('deactivated')];
	/** What is asked when nobody was found, where the credential may just not see everybody. */
	const seesAll = permissions ? [permissions.all] : [];
	const listed = found([userId, EMAIL]);

	itComesTo(
		'finds an email as it was typed',
		{ userId: byEmail(' Kim.LEE@Example.org\n') },
		[listed, ...once, active, users.deactivated(userId)],
		{ outcome: 'deactivated', userId, email: EMAIL, stateBefore: 'active' },
	);
	const oddRows = [withRows(listed, odd), ...once, deactivated];
	const already = { outcome: 'alreadyDeactivated' };
	itComesTo("skips rows that can't be read", byAddress, oddRows, already);
	const note = [withRows(found([otherId, 'lee@example.org']), [{ note: EMAIL }])];
	const unreadable = failure('unexpectedResponse', '', { email: EMAIL });
	itComesTo("fails if a row that can't be read may be the user", maybeByAddress, note, unreadable);
	const another = [user('active', EMAIL, otherId)];
	const aboutAnother = failure('unexpectedResponse', `about another user than '${userId}'`);
	itComesTo('refuses an answer about another user', get, another, aboutAnother);
	const ownUser = failure('protectedUser', 'This credential belongs to the user', { userId });
	itComesTo('refuses the user of the credential', {}, [users.own(userId.toUpperCase())], ownUser);

	const noList = failure('unexpectedResponse', 'The address in the credential has no', {
		httpCode: '404',
	});
	itComesTo('does not call a user missing for its own', maybe, [userNotFound], noList);
	const missing = [userNotFound, ...seesAll];
	itComesTo('fails for an unknown ID', get, missing, failure('notFound'));
	itComesTo('accepts an unknown ID by option', { ...get, ...maybe }, missing, nobody);
	const none = [found(), ...seesAll];
	const nobodyBy = { ...nobody, email: EMAIL };
	itComesTo('accepts an unknown email by option', maybeByAddress, none, nobodyBy);

	const undone = [...(readsFirst ? [deactivated] : []), users.reactivated];
	const isBack = { outcome: 'reactivated', changed: true, stateAfter: 'active' };
	itComesTo('reactivates', reactivate, undone, isBack);
	const notNeeded = [users.alreadyActive, ...(readsFirst ? [] : [active])];
	const isActive = { outcome: 'alreadyActive', changed: false, stateAfter: 'active' };
	itComesTo('leaves an active user alone', reactivate, notNeeded, isActive);
	const isFound = { outcome: 'found', changed: false, userId, email: EMAIL };
	itComesTo('gets a user', get, [active], { ...isFound, ...isState('active') });
	const isOff = { ...isFound, ...isState('deactivated') };
	itComesTo('gets the present state', { ...get, ...byAddress }, [listed, deactivated], isOff);

	if (permissions) {
		const unseen = failure('forbidden', "can't see all users");
		const noneSeen = [found(), permissions.none];
		itComesTo('believes no list without permission', byAddress, noneSeen, unseen);
		const noProof = failure(expect.stringMatching(/^(forbidden|unexpectedResponse)$/));
		const unreadablePermissions = [found(), { status: 200, body: {} }];
		itComesTo('believes no list without proof', maybeByAddress, unreadablePermissions, noProof);
		const noPermissions = [found(), userNotFound];
		itComesTo('believes no list without an answer', maybeByAddress, noPermissions, noProof);
	}
});
