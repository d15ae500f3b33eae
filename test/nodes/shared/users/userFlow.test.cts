import type { Client } from '../../../../nodes/shared/http/client';
import { Failure, type FailureFacts, type Reason } from '../../../../nodes/shared/model/failure';
import type { PathSegment } from '../../../../nodes/shared/model/path';
import type { AccountFacts, AccountState, Change } from '../../../../nodes/shared/model/record';
import type { UserSelector } from '../../../../nodes/shared/parameters/locators';
import { pickOptions, readOptions } from '../../../../nodes/shared/parameters/options';
import { ledgerIn } from '../../../../nodes/shared/users/guards';
import type { Job } from '../../../../nodes/shared/users/locate';
import {
	CONCLUDED,
	DEACTIVATION,
	REACTIVATION,
	type Goal,
} from '../../../../nodes/shared/users/outcome';
import { createRun } from '../../../../nodes/shared/users/runContext';
import { changeUser, getUser, type ChangeJob } from '../../../../nodes/shared/users/userFlow';

const ID = 'kim' as PathSegment;
const EMAIL = 'kim@example.org';
const SECOND = 'kim@home.example';
type Values = { userId: UserSelector };

const kim = (facts: Partial<AccountFacts> = {}): AccountFacts => ({
	userId: ID,
	emails: [EMAIL, SECOND],
	name: 'Kim',
	state: 'active',
	...facts,
});

type Readings = Array<AccountState | Partial<AccountFacts> | Failure>;

interface Given {
	goal?: Goal;
	userId?: UserSelector;
	/** Accounts in the list, or why there is none. */
	found?: AccountFacts[] | Failure;
	/** States, other facts or failures, one for each time that the user is read. */
	read?: Readings;
	/** What the change comes to. */
	change?: Change | Failure;
	options?: object;
	/** What else the service can do. */
	users?: Partial<Job<Values>['users']>;
	store?: object;
}

const done: Change = { outcome: 'deactivated', stateAfter: 'deactivated' };
const active: Change = { outcome: 'reactivated', stateAfter: 'active' };

/** Returns the value, or fails with it. */
async function come<T>(to: T | Failure): Promise<T> {
	if (to instanceof Failure) throw to;
	return await Promise.resolve(to);
}

function jobOf({ goal = DEACTIVATION, read = [], users = {}, options = {}, ...given }: Given) {
	const { change = goal === DEACTIVATION ? done : active, found = [kim()], store = {} } = given;
	const readings = [...read];
	const apply = jest.fn(async () => await come(change));
	const job: ChangeJob<Values> = {
		users: {
			find: async () => ({ accounts: await come(found), unreadable: [] }),
			read: async () => {
				const reading = await come(readings.shift());
				if (reading === undefined) throw new Error('read more often than expected');
				const facts = kim(typeof reading === 'string' ? { state: reading } : reading);
				return { facts, response: 'body' };
			},
			...users,
		},
		values: { userId: given.userId ?? { by: 'id', userId: ID } },
		run: createRun(ledgerIn(store), '')({} as Client),
		options: readOptions(
			pickOptions([
				...(['dryRun', 'endSessions', 'ifAlreadyDeactivated'] as const),
				...(['protectedUsers', 'safetyLimit', 'verify'] as const),
			]),
			() => options,
		),
		apply,
	};
	return { job, apply, readings };
}

/** What comes of a change; all readings given must be used. */
async function change(given: Given): Promise<{ result: unknown; timesSent: number }> {
	const { job, apply, readings } = jobOf(given);
	const result = await changeUser(job, given.goal ?? DEACTIVATION).catch((error: unknown) => error);
	expect(readings).toEqual([]);
	return { result, timesSent: apply.mock.calls.length };
}

/** Each row: what is given, and the whole outcome or what is known of the failure. */
function itEnds(timesSent: 0 | 1, rows: Array<[string, Given, object]>) {
	it.each(rows)('%s', async (_, given, expected) => {
		const ended = await change(given);
		if (ended.result instanceof Failure) expect(ended.result).toMatchObject(expected);
		else expect(ended.result).toStrictEqual(expected);
		expect(ended.timesSent).toBe(timesSent);
	});
}

