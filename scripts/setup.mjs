/**
 * Runs a TypeScript file of this repository: `node scripts/setup.mjs <file.cts> [arguments…]`.
 *
 * On a fresh clone it first installs the development tools, so that any npm script can be the first
 * command. The file then runs in this process, which gives it the terminal, the signals and the
 * exit code without any passing on. Only what an older Node knows comes before the version check: it
 * must get as far as the message.
 */
import { existsSync, readFileSync } from 'node:fs';
import { runMain } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [, wanted] = /(\d+)/.exec(engines.node);
if (Number(process.versions.node.split('.')[0]) < Number(wanted)) {
	console.error(
		`This needs Node ${wanted} or newer, and this is Node ${process.versions.node} (${process.execPath}).\n` +
			'Install a newer one from nodejs.org or with a version manager, then run the command again.',
	);
	process.exit(1);
}

const [, , file, ...args] = process.argv;
if (file === undefined || !existsSync(file)) {
	console.error(`Usage: node scripts/setup.mjs <file.cts> [arguments…]. No such file: ${file}`);
	process.exit(1);
}
const { installTree } = await import('./tree.mjs');
installTree(fileURLToPath(new URL('..', import.meta.url)), 'the development tools');

const { register } = await import('tsx/cjs/api');
register();
process.argv = [process.execPath, resolve(file), ...args];
runMain();
