import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

import { preProcessFile } from 'typescript';

import { filesBelow } from './files.cts';
import { manifestOf, packed, root } from './packed.cts';

const { tarball, installed } = packed();
const files = filesBelow(installed);
const manifest = manifestOf(installed);

/** What the compiler and gulp make of the files in a folder of the sources. */
const builtFrom = (folder: string) =>
	filesBelow(join(root, folder), `dist/${folder}/`).map((path) => path.replace(/\.ts$/, '.js'));

describe('the packed tarball', () => {
	it('holds what the sources make, and nothing left over from another build', () => {
		const built = ['credentials', 'icons', 'nodes'].flatMap(builtFrom);
		expect(files).toEqual(['LICENSE', 'README.md', ...built, 'package.json'].sort());
	});

	it('holds no other kinds of files than n8n needs', () => {
		const wanted = [
			/^(package\.json|README\.md|LICENSE)$/,
			/^dist\/(credentials|nodes)\/(\w+\/){0,3}\w+(\.node|\.credentials)?\.js$/,
			/^dist\/nodes\/(\w+)\/\1\.node\.json$/,
			/^dist\/nodes\/\w+\/__schema__\/v1\.0\.0\/user\/\w+\.json$/,
			/^dist\/icons\/\w+(\.dark)?\.svg$/,
		];
		expect(files.filter((file) => !wanted.some((kind) => kind.test(file)))).toEqual([]);
	});

	it('is small', () => {
		expect(statSync(tarball).size).toBeLessThan(150_000);
	});

	it('brings no dependencies along and takes n8n-workflow from the host', () => {
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

	it('requires only what it holds and what every host provides', () => {
		const required = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => requiredBy(file).map((name) => ({ file, name })));
		const foreign = required.filter(({ file, name }) =>
			name.startsWith('.')
				? !files.includes(`${posix.join(posix.dirname(file), name)}.js`)
				: !['n8n-workflow', 'zod'].includes(name),
		);
		expect(foreign).toEqual([]);
		// Else the search itself may be what found nothing.
		expect(required).toContainEqual({
			file: expect.stringMatching(/^dist\/nodes\//) as string,
			name: 'zod',
		});
	});
});

function requiredBy(file: string): string[] {
	const source = readFileSync(join(installed, file), 'utf8');
	const { importedFiles } = preProcessFile(source, true, true);
	return importedFiles.map(({ fileName }) => fileName);
}