const goal = REACTIVATION;
const byEmail = { userId: { by: 'email', name: EMAIL } as const };
const protect = (protectedUsers: string) => ({ options: { protectedUsers } });
const boss = protect('boss@example.org');
const readFirst = { users: { readFirst: true } } as const;
const ownId = (id?: string) => ({ users: { loadOwnUserId: async () => await come(id) } });
const failed = (reason: Reason) => new Failure(reason);
const fails = (reason: Reason) => async () => await come<never>(failed(reason));
const lost = (reason: Reason) => ({ change: new Failure(reason, { effect: 'possible' }) });
const ends = (to: number | Failure): Given => ({
	users: { endSessions: async () => await come(to) },
	options: { endSessions: true },
});
const verifies = (...read: Readings): Given => ({ read, options: { verify: true } });
const previews = (...read: Readings): Given => ({
	read,
	options: { dryRun: true, verify: true, endSessions: true },
});

const person = { userId: ID, email: EMAIL };
const asRead = (state: AccountState) => {
	return { ...person, stateBefore: state, stateAfter: state, verified: true, response: 'body' };
};
const concluded = (state: Goal['state']) => ({
	...{ userId: ID, stateAfter: state, response: undefined, warning: CONCLUDED(state) },
	outcome: state === 'active' ? 'reactivated' : 'deactivated',
});
const failure = (reason: Reason, summary: string, facts: FailureFacts = {}) => {
	return { reason, effect: facts.effect ?? 'none', facts: { summary, ...facts } };
};

const plain = { ...done, userId: ID };
const back = { ...active, userId: ID };
const gone: Given = { ...byEmail, read: ['deactivated'] };
const paused = { state: 'unknown', stateName: 'Paused' } as const;
const login = { emails: [], loginNames: ['kim@login'] };
const failIfDone = { options: { ifAlreadyDeactivated: 'fail' } };

describe('a change is sent, and', () => {
	const seen = { ...done, ...person, stateBefore: 'locked' };
	const answered: Given = { ...byEmail, read: ['locked'], change: { ...done, email: 'K@x' } };
	const lostOff = lost('alreadyDeactivated');
	const isOdd = { ...concluded('deactivated'), ...person, stateBefore: 'unknown' };
	const isLogin = { ...plain, stateBefore: 'active' };
	const isInvited = { ...back, stateAfter: 'invited', verified: true };
	const lostOn: Given = { goal, ...gone, ...lost('alreadyActive') };
	const isOff = { ...concluded('deactivated'), ...person, stateBefore: 'active' };
	const isOn = { ...concluded('active'), ...person, stateBefore: 'deactivated' };
	const needless: Given = { goal, change: failed('alreadyActive'), read: ['active'] };
	const isActive = { userId: ID, stateBefore: 'active', stateAfter: 'active', response: undefined };

	itEnds(1, [
		['claims no more than is known', {}, plain],
		['is made after reading a user found by email', { ...byEmail, read: ['locked'] }, seen],
		['is made after reading a user who may be protected', { ...boss, read: ['locked'] }, seen],
		['is made after reading if the service needs it', { ...readFirst, read: ['locked'] }, seen],
		['has the email of the response, if there is one', answered, { ...seen, email: 'K@x' }],
		['was made by this run if a response was lost', lostOff, concluded('deactivated')],
		['was made by this run, as reading shows', { ...byEmail, read: ['active'], ...lostOff }, isOff],
		['is allowed for a login name', { ...boss, read: [login] }, isLogin],
		['keeps its own warning', { ...byEmail, read: [paused], ...lostOff }, isOdd],
		["is allowed with another user's credential", ownId('lee'), plain],
		['is allowed with a credential of no user', ownId(), plain],
		['ends sessions', ends(0), { ...plain, sessionsEnded: 0 }],
		['ends no sessions by option', { ...ends(0), options: { endSessions: false } }, plain],
		['ends no sessions if the service has none', { ...ends(0), users: {} }, plain],
		['reads the state back by option', verifies('deactivated'), { ...plain, verified: true }],
		['reactivates', { goal }, back],
		['guards no reactivation', { goal, ...protect('kim'), ...ownId('kim') }, back],
		['ends no sessions of a reactivated user', { goal, ...ends(1) }, back],
		['verifies a reactivation', { goal, ...verifies('active') }, { ...back, verified: true }],
		['accepts an open invitation', { goal, ...verifies('invited') }, isInvited],
		['reactivated in this run', { ...lostOn, read: ['deactivated', 'active'] }, isOn],
		['is not needed, as reading shows', needless, { outcome: 'alreadyActive', ...isActive }],
	]);
});

