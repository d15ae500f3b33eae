import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this repository. */
export const root = join(__dirname, '../..');

/** The parts of package.json that n8n and npm act on. */
export interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly peerDependencies?: Readonly<Record<string, string>>;
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

// Of all that jest's set-up knows, only the environment reaches the tests.
const VARIABLE = 'OFFBOARDING_PACKED_FOLDER';

/** Makes a folder the one where `packed` finds the package. */
export function useFolder(folder: string) {
	process.env[VARIABLE] = folder;
	return packed();
}

/** The package as the set-up of this layer packed it. */
export function packed() {
	const folder = process.env[VARIABLE];
	if (folder === undefined) throw new Error('The set-up of the package layer has not run.');
	return {
		folder,
		tarball: join(folder, 'package.tgz'),
		/** The extracted tarball, where n8n installs community packages. */
		installed: join(folder, 'nodes/node_modules/n8n-nodes-offboarding'),
		/** The host's modules, which n8n puts on NODE_PATH. */
		modules: join(folder, 'modules'),
	};
}

/** Where the packages of single services are made. */
export const servicesFolder = (): string => join(packed().folder, 'services');

/** The packages of single services, as the set-up of this layer made them. */
export function servicePackages() {
	const folder = servicesFolder();
	const { version } = manifestOf(root);
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => ({
			name,
			/** Its sources as the scanner wants them, beside its package.json. */
			source: join(folder, name),
			tarball: join(folder, `${name}-${version}.tgz`),
			installed: join(packed().folder, 'installed', name),
		}));
}

/** All packages. */
export function allPackages() {
	const { tarball, installed } = packed();
	return [{ name: manifestOf(root).name, source: root, tarball, installed }, ...servicePackages()];
}

/** The package.json in a folder. */
export function manifestOf(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
