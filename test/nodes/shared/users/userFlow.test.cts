import type { Client } from '../../../../nodes/shared/http/client';
import { Failure } from '../../../../nodes/shared/model/failure';
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
const byId: UserSelector = { by: 'id', userId: ID };
const byEmail: UserSelector = { by: 'email', email: EMAIL };
type Values = { userId: UserSelector };

const kim = (facts: Partial<AccountFacts> = {}): AccountFacts => ({
	userId: ID,
	emails: [EMAIL, 'kim@home.example'],
	name: 'Kim',
	state: 'active',
	...facts,
});

interface Given {
	userId?: UserSelector;
	/** Accounts in the list, or why there is none. */
	found?: AccountFacts[] | Failure;
	/** States, other facts or failures, one for each time that the user is read. */
	read?: Array<AccountState | Partial<AccountFacts> | Failure>;
	/** What the change comes to. */
	change?: Change | Failure;
	options?: object;
	/** What else the service can do. */
	users?: Partial<Job<Values>['users']>;
	store?: object;
}

const done: Change = { outcome: 'deactivated', stateAfter: 'deactivated' };

function jobOf({
	userId = byId,
	found = [kim()],
	read = [],
	change = done,
	options = {},
	users = {},
	store = {},
}: Given) {
	const readings = [...read];
	const apply = jest.fn(async () => {
		if (change instanceof Failure) throw change;
		return await Promise.resolve(change);
	});
	const job: ChangeJob<Values> = {
		users: {
			find: async () => {
				if (found instanceof Failure) throw found;
				return await Promise.resolve({ accounts: found, unreadable: [] });
			},
			read: async () => {
				const reading = readings.shift();
				if (reading === undefined) throw new Error('read more often than expected');
				if (reading instanceof Failure) throw reading;
				const facts = kim(typeof reading === 'string' ? { state: reading } : reading);
				return await Promise.resolve({ facts, response: 'body' });
			},
			...users,
		},
		values: { userId },
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

/** Changes the user; all readings given must be used. */
async function change(given: Given, goal: Goal = DEACTIVATION): Promise<Change> {
	const { job, readings } = jobOf(given);
	const result = await changeUser(job, goal);
	expect(readings).toEqual([]);
	return result;
}

/** The failure of a change that must not be sent. */
async function refused(given: Given, goal: Goal = DEACTIVATION): Promise<unknown> {
	const { job, apply } = jobOf(given);
	const error: unknown = await changeUser(job, goal).catch((failure: unknown) => failure);
	expect(apply).not.toHaveBeenCalled();
	return error;
}

const lost = (reason: 'alreadyActive' | 'alreadyDeactivated') =>
	new Failure(reason, { effect: 'possible' });
const readFirst = { readFirst: true } as const;

describe('deactivating a user', () => {
	it('claims no more than is known', async () => {
		expect(await change({})).toStrictEqual({ ...done, userId: ID });
	});

	it.each<[string, Given]>([
		['was found by email: a list may be stale', { userId: byEmail }],
		['may be protected', { options: { protectedUsers: 'boss@example.org' } }],
		['the service needs it', { users: readFirst }],
	])('reads the user first if the user %s', async (_, given) => {
		expect(await change({ ...given, read: ['locked'] })).toStrictEqual({
			...done,
			userId: ID,
			email: EMAIL,
			stateBefore: 'locked',
		});
	});

	it('uses the address of the response, if there is one', async () => {
		const answered = { ...done, email: 'Kim@Example.org' };
		expect(await change({ userId: byEmail, read: ['active'], change: answered })).toMatchObject({
			email: 'Kim@Example.org',
		});
	});

	it('changes nothing in a dry run, and ends no sessions', async () => {
		const { job, apply } = jobOf({
			read: ['active'],
			options: { dryRun: true, endSessions: true, verify: true },
		});
		expect(await changeUser(job, DEACTIVATION)).toStrictEqual({
			outcome: 'wouldDeactivate',
			userId: ID,
			email: EMAIL,
			stateBefore: 'active',
			stateAfter: 'active',
			verified: true,
			response: 'body',
		});
		expect(apply).not.toHaveBeenCalled();
	});

	it('leaves alone who is already deactivated', async () => {
		const { job, apply } = jobOf({ userId: byEmail, read: ['deactivated'] });
		expect(await changeUser(job, DEACTIVATION)).toMatchObject({
			outcome: 'alreadyDeactivated',
			stateBefore: 'deactivated',
			verified: true,
		});
		expect(apply).not.toHaveBeenCalled();
		const options = { ifAlreadyDeactivated: 'fail' };
		expect(await refused({ userId: byEmail, read: ['deactivated'], options })).toMatchObject({
			reason: 'alreadyDeactivated',
		});
	});

	it('says in a warning how the service calls a state that is none of ours', async () => {
		const odd = { state: 'unknown', stateName: 'Paused' } as const;
		expect(await change({ read: [odd], options: { dryRun: true } })).toMatchObject({
			stateBefore: 'unknown',
			verified: true,
			warning: "The service called the state of this user 'Paused'.",
		});
	});

	it.each<[string, AccountState[], UserSelector, string]>([
		['it was active before', ['active'], byEmail, 'deactivated'],
		['nobody knows', [], byId, 'deactivated'],
	])('was done by this run if %s and a response was lost', async (_, read, userId, outcome) => {
		const given = { userId, read, change: lost('alreadyDeactivated') };
		expect(await change(given)).toMatchObject({ outcome, warning: CONCLUDED('deactivated') });
	});

	it('works on the same user one item after the other', async () => {
		const { job } = jobOf({});
		const log: string[] = [];
		const step = (name: string) => ({
			...job,
			apply: async () => {
				log.push(`${name} begins`);
				await new Promise((resolve) => setImmediate(resolve));
				log.push(`${name} ends`);
				return done;
			},
		});
		await Promise.all(
			['first', 'second'].map(async (name) => await changeUser(step(name), DEACTIVATION)),
		);
		expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
	});
});

describe('guards of a deactivation', () => {
	it.each<[string, Given]>([
		['the ID', { options: { protectedUsers: 'KIM' } }],
		[
			'an address in the list',
			{ userId: byEmail, options: { protectedUsers: 'kim@home.example' } },
		],
		[
			'an address of the user',
			{ read: ['active'], options: { protectedUsers: 'kim@home.example' } },
		],
		[
			'a login name',
			{ read: [{ loginNames: ['kim@login'] }], options: { protectedUsers: 'kim@login' } },
		],
		[
			'no address at all',
			{ read: [{ emails: [] }], options: { protectedUsers: 'boss@example.org' } },
		],
	])('refuse a user that is protected by %s', async (_, given) => {
		expect(await refused(given)).toMatchObject({
			reason: 'protectedUser',
			effect: 'none',
			facts: { account: { userId: ID } },
		});
	});

	it('let pass whose login name tells that nobody protected is meant', async () => {
		const read = [{ emails: [], loginNames: ['kim@login'] }];
		expect(await change({ read, options: { protectedUsers: 'boss@example.org' } })).toMatchObject(
			done,
		);
	});

	it('refuse the user that the credential belongs to, without case', async () => {
		const own = (id: string | undefined) => ({
			loadOwnUserId: async () => await Promise.resolve(id),
		});
		expect(await refused({ users: own('KIM') })).toMatchObject({
			reason: 'protectedUser',
			facts: { summary: "This credential belongs to the user you're deactivating" },
		});
		expect(await change({ users: own('lee') })).toMatchObject(done);
		expect(await change({ users: own(undefined) })).toMatchObject(done);
	});

	it('refuse everybody if it is unknown whom the credential belongs to', async () => {
		const loadOwnUserId = async () => await Promise.reject(new Failure('unavailable'));
		expect(await refused({ users: { loadOwnUserId } })).toMatchObject({ reason: 'unavailable' });
	});

	it('refuse what the service would refuse, in a dry run too', async () => {
		const refusal = jest.fn(() => new Failure('refused'));
		const given = { read: ['invited' as const], users: { refusal } };
		expect(await refused({ ...given, options: { dryRun: true } })).toMatchObject({
			reason: 'refused',
		});
		expect(refusal).toHaveBeenCalledWith(kim({ state: 'invited' }), DEACTIVATION);
	});

	it('count different users by all names that were found, over the whole execution', async () => {
		const store = {};
		const options = { safetyLimit: 1 };
		await change({ userId: byEmail, read: ['active'], options, store });
		await change({ options, store });
		const lee = { userId: 'lee' as PathSegment, emails: ['lee@example.org'] };
		const given: Given = { userId: { by: 'id', userId: lee.userId }, read: [lee], store };
		expect(await refused({ ...given, options })).toMatchObject({ reason: 'safetyLimit' });
		expect(await change({ ...given, options: { ...options, dryRun: true } })).toMatchObject({
			outcome: 'wouldDeactivate',
			warning: expect.stringContaining("'Safety Limit' is 1") as string,
		});
	});

	it("don't count who is already deactivated", async () => {
		const store = {};
		await change({ users: readFirst, read: ['deactivated'], store });
		expect(store).toEqual({ accounts: [] });
	});

	it('hold for no reactivation', async () => {
		const store = {};
		const loadOwnUserId = async () => await Promise.resolve('kim');
		const options = { protectedUsers: 'kim', safetyLimit: 1 };
		const given = { change: { outcome: 'reactivated' } as const, users: { loadOwnUserId } };
		expect(await change({ ...given, options, store }, REACTIVATION)).toMatchObject({
			outcome: 'reactivated',
		});
		expect(store).toEqual({ accounts: [] });
	});
});

describe('after a deactivation', () => {
	it('all sessions are ended, only if that is wanted', async () => {
		const endSessions = jest.fn(async () => await Promise.resolve(0));
		const users = { endSessions };
		const wanted = { options: { endSessions: true } };
		expect(await change({ ...wanted, users })).toStrictEqual({
			...done,
			userId: ID,
			sessionsEnded: 0,
		});
		expect(endSessions.mock.calls).toEqual([[ID, expect.anything()]]);
		await change({ users });
		await change({ ...wanted, users, change: { outcome: 'reactivated' } }, REACTIVATION);
		expect(endSessions).toHaveBeenCalledTimes(1);
		expect(await change(wanted)).not.toHaveProperty('sessionsEnded');
	});

	it('they are ended for whom is already deactivated, too', async () => {
		const endSessions = async () => await Promise.resolve(2);
		const given = { read: ['deactivated' as const], users: { ...readFirst, endSessions } };
		expect(await change({ ...given, options: { endSessions: true } })).toMatchObject({
			outcome: 'alreadyDeactivated',
			sessionsEnded: 2,
		});
	});

	it.each<[string, Given, string]>([
		[
			"sessions can't be ended",
			{ options: { endSessions: true } },
			"The outcome is 'deactivated', but not all sessions were ended",
		],
		[
			"the state can't be read back",
			{ options: { verify: true }, read: [new Failure('unavailable')] },
			"The outcome is 'deactivated', but the state couldn't be read back",
		],
	])('its outcome is kept if %s', async (_, given, summary) => {
		const endSessions = async () => await Promise.reject(new Failure('unavailable'));
		await expect(change({ ...given, users: { endSessions } })).rejects.toMatchObject({
			reason: 'unavailable',
			effect: 'done',
			facts: { summary, outcome: 'deactivated' },
		});
	});

	it('the state is read back, only if that is wanted', async () => {
		const options = { verify: true };
		expect(await change({ read: ['deactivated'], options })).toStrictEqual({
			...done,
			userId: ID,
			verified: true,
		});
		await expect(change({ read: ['locked'], options })).rejects.toMatchObject({
			reason: 'unexpectedResponse',
			effect: 'possible',
			facts: { summary: "The service confirmed the change, but the user is still 'locked'" },
		});
	});
});

describe('reactivating a user', () => {
	const active: Change = { outcome: 'reactivated', stateAfter: 'active' };

	it('claims no more than is known', async () => {
		expect(await change({ change: active }, REACTIVATION)).toStrictEqual({ ...active, userId: ID });
	});

	it('was done by this run if it was deactivated before, and a response was lost', async () => {
		const given = {
			userId: byEmail,
			read: ['deactivated' as const, 'active' as const],
			change: lost('alreadyActive'),
		};
		expect(await change(given, REACTIVATION)).toMatchObject({
			outcome: 'reactivated',
			stateBefore: 'deactivated',
			warning: CONCLUDED('active'),
		});
	});

	it('may have been done if the state can’t be read after a lost response', async () => {
		const given = { change: lost('alreadyActive'), read: [new Failure('unavailable')] };
		await expect(change(given, REACTIVATION)).rejects.toMatchObject({
			reason: 'unavailable',
			effect: 'possible',
		});
	});

	it.each(['invited', 'locked'] as const)('is refused for who is %s', async (state) => {
		for (const options of [{}, { dryRun: true }]) {
			const given = { userId: byEmail, read: [state], options };
			expect(await refused(given, REACTIVATION)).toMatchObject({
				reason: 'refused',
				facts: { summary: `The user is '${state}', not deactivated` },
			});
		}
	});

	it('is not believed to be needless before the state is read', async () => {
		const refusal = new Failure('alreadyActive');
		expect(await change({ change: refusal, read: ['active'] }, REACTIVATION)).toMatchObject({
			outcome: 'alreadyActive',
		});
		await expect(change({ change: refusal, read: ['locked'] }, REACTIVATION)).rejects.toMatchObject(
			{
				reason: 'unexpectedResponse',
				facts: {
					summary:
						"The service says that the user is already active, but the state of the user is 'locked'",
				},
			},
		);
	});

	it('leaves alone who is active, whatever the options say', async () => {
		const { job, apply } = jobOf({ userId: byEmail, read: ['active'] });
		expect(await changeUser(job, REACTIVATION)).toMatchObject({ outcome: 'alreadyActive' });
		expect(apply).not.toHaveBeenCalled();
	});

	it('changes nothing in a dry run', async () => {
		const { job, apply } = jobOf({
			read: ['deactivated'],
			options: { dryRun: true, verify: true },
		});
		expect(await changeUser(job, REACTIVATION)).toMatchObject({
			outcome: 'wouldReactivate',
			stateAfter: 'deactivated',
		});
		expect(apply).not.toHaveBeenCalled();
	});

	it('reads the state back if that is wanted; an invitation may be open', async () => {
		const options = { verify: true };
		for (const state of ['active', 'invited'] as const) {
			expect(await change({ read: [state], options, change: active }, REACTIVATION)).toMatchObject({
				stateAfter: state,
				verified: true,
			});
		}
		await expect(
			change({ read: ['deactivated'], options, change: active }, REACTIVATION),
		).rejects.toMatchObject({ reason: 'unexpectedResponse', effect: 'possible' });
	});
});

describe('getting a user', () => {
	it('reads the present state, whatever the list says', async () => {
		const { job } = jobOf({ userId: byEmail, read: ['deactivated'] });
		expect(await getUser(job)).toStrictEqual({
			outcome: 'found',
			userId: ID,
			email: EMAIL,
			stateBefore: 'deactivated',
			stateAfter: 'deactivated',
			verified: true,
			response: 'body',
		});
	});
});

describe.each(['get', 'deactivate', 'reactivate'] as const)('%s', (name) => {
	const perform = async (given: Given) => {
		const { job, apply } = jobOf(given);
		const result =
			name === 'get'
				? getUser(job)
				: changeUser(job, name === 'deactivate' ? DEACTIVATION : REACTIVATION);
		const error: unknown = await result.catch((failure: unknown) => failure);
		expect(apply).not.toHaveBeenCalled();
		return error;
	};
	const nobody: Given = { userId: byEmail, found: [] };
	const blind = async () => await Promise.reject(new Failure('forbidden'));

	it('finds nobody only if the credential can see everybody', async () => {
		expect(await perform(nobody)).toMatchObject({ reason: 'notFound' });
		const proveSeesEverybody = jest.fn(async () => await Promise.resolve());
		expect(await perform({ ...nobody, users: { proveSeesEverybody } })).toMatchObject({
			reason: 'notFound',
		});
		expect(proveSeesEverybody).toHaveBeenCalledTimes(1);
		const gone = { userId: byEmail, read: [new Failure('notFound')] };
		for (const given of [nobody, gone]) {
			expect(await perform({ ...given, users: { proveSeesEverybody: blind } })).toMatchObject({
				reason: 'forbidden',
			});
		}
	});

	it('asks for no proof if something else went wrong', async () => {
		const performFound = async (found: Failure) =>
			await perform({ userId: byEmail, found, users: { proveSeesEverybody: blind } });
		expect(await performFound(new Failure('timeout'))).toMatchObject({ reason: 'timeout' });
		// No list was found: the address in the credential is wrong.
		expect(await performFound(new Failure('notFound'))).toMatchObject({
			reason: 'unexpectedResponse',
		});
	});

	it.each([
		[
			'another user',
			{ userId: 'lee' as PathSegment },
			"The service answered about another user than 'kim'",
		],
		[
			'another address',
			{ emails: ['lee@example.org'] },
			`The user found by the email '${EMAIL}' has another email now`,
		],
	])('fails if the service answers about %s', async (_, facts, summary) => {
		expect(await perform({ userId: byEmail, read: [facts] })).toMatchObject({
			reason: 'unexpectedResponse',
			facts: { summary },
		});
	});
});
