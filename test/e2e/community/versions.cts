import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packs the same package once more under another version. */
export function packAs(tarball: string, version: string, folder: string): string {
	const content = join(folder, version);
	mkdirSync(content);
	execFileSync('tar', ['-xzf', tarball], { cwd: content });
	const path = join(content, 'package/package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
	writeFileSync(path, JSON.stringify({ ...manifest, version }, null, 2));
	const packed = join(folder, `package-${version}.tgz`);
	execFileSync('tar', ['-czf', packed, 'package'], { cwd: content });
	return packed;
}
