import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/** All files below a folder, as sorted paths with slashes that begin with the prefix. */
export function filesBelow(folder: string, prefix = ''): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
		.map((path) => prefix + path.replaceAll(sep, '/'))
		.sort();
}
