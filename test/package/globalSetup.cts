import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../host/cleanup.cts';
import { packPackage } from '../host/pack.cts';
import { root, useFolder } from './packed.cts';

/** What a host provides. Nothing else can be required from the installed package. */
const hostModules = ['n8n-workflow', 'zod'];

/** Unpacks a tarball of npm into a folder, which is made. */
export function unpack(tarball: string, folder: string): void {
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/**
 * Packs the package once for all files of this layer, and lays it out as on a host. The folder goes
 * when jest ends.
 */
export default async function packOnce(): Promise<void> {
	const { folder } = temporaryFolder();
	const { tarball, installed, modules } = useFolder(folder);

	renameSync(await packPackage(folder), tarball);
	unpack(tarball, installed);

	mkdirSync(modules);
	for (const name of hostModules) {
		symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
	}
}
