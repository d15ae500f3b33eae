import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { readOptions, runScript } from './command.cts';
import { schemaFiles } from './docs/schemas.cts';
import { tableFor } from './docs/tables.cts';

/**
 * Writes the reference tables into the marked sections of the documentation, and the output schemas of
 * the nodes: `npm run docs`. With `--check` it changes nothing and exits with 1 if a file is stale.
 */

const root = join(__dirname, '..');

const SECTION = /(<!-- generated: ([\w ]+) -->).*?(<!-- \/generated -->)/gs;

/**
 * A page with its tables as the code has them.
 *
 * @throws Error if a section has no end, or no table
 */
function withTables(page: string): string {
	const text = contentOf(page);
	const begun = text.split('<!-- generated').length - 1;
	const sections = [...text.matchAll(SECTION)].length;
	if (begun !== sections) throw new Error(`${page}: a generated section has no end, or no name.`);
	return text.replace(
		SECTION,
		(_, begin: string, name: string, end: string) => `${begin}\n\n${tableFor(name)}\n\n${end}`,
	);
}

/** What a file holds; nothing if there is none. */
function contentOf(name: string): string {
	const path = join(root, name);
	return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

async function main(): Promise<void> {
	const { check } = readOptions({ check: { type: 'boolean' } }, 'Usage: npm run docs -- [--check]');
	const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
	const pages = ['README.md', ...docs.map((name) => `docs/${name}`)];
	const wanted = [...pages.map((name) => [name, withTables(name)] as const), ...schemaFiles()];
	const stale: string[] = [];
	for (const [name, source] of wanted) {
		const path = join(root, name);
		const text = await format(source, { ...(await resolveConfig(path)), filepath: path });
		if (text === contentOf(name)) continue;
		stale.push(name);
		if (check) continue;
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
	}
	for (const name of stale) console.log(`${check ? 'stale' : 'written'}: ${name}`);
	if (check && stale.length > 0) {
		console.error("Run 'npm run docs' and commit the result.");
		process.exit(1);
	}
}

runScript(main);
