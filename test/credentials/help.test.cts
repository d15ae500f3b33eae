import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { CodexData, ICredentialType } from 'n8n-workflow';

import manifest from '../../package.json';

const ROOT = join(__dirname, '../..');
const REPOSITORY = manifest.homepage;
const HEADING = 'Where to get the key or token';
const requireFile = createRequire(__filename);
const sources = (paths: string[], ending: string) =>
	paths.map((path) => join(ROOT, path.replace('dist/', '').replace(/\.js$/, ending)));

const credentials = sources(manifest.n8n.credentials, '.ts').map((file) => {
	const [Type] = Object.values(requireFile(file) as Record<string, new () => ICredentialType>);
	if (!Type) throw new Error(`${file} exports nothing`);
	return new Type();
});
const codexes = sources(manifest.n8n.nodes, '.json').map(
	(file) => JSON.parse(readFileSync(file, 'utf8')) as CodexData & { node: string },
);

/** The page of ours that an address leads to. */
function pageAt(url = ''): string {
	const [, file] = /\/blob\/main\/(docs\/[a-z]+\.md)(#|$)/.exec(url) ?? [];
	return readFileSync(join(ROOT, file ?? 'README.md'), 'utf8');
}

describe.each(credentials.map((type) => [type.name, type] as const))('%s', (_, type) => {
	it('begins with what is needed, and links to the steps on our page', () => {
		const [notice] = type.properties;
		const { documentationUrl = '' } = type;
		expect(notice).toMatchObject({ type: 'notice' });
		expect(notice?.displayName.match(/href="([^"]*)"/)?.[1]).toBe(documentationUrl);
		expect(documentationUrl).toContain(`${REPOSITORY}/blob/main/docs/`);
		expect(documentationUrl).toMatch(new RegExp(`#${HEADING.toLowerCase().replaceAll(' ', '-')}$`));
		expect(pageAt(documentationUrl)).toContain(`## ${HEADING}\n`);
	});
});

it.each(codexes)('the help of $node is ours', ({ resources }) => {
	const { primaryDocumentation = [], credentialDocumentation = [] } = resources ?? {};
	const urls = [...primaryDocumentation, ...credentialDocumentation].map(({ url }) => url);
	expect(urls).toHaveLength(2);
	for (const url of urls) {
		expect(url.startsWith(REPOSITORY)).toBe(true);
		expect(pageAt(url)).not.toBe('');
	}
});
