import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import manifest from '../package.json';
import { filesBelow } from '../test/package/files.cts';

/** Whether everything is filled in that a release needs: `npm run release:check [-- <tag>]`. */

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What stands in for the owner on GitHub until there is one. */
const STAND_IN = 'n8n-nodes-offboarding';
const { version, homepage, repository, bugs, author } = manifest;
const publisher = process.env['GITHUB_REPOSITORY'];
const tag = process.argv[2];

/** Should the owner take that very name, the repository that this runs in is the proof. */
const isMadeUp = (text: string) =>
	text.includes(`github.com/${STAND_IN}/`) && publisher?.startsWith(`${STAND_IN}/`) !== true;

const [, named] = /^git\+https:\/\/github\.com\/([\w-]+\/[\w.-]+)\.git$/.exec(repository.url) ?? [];
const linked = ['README.md', ...filesBelow(join(root, 'nodes'), 'nodes/')]
	.filter((path) => /\.(json|md)$/.test(path))
	.map((path) => [path, read(path)] as const);
const isDated = new RegExp(`^## ${version.replaceAll('.', '\\.')}, \\d{4}-\\d\\d-\\d\\d$`, 'm');

/** Each fault, and whether it is there. */
const faults: ReadonlyArray<readonly [fault: string, isThere: boolean]> = [
	[
		"'repository.url' in package.json must be git+https://github.com/<owner>/<name>.git.",
		named === undefined,
	],
	// npm refuses the provenance of any other repository than the one that publishes.
	[
		`'repository.url' in package.json names ${named}, and this runs in ${publisher}.`,
		publisher !== undefined && named !== publisher,
	],
	...[
		["'repository.url' in package.json", repository.url] as const,
		["'homepage' in package.json", homepage] as const,
		["'bugs.url' in package.json", bugs.url] as const,
		...linked,
	].map(
		([place, text]) => [`${place} leads to a repository that is made up.`, isMadeUp(text)] as const,
	),
	[
		"'author.email' in package.json must be an address at which the author is reached.",
		!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(author.email) || author.email.startsWith(`${STAND_IN}@`),
	],
	[
		`CHANGELOG.md must have the heading '## ${version}, <YYYY-MM-DD>'.`,
		!isDated.test(read('CHANGELOG.md')),
	],
	[
		`The tag is ${tag}, and the version in package.json is ${version}.`,
		tag !== undefined && tag.replace(/^\w+-/, '') !== `v${version}`,
	],
];

const found = faults.filter(([, isThere]) => isThere).map(([fault]) => `- ${fault}`);
if (found.length > 0) {
	console.error(`Not ready for a release. To be filled in or corrected:\n${found.join('\n')}`);
	process.exit(1);
}
console.log('Ready for a release, as far as can be seen from here.');
