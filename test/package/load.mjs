/**
 * Loads packages as n8n does at its start: `node load.mjs '["<folder>", …]'`. Prints what n8n then
 * knows of each, and which files it took, as JSON. A program of its own, for Node's module resolution
 * instead of jest's.
 */
import { createRequire } from 'node:module';
import { sep } from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';

const { cache } = createRequire(import.meta.url);
const loaded = [];
for (const folder of JSON.parse(process.argv[2])) {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();

	const nodes = Object.values(loader.nodeTypes).map(({ type }) => ({
		description: type.description,
		executes: typeof type.execute === 'function',
		credentialTests: Object.keys(type.methods?.credentialTest ?? {}),
	}));
	const files = Object.keys(cache)
		.filter((path) => path.startsWith(folder + sep))
		.map((path) => path.slice(folder.length + 1).replaceAll(sep, '/'));
	loaded.push({ nodes, credentials: Object.keys(loader.credentialTypes), files });
}
console.log(JSON.stringify(loaded));
