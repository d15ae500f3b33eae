import { addressOf } from '../../../scripts/bench/people.cts';
import type { SideName } from '../../../scripts/bench/sides.cts';
import type { TakenTurn } from '../../../scripts/bench/turns.cts';
import { judge, requireAllDone } from '../../../scripts/bench/verdict.cts';

const record = (number: number, facts: object = {}) => ({
	outcome: 'deactivated',
	changed: true,
	email: addressOf(number),
	...facts,
});

const ledger: TakenTurn['ledger'] = {
	deactivated: new Set([addressOf(0), addressOf(1)]),
	requests: 2,
	refused: 0,
	violations: [],
};

const turn = (
	items: readonly unknown[],
	facts: Partial<TakenTurn['ledger']> = {},
	side: SideName = 'ours',
): TakenTurn => ({
	side,
	round: 1,
	users: 2,
	milliseconds: 1,
	items,
	ledger: { ...ledger, ...facts },
});

test('a turn in which all accounts are deactivated, by one request each, counts', () => {
	const taken = turn([record(0), record(1)]);
	expect(() => requireAllDone(taken)).not.toThrow();
	expect(judge(taken)).toEqual({ done: 2, lost: 0, deactivated: 2 });
});

test('accounts that a side does not call done are lost, even if the service has acted', () => {
	const taken = turn([{ status: 'success' }, { error: 'cut' }], {}, 'httpRequest');
	expect(judge(taken)).toEqual({ done: 1, lost: 1, deactivated: 2 });
	expect(() => requireAllDone(taken)).toThrow('1 of 2 accounts are done. One that is not: {"error');
});

test.each([
	['says more than is so', turn([record(0), record(1)], { deactivated: new Set() }), 'not deactiv'],
	['loses an item', turn([record(0)]), '1 items came out instead of 2'],
	['sends what nobody should', turn([record(0), record(1)], { violations: ['x'] }), 'such as: x'],
])('whoever %s does not count', (_, taken, problem) => {
	expect(() => judge(taken)).toThrow(problem);
});

test.each([
	['in another order', turn([record(1), record(0)])],
	['without having changed it', turn([record(0), record(1, { changed: false })])],
	['with more requests than accounts', turn([record(0), record(1)], { requests: 3 })],
])('whoever does it %s does not count', (_, taken) => {
	expect(() => requireAllDone(taken)).toThrow('does not count');
});
