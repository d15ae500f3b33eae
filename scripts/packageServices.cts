import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';
import { preProcessFile } from 'typescript';

import manifest from '../package.json';
import { runCommand } from '../test/host/command.cts';
import { filesBelow } from '../test/package/files.cts';
import { readOptions, runScript } from './command.cts';
import { credentialsOf, nodes } from './docs/source.cts';

/**
 * Makes a package of each service, as n8n verifies only packages for one:
 * `npm run package:services`. Each is a folder and its tarball in `packages/`. `--built` takes what
 * an earlier build left in `dist/`, and `--to` names another folder.
 */

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const repository = manifest.repository.url.replace(/^git\+(.+)\.git$/, '$1');

/** What one package holds. */
type ServicePackage = NonNullable<ReturnType<typeof packageOf>>;

/**
 * These files and all that they import, types too.
 *
 * @throws Error if an imported file isn't there
 */
function closure(files: readonly string[], suffix: '.ts' | '.js'): string[] {
	const found = new Set(files);
	for (const file of found) {
		for (const { fileName } of preProcessFile(read(file), true, true).importedFiles) {
			if (!fileName.startsWith('.')) continue;
			found.add(posix.join(dirname(file), fileName) + suffix);
		}
	}
	return [...found].sort();
}

const sourceOf = (built: string): string => built.replace(/^dist\/(.+)\.js$/, '$1.ts');

/** The package of a node, or nothing if the node brings together those of several services. */
function packageOf(node: INodeTypeDescription, builtNode: string) {
	const types = new Set(credentialsOf(node).map((type) => type.constructor.name));
	const credentials = manifest.n8n.credentials.filter((path) =>
		types.has(/(\w+)\.credentials\.js$/.exec(path)?.[1] ?? ''),
	);
	const entries = [...credentials, builtNode];
	const sources = closure(entries.map(sourceOf), '.ts');
	if (sources.filter((path) => path.endsWith('.node.ts')).length > 1) return undefined;

	const page = `docs/${node.name}.md`;
	if (!existsSync(join(root, page))) throw new Error(`${node.displayName} has no page ${page}.`);
	const folder = dirname(sourceOf(builtNode));
	const data = filesBelow(join(root, folder), `${folder}/`).filter((path) => /\.json$/.test(path));
	const icons = sources.flatMap((path) =>
		[...read(path).matchAll(/file:[./]+(icons\/[\w.]+\.svg)/g)].map(([, icon = '']) => icon),
	);
	const inBoth = (path: string) => [path, `dist/${path}`];
	return {
		node,
		name: `n8n-nodes-${node.name}-offboarding`,
		/** The listings for n8n in package.json. */
		n8n: { credentials, nodes: [builtNode] },
		files: [
			...sources,
			...closure(entries, '.js'),
			...data.flatMap(inBoth),
			...icons.flatMap(inBoth),
		],
		/** The page of the service. */
		page,
	};
}

function manifestOf({ node, name, n8n, page }: ServicePackage): object {
	const others = nodes.map((other) => other.name).filter((other) => other !== node.name);
	return {
		...manifest,
		name,
		description: node.description,
		homepage: `${repository}/blob/main/${page}`,
		keywords: manifest.keywords.filter((keyword) => !others.includes(keyword)),
		n8n: { ...manifest.n8n, ...n8n },
		// Only of use in the repository.
		packageManager: undefined,
		scripts: undefined,
		devDependencies: undefined,
	};
}

/** A page of the folder `base` for npm, where links lead nowhere unless they name the repository. */
function forNpm(text: string, base: string): string {
	return text
		.replace(/<!-- .*? -->\n+/g, '')
		.replace(
			/(!?)(\[[^\]]*\]\()(?!https:|#)([^)\s]+)/g,
			(_, image: string, label: string, target: string) =>
				`${image}${label}${repository}/${image ? 'raw' : 'blob'}/main/${posix.join(base, target)}`,
		);
}

function readmeOf({ node, name, page }: ServicePackage): string {
	const [, intro = '', rest = ''] = /^# .*?\n\n(.*?\n)\n(## .*)/s.exec(read(page)) ?? [];
	if (intro === '') throw new Error(`${page} has no introduction between its title and a heading.`);
	const all = `[${manifest.name}](README.md)`;
	const installation = `## Installation

1. In n8n, open **Settings → Community nodes** and select **Install**. You need the role of owner or admin.
2. Enter \`${name}\` and confirm.
3. Open a workflow and search the nodes panel for _${node.displayName}_. If the node doesn't show up, reload the browser.

**Install either this package or ${all}, never both.** That package has the nodes of all services, and _Offboard User_, which this one doesn't have. The credential types have the same names in both, and n8n keeps only one of each name. A workflow names the package of each node: what you build with one package doesn't run with the other. The packages of several services work side by side.
`;
	const end = `## Compatibility

The same versions as [${manifest.name}](README.md#compatibility), because both are made from the same source.

## Version history

See [CHANGELOG.md](CHANGELOG.md).

## License

[${manifest.license}](LICENSE)
`;
	const [first, middle] = [intro, rest].map((text) => forNpm(text, 'docs'));
	return [`# ${name}\n`, first, forNpm(installation, '.'), middle, forNpm(end, '.')].join('\n');
}

function write(one: ServicePackage, folder: string): void {
	const named = (owner: string) => `"${owner}.${one.node.name}"`;
	const texts = {
		...Object.fromEntries([...one.files, 'LICENSE'].map((path) => [path, read(path)])),
		'package.json': `${JSON.stringify(manifestOf(one), null, '\t')}\n`,
		'README.md': readmeOf(one),
	};
	for (const [path, text] of Object.entries(texts)) {
		const isCodex = path.endsWith('.node.json');
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(
			join(folder, path),
			isCodex ? text.replace(named(manifest.name), named(one.name)) : text,
		);
	}
}

async function main(): Promise<void> {
	const { built, to = join(root, 'packages') } = readOptions(
		{ built: { type: 'boolean' }, to: { type: 'string' } },
		'Usage: npm run package:services -- [--built] [--to <folder>]',
	);
	if (!built) {
		await runCommand({ what: 'Building', file: 'npm', args: ['run', 'build'], cwd: root });
	}
	const packages = manifest.n8n.nodes.flatMap((path, index) => {
		const node = nodes[index];
		return (node && packageOf(node, path)) ?? [];
	});
	const target = resolve(to);
	mkdirSync(target, { recursive: true });
	// Tarballs of other versions too, and services that are gone.
	const old = readdirSync(target).filter((entry) => /^n8n-nodes-\w+-offboarding\b/.test(entry));
	for (const entry of old) rmSync(join(target, entry), { recursive: true });
	for (const one of packages) write(one, join(target, one.name));
	const args = ['pack', '--ignore-scripts', ...packages.map(({ name }) => `./${name}`)];
	console.log((await runCommand({ what: 'Packing', file: 'npm', args, cwd: target })).trim());
}

runScript(main);
