import { join } from 'node:path';
import { runCommand } from './command.cts';

/**
 * Puts a package, packed, where n8n looks for it. It needs no registry: the tarball is here, and
 * what the package expects n8n to provide is left out, as in n8n's own installation.
 */
export async function installCommunityPackage(
	tarball: string,
	userFolder: string,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	await runCommand({
		what: 'Installing the package',
		file: 'npm',
		args: [
			'install',
			'--audit=false',
			'--fund=false',
			'--ignore-scripts',
			'--legacy-peer-deps',
			'--package-lock=false',
			tarball,
		],
		cwd: join(userFolder, '.n8n/nodes'),
		env,
	});
}
