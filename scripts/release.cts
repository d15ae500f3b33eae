import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { filesBelow } from '../test/package/files.cts';
import { missing } from './release/missing.cts';
import type { Manifest } from './release/missing.cts';

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Whether everything is filled in that a release needs: `npm run release:check [-- <tag>]`. */
const problems = missing({
	manifest: JSON.parse(read('package.json')) as Manifest,
	changelog: read('CHANGELOG.md'),
	linked: Object.fromEntries(
		['README.md', ...filesBelow(join(root, 'nodes'), 'nodes/')]
			.filter((path) => /\.(json|md)$/.test(path))
			.map((path) => [path, read(path)]),
	),
	repository: process.env['GITHUB_REPOSITORY'],
	tag: process.argv[2],
});

if (problems.length > 0) {
	const list = problems.map((problem) => `- ${problem}`).join('\n');
	console.error(`Not ready for a release. To be filled in or corrected:\n${list}`);
	process.exit(1);
}
console.log('Ready for a release, as far as can be seen from here.');
