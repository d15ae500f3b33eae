import { readOptions } from '../../scripts/demo/options.cts';

test('asks for nothing special by default', () => {
	expect(readOptions([])).toEqual({ json: false, keep: false });
});

test('knows its flags', () => {
	expect(readOptions(['--json', '--keep'])).toEqual({ json: true, keep: true });
});

test.each([['--jsno'], ['--dry-run'], ['extra'], ['--json=yes']])('refuses %s', (argument) => {
	expect(() => readOptions([argument])).toThrow('Usage: npm run demo');
});
