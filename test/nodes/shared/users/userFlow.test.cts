import type { AccountFacts, Directory } from '../../../../nodes/shared/users/directory';
import { Failure } from '../../../../nodes/shared/model/failure';
import { offer, readOptions } from '../../../../nodes/shared/parameters/options';
import type { PathSegment } from '../../../../nodes/shared/model/path';
import type { AccountState, Change } from '../../../../nodes/shared/model/record';
import type { Api } from '../../../../nodes/shared/http/client';
import { createRunState } from '../../../../nodes/shared/users/runContext';
import { deactivateUser, getUser, reactivateUser } from '../../../../nodes/shared/users/userFlow';
import type { UserSelector } from '../../../../nodes/shared/parameters/locators';

const ID = 'kim' as PathSegment;
const EMAIL = 'kim@example.org';
const byId: UserSelector = { by: 'id', userId: ID };
const byEmail: UserSelector = { by: 'email', email: EMAIL };

const kim = (state: AccountState): AccountFacts => ({
	userId: ID,
	emails: [EMAIL, 'kim@home.example'],
	name: 'Kim',
	state,
});

interface Given {
	userId?: UserSelector;
	/** State in the list. */
	listed?: AccountState;
	/** States, or failures, one for each time that the user is read. */
	read?: Array<AccountState | Failure>;
	options?: object;
}

const names = ['dryRun', 'endSessions', 'protectedUsers', 'verify'] as const;

function jobOf({ userId = byId, listed = 'active', read = [], options = {} }: Given) {
	const states = [...read];
	const directory: Directory<unknown> = {
		find: async () => await Promise.resolve([kim(listed)]),
		read: async () => {
			const state = states.shift();
			if (state === undefined) throw new Error('read more often than expected');
			if (state instanceof Failure) throw state;
			return await Promise.resolve({ facts: kim(state), response: state });
		},
		search: async () => await Promise.reject(new Error('not searched')),
	};
	return {
		directory,
		values: { userId },
		session: { api: {} as Api, ...createRunState() },
		options: readOptions(offer([...names]), () => options),
	};
}

const done: Change = { outcome: 'deactivated', stateAfter: 'deactivated' };
const act = (change: Change | Failure = done) =>
	jest.fn(async () => {
		if (change instanceof Failure) throw change;
		return await Promise.resolve(change);
	});
const lost = (reason: 'alreadyActive' | 'alreadyDeactivated') =>
	new Failure(reason, { isFateUnknown: true, response: 'body' });

describe('a user is deactivated', () => {
	it('with no more said than is known', async () => {
		expect(await deactivateUser(jobOf({}), { act: act() })).toStrictEqual({
			...done,
			userId: ID,
		});
	});

	it('with what the list and the reading before say', async () => {
		expect(await deactivateUser(jobOf({ userId: byEmail }), { act: act() })).toStrictEqual({
			...done,
			userId: ID,
			email: EMAIL,
		});
		const read = jobOf({ read: ['locked'] });
		expect(await deactivateUser(read, { act: act(), readFirst: true })).toStrictEqual({
			...done,
			userId: ID,
			email: EMAIL,
			stateBefore: 'locked',
		});
	});

	it('under the address that the service answers with, if it does', async () => {
		const answered = act({ ...done, email: 'Kim@Example.org' });
		expect(await deactivateUser(jobOf({ userId: byEmail }), { act: answered })).toMatchObject({
			email: 'Kim@Example.org',
		});
	});

	it('and is read first only where that is needed', async () => {
		const protectedUsers = jobOf({ read: ['active'], options: { protectedUsers: 'x' } });
		expect(await deactivateUser(protectedUsers, { act: act() })).toMatchObject({
			stateBefore: 'active',
		});
		const dryRun = jobOf({ read: ['active'], options: { dryRun: true } });
		const nothing = act();
		expect(await deactivateUser(dryRun, { act: nothing })).toStrictEqual({
			outcome: 'wouldDeactivate',
			userId: ID,
			email: EMAIL,
			stateBefore: 'active',
			stateAfter: 'active',
			verified: true,
			response: 'active',
		});
		expect(nothing).not.toHaveBeenCalled();
	});

	it('unless it is already', async () => {
		const nothing = act();
		const job = jobOf({ read: ['deactivated'] });
		expect(await deactivateUser(job, { act: nothing, readFirst: true })).toMatchObject({
			outcome: 'alreadyDeactivated',
			stateBefore: 'deactivated',
		});
		expect(nothing).not.toHaveBeenCalled();
	});

	it('unless it is the one that the credential belongs to', async () => {
		const nothing = act();
		const steps = { act: nothing, ownUserId: async () => await Promise.resolve('kim') };
		await expect(deactivateUser(jobOf({}), steps)).rejects.toMatchObject({
			reason: 'protectedUser',
		});
		expect(nothing).not.toHaveBeenCalled();
		const other = { act: act(), ownUserId: async () => await Promise.resolve('lee') };
		await expect(deactivateUser(jobOf({}), other)).resolves.toMatchObject(done);
	});

	it.each<[string, Given, string]>([
		['the list says so', { userId: byEmail, listed: 'deactivated' }, 'alreadyDeactivated'],
		['the list says that it was not', { userId: byEmail, listed: 'active' }, 'deactivated'],
		['nobody knows', {}, 'deactivated'],
	])('by this run, or before if %s, after an answer that got lost', async (_, given, outcome) => {
		const steps = { act: act(lost('alreadyDeactivated')) };
		expect(await deactivateUser(jobOf(given), steps)).toMatchObject({ outcome });
	});

	it('and loses all sessions only where that is wanted', async () => {
		const endSessions = jest.fn(async () => await Promise.resolve(0));
		const steps = { act: act(), endSessions };
		const job = jobOf({ options: { endSessions: true } });
		expect(await deactivateUser(job, steps)).toStrictEqual({
			...done,
			userId: ID,
			sessionsEnded: 0,
		});
		expect(endSessions).toHaveBeenCalledWith(ID);
		const dryRun = jobOf({ read: ['active'], options: { endSessions: true, dryRun: true } });
		await deactivateUser(dryRun, steps);
		await deactivateUser(jobOf({}), steps);
		expect(endSessions).toHaveBeenCalledTimes(1);
		await expect(deactivateUser(job, { act: act() })).resolves.not.toHaveProperty('sessionsEnded');
	});

	it.each([
		[
			'sessions that could not be ended',
			{ options: { endSessions: true } },
			"The outcome is 'deactivated', but sessions were not all ended",
		],
		[
			'a state that cannot be read back',
			{ options: { verify: true }, read: [new Failure('unavailable')] },
			"The outcome is 'deactivated', but the state could not be read back",
		],
	])('and that is not lost with %s', async (_, given, summary) => {
		const endSessions = async () => await Promise.reject(new Failure('unavailable'));
		const end = deactivateUser(jobOf(given), { act: act(), endSessions });
		await expect(end).rejects.toMatchObject({
			reason: 'unavailable',
			facts: {
				summary,
				advice: 'Run the workflow again: repeating is safe and finishes what is left.',
				done: 'deactivated',
			},
		});
	});

	it('which is read back where that is wanted', async () => {
		const options = { verify: true };
		const job = jobOf({ read: ['deactivated'], options });
		expect(await deactivateUser(job, { act: act() })).toStrictEqual({
			...done,
			userId: ID,
			verified: true,
		});
		const failing = jobOf({ read: ['locked'], options });
		await expect(deactivateUser(failing, { act: act() })).rejects.toMatchObject({
			reason: 'unexpectedResponse',
			facts: {
				summary: "The service said yes, but the state of the user is 'locked'",
				done: 'deactivated',
			},
		});
	});
});

