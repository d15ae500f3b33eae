import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CodexData } from 'n8n-workflow';

import manifest from '../../package.json';
import { packageCredentials } from '../harness/packageTypes.cts';

const ROOT = join(__dirname, '../..');
const REPOSITORY = manifest.homepage;
const HEADING = 'Where to get the key or token';

const credentials = [...packageCredentials().values()].filter(({ name }) => name !== 'oAuth2Api');
const codexes = manifest.n8n.nodes.map((path) => {
	const file = join(ROOT, path.replace(/^dist(.+)js$/, '$1json'));
	return JSON.parse(readFileSync(file, 'utf8')) as CodexData & { node: string };
});

/** The page of ours that an address leads to. */
function pageAt(url = ''): string {
	const [, file] = /\/blob\/main\/(docs\/[a-z]+\.md)(#|$)/.exec(url) ?? [];
	return readFileSync(join(ROOT, file ?? 'README.md'), 'utf8');
}

it.each(credentials)(
	'$name begins with what is needed, and links to the steps on our page',
	({ properties: [notice], documentationUrl = '' }) => {
		expect(notice).toMatchObject({ type: 'notice' });
		expect(notice?.displayName.match(/href="([^"]*)"/)?.[1]).toBe(documentationUrl);
		expect(documentationUrl).toContain(`${REPOSITORY}/blob/main/docs/`);
		expect(documentationUrl).toMatch(new RegExp(`#${HEADING.toLowerCase().replaceAll(' ', '-')}$`));
		expect(pageAt(documentationUrl)).toContain(`## ${HEADING}\n`);
	},
);

it.each(codexes)('the help of $node is ours', ({ resources }) => {
	const { primaryDocumentation = [], credentialDocumentation = [] } = resources ?? {};
	const urls = [...primaryDocumentation, ...credentialDocumentation].map(({ url }) => url);
	expect(urls).toHaveLength(2);
	for (const url of urls) {
		expect(url.startsWith(REPOSITORY)).toBe(true);
		expect(pageAt(url)).not.toBe('');
	}
});
