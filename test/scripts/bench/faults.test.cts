import { faultAt } from '../../../scripts/bench/faults.cts';
import { addressOf } from '../../../scripts/bench/people.cts';

const share = (kind: string, nth = 0) =>
	Array.from({ length: 20_000 }, (_, number) => faultAt(1, addressOf(number), nth)).filter(
		(fault) => fault?.kind === kind,
	).length / 20_000;

test('5 % of the requests are answered with 503, and 2 % cut, half of them after acting', () => {
	expect(share('status')).toBeCloseTo(0.05, 2);
	expect(share('cutBefore')).toBeCloseTo(0.01, 2);
	expect(share('cutAfter')).toBeCloseTo(0.01, 2);
	expect(share('cutAfter')).toBeGreaterThan(0.005);
	expect(share('cutBefore')).toBeGreaterThan(0.005);
});

test('a request meets the same fault in each run, and another when it is repeated', () => {
	const all = (seed: number, nth: number) =>
		Array.from({ length: 500 }, (_, number) => faultAt(seed, addressOf(number), nth));
	expect(all(1, 0)).toEqual(all(1, 0));
	expect(all(1, 0)).not.toEqual(all(2, 0));
	expect(all(1, 0)).not.toEqual(all(1, 1));
});
