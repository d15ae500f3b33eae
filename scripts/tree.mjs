import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Makes sure that the pnpm tree in a folder is installed exactly as its lock file says. A stamp in
 * node_modules holds what was installed: when nothing has changed since, this takes milliseconds and
 * needs no network. Ends the process with a message if it cannot be done.
 */
export function installTree(folder, what) {
	const stamp = join(folder, 'node_modules', '.installed');
	const wanted = fingerprint(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

	// A broken-off installation must not be taken for a finished one.
	rmSync(stamp, { force: true });
	pnpmInstall(folder, what);
	writeFileSync(stamp, wanted);
}

/** Node's version is no part of it: nothing in these trees is compiled by the installation. */
function fingerprint(folder) {
	const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
	for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
		hash.update(readFileSync(join(folder, file)));
	}
	return hash.digest('hex');
}

/** Shows what pnpm writes on standard error: standard output belongs to the command that runs next. */
function pnpmInstall(folder, what) {
	const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
	console.error(`Installing ${what} (once)…`);
	const { status, error } = spawnSync(
		'npx',
		[
			'--yes',
			JSON.parse(manifest).packageManager,
			...['install', '--frozen-lockfile', '--ignore-scripts'],
			// Both would otherwise depend on the caller: on NODE_ENV, and on somebody to answer.
			...['--prod=false', '--config.confirm-modules-purge=false'],
		],
		{
			cwd: folder,
			// On a broken connection npm by default waits for more than a minute before it says so, and
			// `npm run --silent` would pass on its silence.
			env: {
				npm_config_fetch_retry_mintimeout: '1000',
				npm_config_fetch_retry_maxtimeout: '5000',
				...process.env,
				npm_config_loglevel: 'error',
			},
			stdio: ['ignore', 2, 2],
			shell: process.platform === 'win32',
		},
	);
	if (status === 0) return;

	console.error(
		`${error?.message ?? ''}\nInstalling ${what} failed. If there is no connection to the npm registry, check the\n` +
			'network, the proxy settings and `npm config get registry`. It is needed this once only.',
	);
	process.exit(1);
}

// As a command: `node scripts/tree.mjs <folder> <what it is>`.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	installTree(resolve(process.argv[2]), process.argv[3]);
}
