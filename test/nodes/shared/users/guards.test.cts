import {
	countTowardsLimit,
	exceedsLimit,
	ledgerIn,
	overLimit,
	refuseProtected,
	refuseUnrecognizable,
	type Ledger,
} from '../../../../nodes/shared/users/guards';
import type { Account } from '../../../../nodes/shared/model/record';
import { pickOptions, readOptions } from '../../../../nodes/shared/parameters/options';

const optionsWith = (options: object) =>
	readOptions(pickOptions(['dryRun', 'protectedUsers', 'safetyLimit']), () => options);

describe('protected users', () => {
	const account = { userId: '42', email: 'kim@example.org' };
	const refuse = (...names: string[]) => {
		const protectedUsers = 'Boss <boss@example.org>, USR_42, kim@m\u00FCller.example';
		refuseProtected(names, account, optionsWith({ protectedUsers }));
	};

	it.each([
		['an address', 'kim@example.org', ' Boss@Example.org'],
		['the ID', 'usr_42', 'kim@example.org'],
		['an address in another form', '7', 'kim@XN--mller-kva.example'],
	])('are known by %s', (_, ...names) => {
		expect(() => refuse(...names)).toThrow(
			expect.objectContaining({ reason: 'protectedUser', facts: { account } }),
		);
	});

	it('are not confused with others', () => {
		expect(() => refuse('usr_4', 'oss@example.org')).not.toThrow();
		expect(() => refuse()).not.toThrow();
	});

	const recognize = (protectedUsers: string, ...names: string[]) => {
		refuseUnrecognizable(names, account, optionsWith({ protectedUsers }));
	};

	it("can't be told from a user of whom only the ID is known", () => {
		expect(() => recognize('usr_1, boss@example.org')).toThrow(
			expect.objectContaining({
				reason: 'protectedUser',
				message: "Can't tell whether the user '42' is protected",
			}),
		);
	});

	it('can be told by ID alone, or from a user who has names', () => {
		expect(() => recognize('usr_1')).not.toThrow();
		expect(() => recognize('boss@example.org', 'kim')).not.toThrow();
	});
});

/** What tells the accounts of two credentials apart. */
const TENANT = 'a1b2c3d4';

describe('the ledger of an execution', () => {
	/** What is counted after the last of these accounts. */
	const counted = (ledger: Ledger, accounts: Account[]) => accounts.map(ledger.counter()).at(-1);

	/** As n8n keeps it while an execution waits. */
	const saved = (store: object) => JSON.parse(JSON.stringify(store)) as object;

	it('counts an account once over all runs of a loop', () => {
		const store = {};
		expect(ledgerIn(store).add(['usr_1', 'kim@example.org'], TENANT)).toBe(1);
		expect(ledgerIn(store).add(['USR_1'], TENANT)).toBe(1);
		expect(ledgerIn(store).add(['usr_2'], TENANT)).toBe(2);
	});

	it('takes two accounts with one address for two', () => {
		const ledger = ledgerIn({});
		ledger.add(['usr_1', 'kim@example.org'], TENANT);
		expect(ledger.add(['usr_2', 'kim@example.org'], TENANT)).toBe(2);
	});

	it('survives a wait', () => {
		const store = {};
		ledgerIn(store).add(['usr_1', 'kim@example.org'], TENANT);
		const ledger = ledgerIn(saved(store));
		expect(ledger.add(['usr_1', 'kim@home.example'], TENANT)).toBe(1);
		expect(counted(ledger, [{ email: 'kim@home.example' }, { userId: 'usr_2' }])).toBe(2);
	});

	it('does not take an address for new that an account named by its ID may have', () => {
		const ledger = ledgerIn({});
		ledger.add(['usr_1'], TENANT);
		expect(counted(ledger, [{ email: 'kim@example.org' }])).toBe(1);
		expect(counted(ledger, [{ email: 'kim@example.org' }, { email: 'lee@example.org' }])).toBe(2);
	});

	it('starts anew with a store that holds something else', () => {
		expect(ledgerIn({ accounts: 'none' }).add(['usr_1'], TENANT)).toBe(1);
	});

	it.each<[string, Account[], number]>([
		['an address twice', [{ email: 'lee@example.org' }, { email: 'LEE@example.org' }], 2],
		['an ID twice', [{ userId: '42' }, { userId: '42', email: 'lee@example.org' }], 2],
		['an ID and an address that may be of one account', [{ userId: '42' }, { email: 'a@x' }], 2],
		['several IDs and an address', [{ userId: '42' }, { userId: 'a' }, { email: 'a@x' }], 3],
		['a known ID', [{ userId: 'USR_1' }], 1],
		['a known address', [{ email: 'kim@example.org' }], 1],
		['a known ID with a new address', [{ userId: 'usr_1', email: 'lee@example.org' }], 1],
	])('counts %s before the run', (_, accounts, count) => {
		const ledger = ledgerIn({});
		ledger.add(['usr_1', 'kim@example.org'], TENANT);
		expect(counted(ledger, accounts)).toBe(count);
		expect(ledger.add(['usr_1'], TENANT)).toBe(1);
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

	const SUMMARY = "This node would deactivate 2 users in this execution, but 'Safety Limit' is 1";

	it('says how many users there are and how many are allowed', () => {
		expect(overLimit(2, optionsWith({ safetyLimit: 1 }))).toBe(SUMMARY);
	});

	it('stops the account that exceeds it, in a later run too', () => {
		const store = {};
		const count = (name: string, options: object) =>
			countTowardsLimit({ ledger: ledgerIn(store), tenant: TENANT }, [name], optionsWith(options));
		expect(count('usr_1', { safetyLimit: 1 })).toBeUndefined();
		expect(count('usr_1', { safetyLimit: 1 })).toBeUndefined();
		expect(() => count('usr_2', { safetyLimit: 1 })).toThrow(
			expect.objectContaining({ reason: 'safetyLimit', facts: { summary: SUMMARY } }),
		);
		expect(count('usr_2', { safetyLimit: 1, dryRun: true })).toBe(
			`${SUMMARY}. Without 'Dry Run', it would deactivate nobody.`,
		);
		expect(count('usr_3', { safetyLimit: 0 })).toBeUndefined();
	});
});
