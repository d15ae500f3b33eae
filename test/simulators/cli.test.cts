import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SEED, SERVICE_NAMES } from './index.cts';
import { freePortBase, isFree, occupy } from './ports.cts';

const ROOT = join(__dirname, '..', '..');
/** Starting tsx takes a while on a busy machine. */
const TIMEOUT_MS = 60_000;

function runCli(...args: string[]) {
	const cli = spawn(process.execPath, ['--import', 'tsx', 'test/simulators/cli.cts', ...args], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output = { out: '', err: '' };
	cli.stdout.on('data', (chunk) => (output.out += String(chunk)));
	cli.stderr.on('data', (chunk) => (output.err += String(chunk)));
	return { cli, output, ended: once(cli, 'close').then(([code]) => code as number | null) };
}

describe('npm run simulators', () => {
	let portBase: number;

	beforeAll(async () => {
		portBase = await freePortBase(SERVICE_NAMES.length);
	});

	it.each(['SIGINT', 'SIGTERM'] as const)(
		'prints what to type, serves, and stops on %s',
		async (signal) => {
			const { cli, output, ended } = runCli('--port-base', String(portBase));
			while (!output.out.includes('Ctrl-C')) await once(cli.stdout, 'data');
			for (const name of SERVICE_NAMES) expect(output.out).toContain(name);
			for (const fact of [
				`http://127.0.0.1:${portBase}`,
				`http://127.0.0.1:${portBase + 4}/api/v1`,
				SEED.zitadel.secrets.valid,
				SEED.awork.accounts.leaver.id,
			]) {
				expect(output.out).toContain(fact);
			}
			expect((await fetch(`http://127.0.0.1:${portBase}/`)).status).toBe(400);
			cli.kill(signal);
			expect(await ended).toBe(0);
			expect(output.err).toBe('');
			expect(await isFree(portBase)).toBe(true);
		},
		TIMEOUT_MS,
	);

	it(
		'says which port is in use, and leaves nothing running',
		async () => {
			const release = await occupy(portBase + 2);
			const { output, ended } = runCli('--port-base', String(portBase));
			expect(await ended).toBe(1);
			expect(output.err).toBe(
				`Port ${portBase + 2} on 127.0.0.1, needed for aitronos, is already in use.\n`,
			);
			expect(await isFree(portBase)).toBe(true);
			await release();
		},
		TIMEOUT_MS,
	);

	it.each([['0'], ['65532'], ['abc']])(
		'refuses %s as the first port',
		async (value) => {
			const { output, ended } = runCli('--port-base', value);
			expect(await ended).toBe(1);
			expect(output.err).toMatch(/^--port-base must be a whole number/);
		},
		TIMEOUT_MS,
	);
});
