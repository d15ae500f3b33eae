import { runCommand, startCommand, startServer } from './command.cts';
import type { Command } from './command.cts';

const script = (code: string): Command => ({
	what: 'Trying',
	file: process.execPath,
	args: ['--eval', code],
	cwd: __dirname,
});

test('hands on the standard output', async () => {
	expect(await runCommand(script('console.log("out"); console.error("err")'))).toBe('out\n');
});

test('says what failed and why', async () => {
	await expect(runCommand(script('console.error("no disk"); process.exit(3)'))).rejects.toThrow(
		/Trying did not work[^]*no disk/,
	);
});

test('says so if there is no such program', async () => {
	await expect(runCommand({ ...script(''), file: 'no-such-program' })).rejects.toThrow('ENOENT');
});

test('waits for a text, and ends the program with all that it has started', async () => {
	const running = startCommand(
		script(`
			require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
			console.log('up');
		`),
	);
	await running.says('up', 10);
	running.kill('SIGKILL');
	// Only when nobody holds its output any more.
	await running.ended;
});

test('does not wait for a text that cannot come any more', async () => {
	await expect(startCommand(script('')).says('up', 10)).rejects.toThrow('Trying did not work');
});

test('does not wait for a text for ever', async () => {
	const running = startCommand(script('setInterval(() => {}, 1000)'));
	await expect(running.says('up', 0.1)).rejects.toThrow('Trying did not work');
	running.kill('SIGKILL');
	await running.ended;
});

test('waits until a server can be used', async () => {
	const server = await startServer(
		script('setInterval(() => {}, 1000); console.log("ready")'),
		'ready',
		10,
	);
	server.kill('SIGTERM');
	expect(await server.ended).toBe(1);
});

test('ends a server that does not become ready', async () => {
	const starting = startServer(script('setInterval(() => {}, 1000)'), 'ready', 0.1);
	// Its process would keep the test from ending.
	await expect(starting).rejects.toThrow('Trying did not work');
});
