import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { missing, type Release } from '../../scripts/release/missing.cts';

const STAND_IN = 'n8n-nodes-offboarding/n8n-nodes-offboarding';

const manifestIn = (repository: string): Release['manifest'] => ({
	version: '1.2.3',
	homepage: `https://github.com/${repository}#readme`,
	repository: { url: `git+https://github.com/${repository}.git` },
	bugs: { url: `https://github.com/${repository}/issues` },
	author: { email: 'kim.lee@example.org' },
});
const manifest = manifestIn('acme/offboarding');
const ready: Release = { manifest, changelog: '## 1.2.3, 2026-12-01\n', linked: {} };

test.each<[string, Release]>([
	['by hand', ready],
	['on GitHub, for a tag', { ...ready, repository: 'acme/offboarding', tag: 'v1.2.3' }],
	['for an owner of that name', { ...ready, manifest: manifestIn(STAND_IN), repository: STAND_IN }],
])('a package that is ready can be released: %s', (_, release) => {
	expect(missing(release)).toEqual([]);
});

test.each<[string, Partial<Release>, string[]]>([
	[
		'the fields that only the owner can fill in',
		{ manifest: { version: '1.2.3' } },
		["'repository.url'", "'homepage'", "'bugs.url'", "'author.email'"],
	],
	[
		'fields that are made up',
		{
			manifest: {
				...manifestIn(STAND_IN),
				author: { email: 'n8n-nodes-offboarding@users.noreply.github.com' },
			},
			linked: { 'nodes/A.node.json': `"https://github.com/${STAND_IN}#readme"` },
		},
		["'repository.url'", "'homepage'", "'bugs.url'", 'nodes/A.node.json', "'author.email'"],
	],
	[
		'another repository than the one that publishes',
		{ repository: 'lee/offboarding' },
		["'repository.url' in package.json names acme/offboarding"],
	],
	['a version without a date', { changelog: '## 1.2.3, not yet released\n' }, ['CHANGELOG.md']],
	['the tag of another version', { tag: 'v1.2.4' }, ['The tag is v1.2.4']],
	['a tag without the v', { tag: '1.2.3' }, ['The tag is 1.2.3']],
])('a release is refused for %s', (_, changes, problems) => {
	expect(missing({ ...ready, ...changes })).toEqual(
		problems.map((problem) => expect.stringContaining(problem) as string),
	);
});

describe('the workflows on GitHub', () => {
	const folder = join(__dirname, '../../.github/workflows');
	const all = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
	const publish = readFileSync(join(folder, 'publish.yml'), 'utf8');

	test('use actions by commit, keep no token, and hold no right to write but the proof of identity', () => {
		for (const [, action] of all.join('\n').matchAll(/\buses: (?!\.\/)(.+)/g)) {
			expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
		const checkouts = all.join('\n').split('uses: actions/checkout@').slice(1);
		for (const step of checkouts)
			expect(step).toMatch(/^.+\n +with:\n +persist-credentials: false/);
		expect(all.join('\n').match(/: write(-all)?\b|\bsecrets\./g)).toEqual([': write']);
		for (const workflow of all)
			expect(workflow).toMatch(/^permissions:( \{\}|\n {2}contents: read)\n/m);
	});

	test('publish a tag on main that is the version, tested and approved', () => {
		const [, pack = '', last = ''] = publish.split(/^ {2}(?:pack|publish):$/m);
		expect(pack).toMatch(
			/merge-base --is-ancestor HEAD origin\/main\n[^]+ release:check -- "\$GITHUB_REF_NAME"/,
		);
		expect(last).toMatch(
			/^ {4}needs: \[test, pack\]$[^]+^ {4}environment: npm$[^]+^ {6}id-token: write$/m,
		);
	});
});
