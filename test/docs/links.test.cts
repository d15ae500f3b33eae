import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { scripts } from '../../package.json';

const root = join(__dirname, '../..');

const pages = ['.', 'docs'].flatMap((folder) =>
	readdirSync(join(root, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);

/** A page without code, in which anything may look like a link or a heading. */
const proseOf = (page: string) =>
	readFileSync(join(root, page), 'utf8')
		.replace(/^\s*```.*?^\s*```$/gms, '')
		.replace(/`(.+?)`/g, '$1');

/** The anchors that GitHub gives to the headings of a page. */
const anchorsIn = (page: string) =>
	[...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
		title
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);

function leadsNowhere(page: string, target: string): boolean {
	const [file = '', anchor] = target.split('#');
	const linked = file === '' ? page : join(dirname(page), file);
	if (!existsSync(join(root, linked))) return true;
	return anchor !== undefined && !anchorsIn(linked).includes(anchor);
}

test.each(pages)('%s links to files and headings, and names npm commands, that exist', (page) => {
	const links = [...proseOf(page).matchAll(/\]\(([^()\s]*)\)/g)].map(([, target = '']) => target);
	const local = links.filter((target) => !target.startsWith('https://'));
	expect(local.filter((target) => leadsNowhere(page, target))).toEqual([]);

	const text = readFileSync(join(root, page), 'utf8');
	const commands = [...text.matchAll(/\bnpm (?:run )?(test\b|(?<=run )[\w:-]+)/g)];
	expect(commands.map(([, name = '']) => name).filter((name) => !(name in scripts))).toEqual([]);
});
