import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';

import { scripts } from '../../package.json';
import { readOptions as readBenchOptions } from '../../scripts/bench/options.cts';
import { readOptions as readDemoOptions } from '../../scripts/demo/options.cts';
import { filesBelow } from '../package/files.cts';
import { root } from '../package/packed.cts';
import { anchorsIn, codeIn, linksIn, proseIn } from './markdown.cts';
import { pagePaths, read } from './pages.cts';

/** What a page leads to: links, pictures, commands, files. Nothing outside is asked for. */

const paths = pagePaths();
const OUTSIDE = /^[a-z]+:/i;

it('finds the pages', () => {
	expect(paths).toEqual(
		expect.arrayContaining([
			'CHANGELOG.md',
			'CONTRIBUTING.md',
			'README.md',
			'SECURITY.md',
			'docs/zitadel.md',
		]),
	);
});

describe.each(paths)('%s', (path) => {
	const text = read(path);
	const links = linksIn(text);
	const code = codeIn(text);

	it('links to files, pictures and headings that exist', () => {
		const broken = links
			.map(({ target }) => target)
			.filter((target) => !OUTSIDE.test(target))
			.filter((target) => {
				const [file = '', anchor] = target.split('#');
				const linked = file === '' ? path : posix.join(posix.dirname(path), file);
				if (!existsSync(join(root, linked))) return true;
				return anchor !== undefined && !anchorsIn(read(linked)).has(anchor);
			});
		expect(broken).toEqual([]);
	});

	it('links to the outside by https', () => {
		const bad = links
			.map(({ target }) => target)
			.filter((target) => OUTSIDE.test(target))
			.filter((target) => {
				if (!URL.canParse(target)) return true;
				const { protocol, username, hostname, href } = new URL(target);
				const isWhole = [target, `${target}/`].includes(href) && /\w$|\/$/.test(target);
				return protocol !== 'https:' || username !== '' || !hostname.includes('.') || !isWhole;
			});
		expect(bad).toEqual([]);
	});

	it('has no address that is not a link', () => {
		const targets = links.map(({ target }) => target);
		const addresses = proseIn(text).match(/\b[a-z]+:\/\/[^\s)]+/gi) ?? [];
		expect(addresses.filter((address) => !targets.includes(address))).toEqual([]);
	});

	it('says in words what a picture shows', () => {
		const pictures = links.filter(({ isPicture }) => isPicture);
		expect(pictures.filter(({ text: words }) => words.split(' ').length < 3)).toEqual([]);
	});

	it('names commands that exist', () => {
		const commands = code.join('\n').match(/npm (run [\w:-]+|test\b)/g) ?? [];
		const names = commands.map((command) => command.replace(/^npm (run )?/, ''));
		expect(names.filter((name) => !(name in scripts))).toEqual([]);
	});

	it.each([
		['demo', readDemoOptions],
		['bench', readBenchOptions],
	] as const)('names flags that npm run %s knows', (name, readOptions) => {
		for (const [, flags = ''] of code
			.join('\n')
			.matchAll(new RegExp(`^npm run ${name} -- (.+)$`, 'gm'))) {
			expect(() => readOptions(flags.split(' '))).not.toThrow();
		}
	});

	it('names files and folders that exist', () => {
		const sources = ['nodes', 'credentials'].flatMap((folder) =>
			filesBelow(join(root, folder)).map((file) => posix.basename(file)),
		);
		const inFolders = /^(credentials|docs|icons|nodes|scripts|test|workflows)\/[\w./-]*$/;
		const missing = code.filter((name) =>
			inFolders.test(name)
				? !existsSync(join(root, name))
				: /^\w+\.ts$/.test(name) && !sources.includes(name),
		);
		expect(missing).toEqual([]);
	});
});
