import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { format, resolveConfig } from 'prettier';

import { tableFor } from './docs/tables.cts';

/**
 * Writes the reference tables into the marked sections of the documentation: `npm run docs`. With
 * `--check` it changes nothing and exits with 1 if a page is stale.
 */

const root = join(__dirname, '..');

const SECTION = /(<!-- generated: ([\w ]+) -->).*?(<!-- \/generated -->)/gs;

/**
 * A page with its tables as the code has them, formatted.
 *
 * @throws Error if a section has no end, or no table
 */
async function upToDate(path: string, text: string): Promise<string> {
	const begun = text.split('<!-- generated').length - 1;
	const sections = [...text.matchAll(SECTION)].length;
	if (begun !== sections) throw new Error('A generated section has no end, or no name.');
	const filled = text.replace(
		SECTION,
		(_, begin: string, name: string, end: string) => `${begin}\n\n${tableFor(name)}\n\n${end}`,
	);
	return await format(filled, { ...(await resolveConfig(path)), filepath: path });
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
	const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
	const stale: string[] = [];
	for (const page of ['README.md', ...docs.map((name) => `docs/${name}`)]) {
		const path = join(root, page);
		const text = readFileSync(path, 'utf8');
		const wanted = await upToDate(path, text).catch((error: unknown) => {
			throw new Error(`${page}: ${error instanceof Error ? error.message : String(error)}`);
		});
		if (wanted === text) continue;
		stale.push(page);
		if (!values.check) writeFileSync(path, wanted);
	}
	for (const page of stale) console.log(`${values.check ? 'stale' : 'written'}: ${page}`);
	if (values.check && stale.length > 0) {
		console.error("Run 'npm run docs' and commit the result.");
		process.exit(1);
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
