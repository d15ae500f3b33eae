import { runCommand } from '../../host/command.cts';
import { serverHome } from '../../host/local-server.cts';

/** Needs the user that PostgreSQL's package brings, if run as root. */

test('runs a program as somebody who is not root, in a folder that is theirs', async () => {
	const home = serverHome();
	const output = await runCommand(home.command('Trying', 'sh', '-c', 'touch mine && id -u && pwd'));
	expect(output).toMatch(/^[1-9]\d*\n/);
	expect(output).toContain(home.folder);
	home.remove();
});

test('hands on the exit code', async () => {
	const home = serverHome();
	await expect(runCommand(home.command('Trying', 'sh', '-c', 'exit 3'))).rejects.toThrow(
		'Trying did not work',
	);
	home.remove();
});
