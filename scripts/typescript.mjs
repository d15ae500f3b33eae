import { existsSync } from 'node:fs';
import { runMain } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installTree } from './tree.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes sure that the development tools are installed, then runs a TypeScript file as the main
 * module of this process.
 */
export async function runTypeScript(file, args) {
	if (file === undefined || !existsSync(file)) {
		console.error(`Usage: node scripts/setup.mjs <file.cts> [arguments…]. No such file: ${file}`);
		process.exit(1);
	}
	await installTree(root, 'the development tools');

	// Only now: tsx is one of the development tools.
	const { register } = await import('tsx/cjs/api');
	register();
	process.argv = [process.execPath, resolve(file), ...args];
	runMain();
}
