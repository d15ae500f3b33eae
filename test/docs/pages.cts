import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../package/packed.cts';

/** Folders that hold no page of ours. */
const FOREIGN = /^(node_modules|dist|coverage|reports|\.(?!github$).*)$/;

/** Paths of all pages of this repository, from its root. */
export function pagePaths(folder = ''): string[] {
	return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) return FOREIGN.test(entry.name) ? [] : pagePaths(path);
		return entry.name.endsWith('.md') ? [path] : [];
	});
}

/** A file of this repository. */
export function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}
