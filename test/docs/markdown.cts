/** What the tests of the documentation read of a page. */

export interface Heading {
	readonly level: number;
	readonly title: string;
}

export interface Table {
	readonly header: readonly string[];
	readonly rows: ReadonlyArray<readonly string[]>;
}

export interface Link {
	readonly text: string;
	readonly target: string;
	readonly isPicture: boolean;
}

const FENCED = /^```[^\n]*\n(.*?)^```$/gms;
const IN_LINE = /`([^`\n]+)`/g;

/** All that stands between backticks, in lines and in blocks. */
export function codeIn(markdown: string): string[] {
	const blocks = [...markdown.matchAll(FENCED)].map(([, code = '']) => code.trim());
	const inLine = [...markdown.replace(FENCED, '').matchAll(IN_LINE)].map(([, code = '']) => code);
	return [...blocks, ...inLine];
}

/** A page without the code in it, which may look like anything. */
export function proseIn(markdown: string): string {
	return markdown.replace(FENCED, '').replace(IN_LINE, 'code');
}

export function headingsIn(markdown: string): Heading[] {
	return [...markdown.replace(FENCED, '').matchAll(/^(#+) (.+)$/gm)].map(
		([, marks = '', title = '']) => ({ level: marks.length, title: plain(title) }),
	);
}

/** The anchors that GitHub and npm give to the headings of a page. */
export function anchorsIn(markdown: string): Set<string> {
	const anchors = new Set<string>();
	for (const { title } of headingsIn(markdown)) {
		const anchor = title
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-');
		const sameBefore = [...anchors].filter((known) => known.replace(/-\d+$/, '') === anchor).length;
		anchors.add(sameBefore === 0 ? anchor : `${anchor}-${sameBefore}`);
	}
	return anchors;
}

/**
 * All links and pictures of a page.
 *
 * @throws Error if there is one that it cannot read: passed over, it would never be checked
 */
export function linksIn(markdown: string): Link[] {
	const prose = proseIn(markdown);
	const links = [...prose.matchAll(/(!?)\[([^\][]*)\]\(([^()\s]+)\)/g)].map(
		([, mark, text = '', target = '']) => ({ text, target, isPicture: mark === '!' }),
	);
	const beginnings = prose.split('](').length - 1;
	if (beginnings !== links.length || /^\[[^\]]+\]:|<(a|img)\b/m.test(prose)) {
		throw new Error('a link that is not of the form [text](target)');
	}
	return links;
}

/** What stands under a heading, up to the next one of its level. */
export function sectionOf(markdown: string, title: string): string {
	const [, marks = ''] = new RegExp(`^(#+) ${title}$`, 'm').exec(markdown) ?? [];
	if (marks === '') throw new Error(`no heading '${title}'`);
	const [, after = ''] = markdown.split(new RegExp(`^${marks} ${title}$`, 'm'));
	return after.split(new RegExp(`^#{1,${marks.length}} `, 'm'))[0] ?? '';
}

/** The table whose first column has this heading. */
export function tableIn(markdown: string, firstColumn: string): Table {
	const table = tablesIn(markdown).find(({ header }) => header[0] === firstColumn);
	if (!table) throw new Error(`no table with a first column '${firstColumn}'`);
	return table;
}

function tablesIn(markdown: string): Table[] {
	return [...markdown.matchAll(/(^\|.*\|\n)+/gm)].map(([lines]) => {
		const [header = [], , ...rows] = lines.trim().split('\n').map(cellsOf);
		return { header, rows };
	});
}

function cellsOf(line: string): string[] {
	return line.slice(1, -1).split('|').map(plain);
}

/** The entries of a column, by those of the first. */
export function columnOf(table: Table, heading: string): Map<string, string> {
	const index = table.header.indexOf(heading);
	if (index < 0) throw new Error(`no column '${heading}'`);
	return new Map(table.rows.map((row) => [row[0] ?? '', row[index] ?? '']));
}

/** The first column, as it is: an entry that is there twice comes twice. */
export function namesIn(table: Table): string[] {
	return table.rows.map(([name = '']) => name);
}

/** A text without its markup. */
function plain(markdown: string): string {
	return markdown
		.replace(/!?\[([^\][]*)\]\([^()\s]+\)/g, '$1')
		.replace(/\*\*|`/g, '')
		.replace(/(?<!\w)_([^_]+)_(?!\w)/g, '$1')
		.trim();
}
