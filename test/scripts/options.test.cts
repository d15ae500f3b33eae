import { readOptions } from '../../scripts/demo/options.cts';

test('asks for nothing special by default', () => {
	expect(readOptions([])).toEqual({ dryRun: false, undo: false, json: false, keep: false });
});

test('knows its flags', () => {
	const all = { dryRun: true, undo: false, json: true, keep: true };
	expect(readOptions(['--dry-run', '--json', '--keep'])).toEqual(all);
	expect(readOptions(['--undo', '--json', '--keep'])).toEqual({
		...all,
		dryRun: false,
		undo: true,
	});
});

test.each([['--jsno'], ['--dryrun'], ['extra'], ['--json=yes']])('refuses %s', (argument) => {
	expect(() => readOptions([argument])).toThrow('Usage: npm run demo');
});

test('refuses to undo a dry run', () => {
	expect(() => readOptions(['--undo', '--dry-run'])).toThrow('nothing for --undo to undo');
});
