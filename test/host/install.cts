import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runCommand } from './command.cts';
import { compileNatives } from './natives.cts';
import { Problem } from './problem.cts';

/** The two ends of what is supported. Each has a folder with its lock file. */
export const HOST_NAMES = ['newest', 'oldest'] as const;
export type HostName = (typeof HOST_NAMES)[number];

/** The real n8n and the Node that runs it. */
export interface Host {
	readonly name: HostName;
	readonly node: string;
	readonly nodeVersion: string;
	/** The file that Node runs for the `n8n` command. */
	readonly n8n: string;
	readonly n8nVersion: string;
	/** The folder of the modules that n8n lets community packages use. */
	readonly modules: string;
}

interface Manifest {
	readonly version: string;
	readonly bin: Readonly<Record<string, string>>;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(__dirname, '../..');

/**
 * Installs the n8n of that host's lock file with the Node that belongs to it, whatever Node the
 * machine has: the same on every machine. Takes minutes once, and milliseconds afterwards.
 */
export async function installHost(name: HostName = 'newest'): Promise<Host> {
	const folder = join(__dirname, name);
	await runCommand({
		what: `Installing the ${name} n8n`,
		file: process.execPath,
		args: [join(root, 'scripts/tree.mjs'), folder, `the ${name} n8n`],
		cwd: root,
		showProgress: true,
	});

	const node = findNode(folder);
	// What n8n needs lies beside the folder that the link leads to.
	const n8nFolder = realpathSync(join(folder, 'node_modules/n8n'));
	const n8n = readManifest(n8nFolder);
	await compileNatives(node.binary, node.folder, createRequire(join(n8nFolder, 'package.json')));
	return {
		name,
		node: node.binary,
		nodeVersion: node.version,
		n8n: join(n8nFolder, n8n.bin['n8n'] ?? ''),
		n8nVersion: n8n.version,
		modules: dirname(n8nFolder),
	};
}

/** Of the Node packages, one per system, the installation keeps the one that fits this machine. */
function findNode(hostFolder: string): { folder: string; binary: string; version: string } {
	const names = Object.keys(readManifest(hostFolder).optionalDependencies ?? {});
	const folder = names
		.map((name) => join(hostFolder, 'node_modules', name))
		.find((candidate) => existsSync(candidate));
	if (folder === undefined) {
		throw new Problem(
			`n8n needs its own Node, and there is none for ${process.platform} on ${process.arch}.\n` +
				`There is one for: ${names.join(', ')}.`,
		);
	}
	const { bin, version } = readManifest(folder);
	return { folder, binary: join(folder, bin['node'] ?? ''), version };
}

function readManifest(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
