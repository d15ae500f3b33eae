import {
	countTowardsLimit,
	exceedsLimit,
	ledgerIn,
	refuseProtected,
	refuseUnrecognizable,
} from '../../../../nodes/shared/users/guards';
import type { Account } from '../../../../nodes/shared/model/record';
import { pickOptions, readOptions } from '../../../../nodes/shared/parameters/options';

const optionsWith = (options: object) =>
	readOptions(pickOptions(['dryRun', 'protectedUsers', 'safetyLimit']), () => options);

describe('protected users', () => {
	const account = { userId: '42', email: 'kim@example.org' };
	const guard = (check: typeof refuseProtected, protectedUsers: string, names: string[]) => () => {
		check(names, account, optionsWith({ protectedUsers }));
	};
	const list = 'Boss <boss@example.org>, USR_42';

	it.each([
		['an address', 'kim@example.org', ' Boss@Example.org'],
		['the ID', 'usr_42', 'kim@example.org'],
	])('are known by %s', (_, ...names) => {
		const failure = { reason: 'protectedUser', facts: { account } };
		expect(guard(refuseProtected, list, names)).toThrow(expect.objectContaining(failure));
	});

	it("can't be told from a user of whom only the ID is known", () => {
		const message = "Can't tell whether the user '42' is protected";
		expect(guard(refuseUnrecognizable, 'usr_1, boss@example.org', [])).toThrow(message);
	});

	it.each([
		['others', refuseProtected, list, ['usr_4', 'oss@example.org']],
		['a user without a name', refuseProtected, list, []],
		['a user without a name, by ID alone', refuseUnrecognizable, 'usr_1', []],
		['a user who has a name', refuseUnrecognizable, 'boss@example.org', ['kim']],
	])('are told from %s', (_, check, protectedUsers, names) => {
		expect(guard(check, protectedUsers, names)).not.toThrow();
	});
});

/** What tells the accounts of two credentials apart. */
const TENANT = 'a1b2c3d4';

describe('the ledger of an execution', () => {
	const [kim, lee] = ['kim@example.org', 'lee@example.org'];
	/** A ledger with one account, which n8n may have saved while the execution waited. */
	const ledgerWith = (isSaved: boolean, ...names: string[]) => {
		const store = {};
		ledgerIn(store).add(names, TENANT);
		return ledgerIn(isSaved ? (JSON.parse(JSON.stringify(store)) as object) : store);
	};

	it.each([
		['the same ID', ['USR_1'], 1],
		['the same ID with another address', ['usr_1', lee], 1],
		['another ID', ['usr_2'], 2],
		['another ID with the same address', ['usr_2', kim], 2],
	])('counts %s once over all runs, also after a wait', (_, names, count) => {
		expect(ledgerWith(false, 'usr_1', kim).add(names, TENANT)).toBe(count);
		expect(ledgerWith(true, 'usr_1', kim).add(names, TENANT)).toBe(count);
	});

	it('takes the same ID at another tenant for another account', () => {
		expect(ledgerWith(false, 'usr_1').add(['usr_1'], 'other')).toBe(2);
	});

	it('starts anew with a store that holds something else', () => {
		expect(ledgerIn({ accounts: 'none' }).add(['usr_1'], TENANT)).toBe(1);
	});

	it.each<[string, Account[], number]>([
		['an address twice', [{ email: lee }, { email: 'LEE@example.org' }], 2],
		['an ID twice', [{ userId: '42' }, { userId: '42', email: lee }], 2],
		['an ID and an address that may be of one account', [{ userId: '42' }, { email: lee }], 2],
		['several IDs and an address', [{ userId: '42' }, { userId: 'a' }, { email: lee }], 3],
		['a known ID', [{ userId: 'USR_1' }], 1],
		['a known address', [{ email: kim }], 1],
		['a known ID with a new address', [{ userId: 'usr_1', email: lee }], 1],
	])('counts %s before the run', (_, accounts, count) => {
		for (const isSaved of [false, true]) {
			const ledger = ledgerWith(isSaved, 'usr_1', kim);
			expect(accounts.map(ledger.counter()).at(-1)).toBe(count);
			expect(ledger.add(['usr_1'], TENANT)).toBe(1);
		}
	});

	it('does not take an address for new that an account named by its ID may have', () => {
		const count = ledgerWith(false, 'usr_1').counter();
		expect([{ email: kim }, { email: lee }].map(count)).toEqual([1, 2]);
	});

	it('remembers an address that an account got later', () => {
		const store = {};
		ledgerIn(store).add(['usr_1'], TENANT);
		ledgerIn(store).add(['usr_1', kim], TENANT);
		const ledger = ledgerIn(JSON.parse(JSON.stringify(store)) as object);
		expect(ledger.counter()({ email: kim })).toBe(1);
	});
});

describe('the safety limit', () => {
	it.each([
		[0, 1000, false],
		[5, 5, false],
		[5, 6, true],
	])('of %i is exceeded by %i: %p', (safetyLimit, count, isTooMany) => {
		expect(exceedsLimit(count, optionsWith({ safetyLimit }))).toBe(isTooMany);
	});

	it('stops the account that exceeds it, in a later run too, and warns in a dry run', () => {
		const summary = "This node would deactivate 2 users in this execution, but 'Safety Limit' is 1";
		const store = {};
		const count = (name: string, options: object = { safetyLimit: 1 }) =>
			countTowardsLimit({ ledger: ledgerIn(store), tenant: TENANT }, [name], optionsWith(options));
		expect(count('usr_1')).toBeUndefined();
		expect(count('usr_1')).toBeUndefined();
		const failure = { reason: 'safetyLimit', facts: { summary } };
		expect(() => count('usr_2')).toThrow(expect.objectContaining(failure));
		const warning = `${summary}. Without 'Dry Run', it would deactivate nobody.`;
		expect(count('usr_2', { safetyLimit: 1, dryRun: true })).toBe(warning);
		expect(count('usr_3', { safetyLimit: 0 })).toBeUndefined();
	});
});
