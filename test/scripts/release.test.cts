import { missing, type Release } from '../../scripts/release/missing.cts';

const ready: Release = {
	manifest: {
		version: '1.2.3',
		homepage: 'https://github.com/acme/offboarding#readme',
		repository: { url: 'git+https://github.com/acme/offboarding.git' },
		bugs: { url: 'https://github.com/acme/offboarding/issues' },
		author: { email: 'kim.lee@acme.example' },
	},
	changelog: '# Changelog\n\n## 1.2.3, 2026-12-01\n\n- First.\n',
	linked: { 'nodes/A.node.json': '{ "url": "https://github.com/acme/offboarding" }' },
};
const STAND_IN = 'n8n-nodes-offboarding/n8n-nodes-offboarding';

const withManifest = (changes: Partial<Release['manifest']>): Release => ({
	...ready,
	manifest: { ...ready.manifest, ...changes },
});

test.each<[string, Release]>([
	['by hand', ready],
	['on GitHub, for a tag', { ...ready, repository: 'acme/offboarding', tag: 'v1.2.3' }],
	[
		'in the repository whose name stands in before',
		{
			...withManifest({
				homepage: `https://github.com/${STAND_IN}`,
				repository: { url: `git+https://github.com/${STAND_IN}.git` },
			}),
			repository: STAND_IN,
		},
	],
])('misses nothing in a package that is ready: %s', (_, release) => {
	expect(missing(release)).toEqual([]);
});

test.each<[string, Release, string]>([
	['a repository', withManifest({ repository: {} }), "'repository.url' in package.json must be"],
	[
		'a repository on GitHub',
		withManifest({ repository: { url: 'git+https://example.org/a/b.git' } }),
		"'repository.url' in package.json must be",
	],
	[
		'a repository that is not made up',
		withManifest({ repository: { url: `git+https://github.com/${STAND_IN}.git` } }),
		"'repository.url' in package.json is made up",
	],
	[
		'the repository that publishes',
		{ ...ready, repository: 'lee/offboarding' },
		'names acme/offboarding, and this runs in lee/offboarding',
	],
	['a homepage', withManifest({ homepage: '' }), "'homepage' in package.json must be"],
	[
		'a homepage that is not made up',
		withManifest({ homepage: `https://github.com/${STAND_IN}` }),
		"'homepage' in package.json leads to",
	],
	['a bug tracker', withManifest({ bugs: {} }), "'bugs.url' in package.json must be"],
	[
		'a bug tracker that is not made up',
		withManifest({ bugs: { url: `https://github.com/${STAND_IN}/issues` } }),
		"'bugs.url' in package.json leads to",
	],
	[
		'links of a node that are not made up',
		{ ...ready, linked: { 'nodes/A.node.json': `"https://github.com/${STAND_IN}#readme"` } },
		'nodes/A.node.json leads to',
	],
	['an author', withManifest({ author: {} }), "'author.email' in package.json must be"],
	[
		'an address of the author',
		withManifest({ author: { email: 'n8n-nodes-offboarding@users.noreply.github.com' } }),
		"'author.email' in package.json must be",
	],
	[
		'a date',
		{ ...ready, changelog: '## 1.2.3, not yet released\n\n## 1.2.2, 2026-01-01\n' },
		"CHANGELOG.md must have the heading '## 1.2.3, ",
	],
	['its own tag', { ...ready, tag: 'v1.2.4' }, 'The tag is v1.2.4, and the version'],
	['a whole tag', { ...ready, tag: '1.2.3' }, 'The tag is 1.2.3, and the version'],
])('misses %s', (_, release, sentence) => {
	expect(missing(release)).toEqual([expect.stringContaining(sentence)]);
});

test('misses all of it at once in a package that is nobody’s', () => {
	expect(missing({ manifest: { version: '1.2.3' }, changelog: '', linked: {} })).toHaveLength(5);
});