describe('a change is sent, but fails if', () => {
	const kept = { effect: 'done', outcome: 'deactivated' } as const;
	const possible = { effect: 'possible' } as const;
	const off = "The outcome is 'deactivated', but";
	const sessions = failure('unavailable', `${off} not all sessions were ended`, kept);
	const unread = failure('timeout', `${off} the state couldn't be read back`, kept);
	const stillIn = 'The service confirmed the change, but the user is still';
	const still = (state: string) => failure('unexpectedResponse', `${stillIn} '${state}'`, possible);
	const unavailable = { reason: 'unavailable', ...possible };
	const down = [failed('unavailable')];
	const locked: Given = { goal, change: failed('alreadyActive'), read: ['locked'] };
	const notActive = {
		reason: 'unexpectedResponse',
		message: expect.stringContaining("'locked'") as string,
	};

	itEnds(1, [
		["sessions can't be ended", ends(failed('unavailable')), sessions],
		["the state can't be read back", verifies(failed('timeout')), unread],
		['the state is another one', verifies('locked'), still('locked')],
		['there is an open invitation', verifies('invited'), still('invited')],
		['the state is an unknown one', { goal, ...verifies(paused) }, still('Paused')],
		['a lost response stays unclear', { goal, ...lost('alreadyActive'), read: down }, unavailable],
		['the service calls a locked user active', locked, notActive],
	]);
});

describe('no change is sent', () => {
	const already = { outcome: 'alreadyDeactivated', ...asRead('deactivated') };
	const withSessions = { ...already, sessionsEnded: 2 };
	const off = { outcome: 'wouldDeactivate', ...asRead('active') };
	const on = { outcome: 'wouldReactivate', ...asRead('deactivated') };
	const warning = "The service called the state of this user 'Paused'.";
	const odd = { outcome: 'wouldDeactivate', ...asRead('unknown'), warning };
	const isOn: Given = { goal, ...byEmail, read: ['active'], ...failIfDone };

	itEnds(0, [
		['in a dry run', previews('active'), off],
		['in a dry run of a reactivation', { goal, ...previews('deactivated') }, on],
		["in a dry run that shows the service's own state", previews(paused), odd],
		['to a deactivated user', gone, already],
		['to a deactivated user, whose sessions end', { ...ends(2), ...gone }, withSessions],
		['to an active user, by option', isOn, { outcome: 'alreadyActive', ...asRead('active') }],
	]);
});

