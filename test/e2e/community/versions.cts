import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../host/command.cts';

/** Packs the same package once more under another version. */
export async function packAs(tarball: string, version: string, folder: string): Promise<string> {
	const content = join(folder, version);
	mkdirSync(content);
	const tar = async (...args: string[]): Promise<string> =>
		await runCommand({ what: `Packing version ${version}`, file: 'tar', args, cwd: content });

	await tar('-xzf', tarball);
	const path = join(content, 'package/package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
	writeFileSync(path, JSON.stringify({ ...manifest, version }, null, 2));
	const packed = join(folder, `package-${version}.tgz`);
	await tar('-czf', packed, 'package');
	return packed;
}
