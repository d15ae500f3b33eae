/**
 * Runs a TypeScript file of this repository: `node scripts/setup.mjs <file.cts> [arguments…]`.
 *
 * On a fresh clone it first installs the development tools, so that any npm script can be the first
 * command. The file then runs in this process, which gives it the terminal, the signals and the
 * exit code without any passing on. Plain Node, and nothing but the version check up front: an older
 * Node must get as far as the message.
 */
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [, wanted] = /(\d+)/.exec(engines.node);
if (Number(process.versions.node.split('.')[0]) < Number(wanted)) {
	console.error(
		`This needs Node ${wanted} or newer, and this is Node ${process.versions.node} (${process.execPath}).\n` +
			'Install a newer one from nodejs.org or with a version manager, then run the command again.',
	);
	process.exit(1);
}

const { runTypeScript } = await import('./typescript.mjs');
await runTypeScript(process.argv[2], process.argv.slice(3));