describe('no change is sent, and the item fails, for', () => {
	const facts = { account: { userId: ID } };
	const isProtected = { reason: 'protectedUser', effect: 'none', facts };
	const isNamed = { ...isProtected, facts: { account: person } };
	const own = "This credential belongs to the user you're deactivating";
	const hidden: Given = { users: { loadOwnUserId: fails('unavailable') } };
	const notOff = (state: string) => failure('refused', `The user is '${state}', not deactivated`);

	itEnds(0, [
		['a protected ID', protect('KIM'), isProtected],
		['a protected email in the list', { ...byEmail, ...protect(SECOND) }, isNamed],
		['a protected email', { read: ['active'], ...protect(SECOND) }, isProtected],
		['a protected login name', { read: [login], ...protect('kim@login') }, isProtected],
		['a user without any name', { read: [{ emails: [] }], ...boss }, isProtected],
		['the user of the credential', ownId('KIM'), failure('protectedUser', own)],
		['a credential that may be of this user', hidden, { reason: 'unavailable' }],
		['a deactivated user, by option', { ...gone, ...failIfDone }, { reason: 'alreadyDeactivated' }],
		['an invited user', { goal, ...byEmail, read: ['invited'] }, notOff('invited')],
		['a locked user in a dry run', { goal, ...previews('locked') }, notOff('locked')],
	]);

	it('a user whom the service would refuse, in a dry run too', async () => {
		const refusal = jest.fn(() => failed('refused'));
		const ended = await change({ ...previews('invited'), users: { refusal } });
		expect(ended).toMatchObject({ result: { reason: 'refused' }, timesSent: 0 });
		expect(refusal).toHaveBeenCalledWith(kim({ state: 'invited' }), DEACTIVATION);
	});
});

it('counts different users by all their names, and only those it deactivates', async () => {
	const limited = { options: { safetyLimit: 1 }, store: {} };
	await change({ ...limited, ...readFirst, read: ['deactivated'] });
	await change({ ...limited, goal });
	expect(limited.store).toEqual({ accounts: [] });
	await change({ ...limited, ...byEmail, read: ['active'] });
	expect(await change(limited)).toMatchObject({ timesSent: 1 });
	const lee = { userId: 'lee' as PathSegment, emails: ['lee@example.org'] };
	const second = { ...limited, ...readFirst, userId: { by: 'id', ...lee } as const, read: [lee] };
	const refused = { result: { reason: 'safetyLimit' }, timesSent: 0 };
	expect(await change(second)).toMatchObject(refused);
	const preview = await change({ ...second, options: { safetyLimit: 1, dryRun: true } });
	const warning = expect.stringContaining("'Safety Limit' is 1") as string;
	expect(preview.result).toMatchObject({ outcome: 'wouldDeactivate', warning });
});

describe.each(['get', 'deactivate', 'reactivate'] as const)('%s fails', (name) => {
	const blind = { proveSeesEverybody: fails('forbidden') };
	const sighted = { proveSeesEverybody: async () => await Promise.resolve() };
	const nobody = { ...byEmail, found: [] };
	const unreadable = { ...byEmail, read: [failed('notFound')], users: blind };
	const listFails = (reason: Reason) => ({ ...byEmail, found: failed(reason), users: blind });
	const about = (facts: Partial<AccountFacts>) => ({ ...byEmail, read: [facts] });
	const odd = (summary: string) => failure('unexpectedResponse', summary);
	const otherUser = odd("The service answered about another user than 'kim'");
	const otherEmail = odd(`The user found by the email '${EMAIL}' has another email now`);

	it.each<[string, Given, object]>([
		['if nobody is found', nobody, { reason: 'notFound' }],
		['if nobody is found among all users', { ...nobody, users: sighted }, { reason: 'notFound' }],
		['if the credential can’t see all users', { ...nobody, users: blind }, { reason: 'forbidden' }],
		['if a listed user may be invisible', unreadable, { reason: 'forbidden' }],
		['without asking for proof after another failure', listFails('timeout'), { reason: 'timeout' }],
		['if there is no list', listFails('notFound'), { reason: 'unexpectedResponse' }],
		['if the answer is about another user', about({ userId: 'lee' as PathSegment }), otherUser],
		['if the answer has another email', about({ emails: ['lee@example.org'] }), otherEmail],
	])('%s', async (_, given, expected) => {
		const { job, apply } = jobOf(given);
		const result =
			name === 'get' ? getUser(job) : changeUser(job, name === 'reactivate' ? goal : DEACTIVATION);
		await expect(result).rejects.toMatchObject(expected);
		expect(apply).not.toHaveBeenCalled();
	});
});
