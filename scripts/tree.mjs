import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const noConnection =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL/;

/**
 * Makes sure that the pnpm tree in a folder is installed exactly as its lock file says. A stamp in
 * node_modules holds what was installed: when nothing has changed since, this takes milliseconds and
 * needs no network. Ends the process with a message if it cannot be done.
 */
export async function installTree(folder, what) {
	const stamp = join(folder, 'node_modules', '.installed');
	const wanted = fingerprint(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

	// A broken-off installation must not be taken for a finished one.
	rmSync(stamp, { force: true });
	await pnpmInstall(folder, what);
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

async function pnpmInstall(folder, what) {
	const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const progress = progressLine(`Installing ${what} (once)`);
	const { code, output } = await runNpx(
		[
			packageManager,
			'install',
			'--frozen-lockfile',
			'--ignore-scripts',
			'--reporter=append-only',
			// Both would otherwise depend on the caller: on NODE_ENV, and on somebody to answer.
			'--prod=false',
			'--config.confirm-modules-purge=false',
		],
		folder,
		(text) => progress.update(/Progress: .*/.exec(text)?.[0]),
	);
	progress.end();
	if (code === 0) return;

	console.error(
		noConnection.test(output)
			? `No connection to the npm registry, where ${what} would come from. Check the network, the\n` +
					'proxy settings and `npm config get registry`, then run the command again. It is needed\n' +
					'this once only.'
			: `Installing ${what} ended with code ${code}:\n${output}`,
	);
	process.exit(1);
}

/** The end of the output is kept for the message, should one be needed. */
function runNpx(args, cwd, onText) {
	const child = spawn('npx', ['--yes', ...args], {
		cwd,
		// On a broken connection npm by default waits for more than a minute before it says so.
		env: {
			npm_config_fetch_retry_mintimeout: '1000',
			npm_config_fetch_retry_maxtimeout: '5000',
			...process.env,
			// `npm run --silent` would pass on its silence, and there would be no cause to show.
			npm_config_loglevel: 'error',
		},
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	const stop = (signal) => {
		child.kill(signal);
		child.once('close', () => process.exit(1));
	};
	process.once('SIGINT', stop).once('SIGTERM', stop);

	let output = '';
	const keep = (chunk) => {
		output = (output + chunk).slice(-4000);
		onText(String(chunk));
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	return new Promise((done) => {
		child.once('error', (error) => done({ code: 1, output: String(error) }));
		child.once('close', (code) => {
			process.off('SIGINT', stop).off('SIGTERM', stop);
			done({ code, output });
		});
	});
}

/** One line that is rewritten on a terminal, and a line now and then anywhere else. */
function progressLine(title) {
	const { stderr } = process;
	const between = stderr.isTTY ? 100 : 5000;
	let shown = Date.now();
	stderr.write(stderr.isTTY ? `${title}…` : `${title}…\n`);
	return {
		update(text) {
			if (text === undefined || Date.now() - shown < between) return;
			shown = Date.now();
			stderr.write(stderr.isTTY ? `\r\x1b[K${title}… ${text}` : `  ${text}\n`);
		},
		end: () => stderr.isTTY && stderr.write('\r\x1b[K'),
	};
}

// As a command: `node scripts/tree.mjs <folder> <what it is>`.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await installTree(resolve(process.argv[2]), process.argv[3]);
}
