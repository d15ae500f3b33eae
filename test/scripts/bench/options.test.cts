import { PART_NAMES, readOptions } from '../../../scripts/bench/options.cts';

test('measures everything three times by default', () => {
	expect(readOptions([])).toEqual({ parts: PART_NAMES, rounds: 3, json: false });
});

test('measures what it is asked for, in its own order', () => {
	expect(readOptions(['--only', 'startup, faults', '--rounds', '12', '--json'])).toEqual({
		parts: ['faults', 'startup'],
		rounds: 12,
		json: true,
	});
});

test.each([
	[['--jsno']],
	[['extra']],
	[['--only', 'fault']],
	[['--only', '']],
	[['--rounds', '0']],
	[['--rounds', 'three']],
	[['--rounds', '100']],
])('refuses %j', (args) => {
	expect(() => readOptions(args)).toThrow('Usage: npm run bench');
});
