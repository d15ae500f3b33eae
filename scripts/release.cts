import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import manifest from '../package.json';
import { filesBelow } from '../test/package/files.cts';
import { communityPackage } from './communityPackages.cts';

/**
 * Whether everything is filled in that a release needs: `npm run release:check [-- <tag> [<tarball>…]]`.
 * With the packed tarballs, it then prints the release notes.
 */

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What stands in for the owner on GitHub until there is one. */
const STAND_IN = 'n8n-nodes-offboarding';
const { version, repository, author } = manifest;
const publisher = process.env['GITHUB_REPOSITORY'];
const [tag, ...tarballs] = process.argv.slice(2);
const packed = tarballs.map(communityPackage);

/** Should the owner take that very name, the repository that this runs in is the proof. */
const isMadeUp = (text: string) =>
	text.includes(`github.com/${STAND_IN}/`) && publisher?.startsWith(`${STAND_IN}/`) !== true;

const [, named] = /^git\+https:\/\/github\.com\/([\w-]+\/[\w.-]+)\.git$/.exec(repository.url) ?? [];
const linked = ['package.json', 'README.md', ...filesBelow(join(root, 'nodes'), 'nodes/')].filter(
	(path) => /\.(json|md)$/.test(path),
);
const isDated = new RegExp(`^## ${version.replaceAll('.', '\\.')}, \\d{4}-\\d\\d-\\d\\d$`, 'm');

const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(author.email);

const faults = [
	named === undefined &&
		"'repository.url' in package.json must be git+https://github.com/<owner>/<name>.git.",
	// npm refuses the provenance of any other repository than the one that publishes.
	publisher !== undefined &&
		named !== publisher &&
		`'repository.url' in package.json names ${named}, and this runs in ${publisher}.`,
	...linked.map((path) => isMadeUp(read(path)) && `${path} leads to a repository that is made up.`),
	(!isAddress || author.email.startsWith(`${STAND_IN}@`)) &&
		"'author.email' in package.json must be an address at which the author is reached.",
	!isDated.test(read('CHANGELOG.md')) &&
		`CHANGELOG.md must have the heading '## ${version}, <YYYY-MM-DD>'.`,
	tag !== undefined &&
		tag.replace(/^\w+-/, '') !== `v${version}` &&
		`The tag is ${tag}, and the version in package.json is ${version}.`,
	...packed.map(
		(one) =>
			one.version !== version &&
			`The tarball of ${one.name} has version ${one.version}, and the version in package.json is ${version}.`,
	),
];

const found = faults.filter((fault) => fault !== false).map((fault) => `- ${fault}`);
if (found.length > 0) {
	console.error(`Not ready for a release. To be filled in or corrected:\n${found.join('\n')}`);
	process.exit(1);
}
const files = `https://github.com/${named}/blob/${tag}`;
console.log(
	packed.length === 0
		? 'Ready for a release, as far as can be seen from here.'
		: `See [CHANGELOG.md](${files}/CHANGELOG.md) for what changed.

To install this version without the editor, set this in n8n 2.21 or newer, together with the other community packages that you use. See [Hosting](${files}/docs/hosting.md#installation-without-the-editor).

\`\`\`
N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV=true
N8N_COMMUNITY_PACKAGES='${JSON.stringify(packed)}'
\`\`\``,
);
