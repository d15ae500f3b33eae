/**
 * Loads packages as n8n does at its start: `node load.mjs '["<folder>", …]'`. Prints what n8n then
 * knows of each, and which files it took, as JSON. A program of its own, for Node's module resolution
 * instead of jest's.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve, sep } from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';

const load = createRequire(import.meta.url);

/** The files of a package that are loaded by now. */
const loadedOf = (folder) =>
	Object.keys(load.cache).filter((path) => path.startsWith(folder + sep));

const loaded = [];
for (const folder of JSON.parse(process.argv[2])) {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();

	const nodes = Object.values(loader.nodeTypes).map(({ type }) => ({
		description: type.description,
		executes: typeof type.execute === 'function',
		credentialTests: Object.keys(type.methods?.credentialTest ?? {}),
	}));
	// What they import on demand, and whatever that imports.
	const seen = new Set();
	for (let path; (path = loadedOf(folder).find((one) => !seen.has(one))); seen.add(path)) {
		for (const [, file] of readFileSync(path, 'utf8').matchAll(/require\(['"](\..+?)['"]\)/g)) {
			load(resolve(dirname(path), file));
		}
	}
	const files = [...seen].map((path) => path.slice(folder.length + 1).replaceAll(sep, '/'));
	loaded.push({ nodes, credentials: Object.keys(loader.credentialTypes), files });
}
console.log(JSON.stringify(loaded));
