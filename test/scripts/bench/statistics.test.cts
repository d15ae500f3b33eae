import { median, rotate, rounded } from '../../../scripts/bench/statistics.cts';

test('the median is the value in the middle, as a number and not as a text', () => {
	expect(median([100, 9, 20])).toBe(20);
	expect(median([1, 4, 2, 100])).toBe(3);
	expect(median([7])).toBe(7);
	expect(() => median([])).toThrow(RangeError);
});

test('another one comes first in each round', () => {
	expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual([
		'abc',
		'bca',
		'cab',
		'abc',
	]);
});

test('rounds to thousandths', () => {
	expect(rounded(2 / 3)).toBe(0.667);
});
