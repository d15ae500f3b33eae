import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.cts';

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly [key: string]: unknown;
}

/**
 * Puts a package, packed, where n8n looks for it, step by step as n8n's own installation
 * does (n8n: packages/cli/src/modules/community-packages/community-packages.service.ts), with one
 * difference: the tarball is here already and needs no registry.
 */
export async function installCommunityPackage(
	tarball: string,
	userFolder: string,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n/nodes');
	const { name } = await manifestIn(tarball, nodesFolder);
	const folder = join(nodesFolder, 'node_modules', name);
	mkdirSync(folder, { recursive: true });
	await runCommand({
		what: 'Unpacking the package',
		file: 'tar',
		args: ['-xzf', tarball, '-C', folder, '--strip-components=1'],
		cwd: nodesFolder,
	});

	const path = join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
	const ignored = ['devDependencies', 'peerDependencies', 'optionalDependencies'];
	writeJson(
		path,
		Object.fromEntries(Object.entries(manifest).filter(([key]) => !ignored.includes(key))),
	);
	await runCommand({
		what: 'Installing what the package needs',
		file: 'npm',
		args: [
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		cwd: folder,
		env,
	});
	addInstalled(join(nodesFolder, 'package.json'), manifest);
}

async function manifestIn(tarball: string, cwd: string): Promise<Manifest> {
	const text = await runCommand({
		what: 'Reading the package',
		file: 'tar',
		args: ['-xzOf', tarball, 'package/package.json'],
		cwd,
	});
	return JSON.parse(text) as Manifest;
}

/** Where n8n keeps the list of what is installed. */
function addInstalled(path: string, { name, version }: Manifest): void {
	const { dependencies } = existsSync(path)
		? (JSON.parse(readFileSync(path, 'utf8')) as { dependencies: object })
		: { dependencies: {} };
	writeJson(path, {
		name: 'installed-nodes',
		private: true,
		dependencies: { ...dependencies, [name]: version },
	});
}

function writeJson(path: string, value: unknown): void {
	writeFileSync(path, JSON.stringify(value, null, 2));
}
