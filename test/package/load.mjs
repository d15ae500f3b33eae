/**
 * Loads a package as n8n does at its start: `node load.mjs '"<folder>"'`. Prints what n8n then knows
 * as JSON. A program of its own, for Node's module resolution instead of jest's.
 */
import { PackageDirectoryLoader } from 'n8n-core';

const loader = new PackageDirectoryLoader(JSON.parse(process.argv[2]));
await loader.loadAll();

const nodes = Object.values(loader.nodeTypes).map(({ type }) => ({
	description: type.description,
	executes: typeof type.execute === 'function',
	credentialTests: Object.keys(type.methods?.credentialTest ?? {}),
}));
console.log(JSON.stringify({ nodes, credentials: Object.keys(loader.credentialTypes) }));
