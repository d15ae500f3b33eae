import { folderWith } from './local-server.cts';

test('says what to install if a program is missing', () => {
	expect(() => folderWith(['no-such-program'], 'some-package')).toThrow(
		/no-such-program.*\n.*apt-get install some-package/,
	);
});

test('finds the folder of programs that are on the PATH', () => {
	expect(folderWith(['ls'], 'coreutils')).toMatch(/bin$/);
});
