import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { scripts } from '../../package.json';

const root = join(__dirname, '../..');

const pages = ['.', 'docs'].flatMap((folder) =>
	readdirSync(join(root, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);

const read = (page: string) => readFileSync(join(root, page), 'utf8');

const FENCED = /^\s*```.*?^\s*```$/gms;

/** A page without code, in which anything may look like a link or a heading. */
const proseOf = (page: string) =>
	read(page)
		.replace(FENCED, '')
		.replace(/`[^`\n]+`/g, 'code');

/** The anchors that GitHub gives to the headings of a page. */
function anchorsIn(page: string): string[] {
	const headings = read(page)
		.replace(FENCED, '')
		.matchAll(/^#+ (.+)$/gm);
	return [...headings].map(([, title = '']) =>
		title
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);
}

/** The targets of links and pictures inside the repository. */
function targetsIn(page: string): string[] {
	const links = [...proseOf(page).matchAll(/\]\(([^()\s]*)\)/g)].map(([, target = '']) => target);
	return links.filter((target) => !target.startsWith('https://'));
}

function leadsNowhere(page: string, target: string): boolean {
	const [file = '', anchor] = target.split('#');
	const linked = file === '' ? page : normalize(join(dirname(page), file));
	if (!existsSync(join(root, linked))) return true;
	return anchor !== undefined && !anchorsIn(linked).includes(anchor);
}

describe.each(pages)('%s', (page) => {
	it('links to files, pictures and headings that exist', () => {
		expect(targetsIn(page).filter((target) => leadsNowhere(page, target))).toEqual([]);
	});

	it('has no link of another form, which would not be checked', () => {
		expect(proseOf(page)).not.toMatch(/\]\((?![^()\s]*\))|^\[[^\]]+\]:|<(a|img)\b/m);
	});

	it('has each heading once, so that its anchor is certain', () => {
		expect(anchorsIn(page)).toEqual([...new Set(anchorsIn(page))]);
	});

	it('names npm commands that exist', () => {
		const commands = [...read(page).matchAll(/\bnpm (?:run )?(test\b|(?<=run )[\w:-]+)/g)];
		const names = commands.map(([, name = '']) => name);
		expect(names.filter((name) => !(name in scripts))).toEqual([]);
	});
});
