import { join } from 'node:path';

import { runCommand } from '../host/command.cts';
import packOnce, { unpack } from './globalSetup.cts';
import { root, servicePackages, servicesFolder } from './packed.cts';

/** Packs the package and those of single services, once for all files of this layer. */
export default async function packAll(): Promise<void> {
	await packOnce();
	const script = ['scripts/setup.mjs', 'scripts/packageServices.cts'].map((path) =>
		join(root, path),
	);
	await runCommand({
		what: 'Making the packages of single services',
		file: process.execPath,
		args: [...script, '--built', '--to', servicesFolder()],
		cwd: root,
	});
	for (const { tarball, installed } of servicePackages()) unpack(tarball, installed);
}
