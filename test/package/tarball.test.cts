import { statSync } from 'node:fs';
import { join } from 'node:path';

import { filesBelow } from './files.cts';
import { allPackages, manifestOf, packed, root } from './packed.cts';

/** What the compiler and gulp make of the files in a folder of the sources. */
const builtFrom = (folder: string) =>
	filesBelow(join(root, folder), `dist/${folder}/`).map((path) => path.replace(/\.ts$/, '.js'));

test('the tarball of all services holds what the sources make, and nothing from an older build', () => {
	const built = ['credentials', 'icons', 'nodes'].flatMap(builtFrom);
	const expected = ['LICENSE', 'README.md', ...built, 'package.json'].sort();
	expect(filesBelow(packed().installed)).toEqual(expected);
});

describe.each(allPackages())('the tarball of $name', ({ tarball, installed }) => {
	const files = filesBelow(installed);
	const manifest = manifestOf(installed);

	it('is small', () => {
		expect(statSync(tarball).size).toBeLessThanOrEqual(90_000);
	});

	it('holds only kinds of files that n8n needs', () => {
		const wanted = [
			/^(package\.json|README\.md|LICENSE)$/,
			/^dist\/(credentials|nodes)\/(\w+\/){0,3}\w+(\.node|\.credentials)?\.js$/,
			/^dist\/nodes\/(\w+)\/\1\.node\.json$/,
			/^dist\/nodes\/\w+\/__schema__\/v1\.0\.0\/user\/\w+\.json$/,
			/^dist\/icons\/\w+(\.dark)?\.svg$/,
		];
		expect(files.filter((file) => !wanted.some((kind) => kind.test(file)))).toEqual([]);
	});

	it('has no dependencies and takes n8n-workflow from the host', () => {
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const kind of ['dependencies', 'optionalDependencies', 'bundleDependencies']) {
			expect(manifest).not.toHaveProperty(kind);
		}
	});

	it.each([
		['nodes', '.node.js'],
		['credentials', '.credentials.js'],
	] as const)('lists all of its %s and no others', (kind, suffix) => {
		expect([...manifest.n8n[kind]].sort()).toEqual(files.filter((file) => file.endsWith(suffix)));
	});
});
