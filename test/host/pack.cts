import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.cts';
import { Problem } from './problem.cts';

const root = join(__dirname, '../..');

/** Builds the package and packs it as for npm. Returns the tarball, which is put into the folder. */
export async function packPackage(folder: string): Promise<string> {
	await runCommand({
		what: 'Building the package',
		file: 'npm',
		args: ['run', 'build'],
		cwd: root,
	});
	return await packFolder(root, folder);
}

/** Packs what is in a folder as for npm. Returns the tarball, which is put into the other folder. */
export async function packFolder(source: string, folder: string): Promise<string> {
	await runCommand({
		what: 'Packing the package',
		file: 'npm',
		args: ['pack', '--ignore-scripts', '--pack-destination', folder],
		cwd: source,
	});
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Problem(`npm pack left no tarball in ${folder}.`);
	return join(folder, tarball);
}
