import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const tree = join(__dirname, '../../scripts/tree.mjs');
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'tree-test-'));
	mkdirSync(join(folder, 'bin'));
	mkdirSync(join(folder, 'node_modules'));
	writeFileSync(join(folder, 'pnpm-lock.yaml'), 'one');
	writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages: []');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Installs with an npx that does nothing but this. */
function install(npx: string): { status: number | null; stderr: string } {
	const file = join(folder, 'bin/npx');
	writeFileSync(file, `#!/bin/sh\n${npx}\n`);
	chmodSync(file, 0o755);
	return spawnSync(process.execPath, [tree, folder, 'the tools'], {
		encoding: 'utf8',
		env: { ...process.env, PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter) },
	});
}
const mark = 'echo "$@" >> called';
const isCalled = (): boolean => existsSync(join(folder, 'called'));

test('installs once, and again only when the lock file has changed', () => {
	expect(install(mark).status).toBe(0);
	expect(isCalled()).toBe(true);

	rmSync(join(folder, 'called'));
	expect(install(mark)).toMatchObject({ status: 0, stderr: '' });
	expect(isCalled()).toBe(false);

	writeFileSync(join(folder, 'pnpm-lock.yaml'), 'two');
	expect(install(mark).status).toBe(0);
	expect(isCalled()).toBe(true);
});

test('says so if there is no network, and tries again next time', () => {
	const failed = install('echo "npm error code ENOTFOUND" >&2; exit 1');
	expect(failed.status).toBe(1);
	expect(failed.stderr).toContain('No connection to the npm registry');

	expect(install(mark).status).toBe(0);
	expect(isCalled()).toBe(true);
});

test('shows any other cause', () => {
	const failed = install('echo "no space left on device"; exit 7');
	expect(failed.stderr).toMatch(/Installing the tools ended with code 7:\nno space left/);
});