describe('a user is reactivated', () => {
	const active: Change = { outcome: 'reactivated', stateAfter: 'active' };

	it('with no more said than is known', async () => {
		expect(await reactivateUser(jobOf({}), { act: act(active) })).toStrictEqual({
			...active,
			userId: ID,
		});
	});

	it.each<[string, Given, string]>([
		['the list says so', { userId: byEmail, listed: 'active' }, 'alreadyActive'],
		['the list says that it was not', { userId: byEmail, listed: 'deactivated' }, 'reactivated'],
		['nobody knows', {}, 'reactivated'],
	])('by this run, or before if %s, after an answer that got lost', async (_, given, outcome) => {
		const steps = { act: act(lost('alreadyActive')) };
		expect(await reactivateUser(jobOf(given), steps)).toMatchObject({ outcome });
	});

	it('by this run if it was read before, and deactivated, after an answer that got lost', async () => {
		const given = { userId: byEmail, listed: 'active', read: ['deactivated'] } as const;
		const job = jobOf({ ...given, read: [...given.read] });
		const change = await reactivateUser(job, { act: act(lost('alreadyActive')), readFirst: true });
		expect(change).toMatchObject({ outcome: 'reactivated', stateBefore: 'deactivated' });
		expect(change).not.toHaveProperty('warning');
	});

	it('unless it is active, or the run is a dry one', async () => {
		const nothing = act(active);
		const job = jobOf({ read: ['active'] });
		expect(await reactivateUser(job, { act: nothing, readFirst: true })).toMatchObject({
			outcome: 'alreadyActive',
		});
		const dryRun = jobOf({ read: ['deactivated'], options: { dryRun: true, verify: true } });
		expect(await reactivateUser(dryRun, { act: nothing })).toMatchObject({
			outcome: 'wouldReactivate',
			stateAfter: 'deactivated',
		});
		expect(nothing).not.toHaveBeenCalled();
	});

	it('which is read back where that is wanted', async () => {
		const job = jobOf({ read: ['active'], options: { verify: true } });
		expect(await reactivateUser(job, { act: act(active) })).toMatchObject({ verified: true });
		const failing = jobOf({ read: ['deactivated'], options: { verify: true } });
		await expect(reactivateUser(failing, { act: act(active) })).rejects.toMatchObject({
			facts: { done: 'reactivated' },
		});
	});
});

describe('a user is looked up', () => {
	it('as it is now, not as it was in the list', async () => {
		const job = jobOf({ userId: byEmail, listed: 'active', read: ['deactivated'] });
		expect(await getUser(job)).toStrictEqual({
			outcome: 'found',
			userId: ID,
			email: EMAIL,
			stateBefore: 'deactivated',
			stateAfter: 'deactivated',
			verified: true,
			response: 'deactivated',
		});
	});
});
