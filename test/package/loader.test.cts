import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import { filesBelow } from './files.cts';
import { allPackages, manifestOf, servicePackages } from './packed.cts';
import { runProgram } from './program.cts';

/** The installed packages in n8n's own loader. What the official scanner says is not repeated here. */

/** What load.mjs prints of a package. */
interface Loaded {
	readonly nodes: ReadonlyArray<{
		readonly description: INodeTypeDescription;
		readonly executes: boolean;
		readonly credentialTests: readonly string[];
	}>;
	readonly credentials: readonly string[];
	readonly files: readonly string[];
}

/** The type name that belongs to a file: dist/nodes/Langdock/Langdock.node.js has langdock. */
function typeName(path: string): string {
	const [className = ''] = basename(path).split('.');
	return className.charAt(0).toLowerCase() + className.slice(1);
}

const folders = allPackages().map(({ installed }) => installed);
const loaded = runProgram<Loaded[]>('load.mjs', folders).map((one, index) => {
	const installed = folders[index] ?? '';
	return { installed, name: basename(installed), ...one };
});

test.each(loaded.slice(-servicePackages().length))('$name ships only what it uses', (one) => {
	const shipped = filesBelow(one.installed).filter((file) => /\.(js|node\.json)$/.test(file));
	expect([...one.files].sort()).toEqual(shipped);
});

describe.each(loaded)('$name', ({ installed, nodes, credentials }) => {
	const manifest = manifestOf(installed);

	it('has every node and credential type in n8n under its name', () => {
		const names = nodes.map(({ description }) => description.name);
		expect(names).toEqual(manifest.n8n.nodes.map(typeName));
		expect(credentials).toEqual(manifest.n8n.credentials.map(typeName));
	});

	it('has nodes that use all credential types of this package and no others', () => {
		const used = nodes.flatMap(({ description }) => description.credentials ?? []);
		expect(new Set(used.map(({ name }) => name))).toEqual(new Set(credentials));
		// Credential names have no package before them: whoever loads last would win.
		for (const name of credentials) {
			expect(name).toMatch(/(Admin(OAuth2)?|ClientCredentials)Api$/);
		}
	});

	describe.each(nodes.map((node) => [node.description.name, node] as const))(
		'the loaded node %s',
		(name, { description, executes, credentialTests }) => {
			it('can be found by what people search for, and links to documentation', () => {
				const links = [{ url: expect.stringMatching(/^https:\/\//) as string }];
				expect(description.codex).toMatchObject({
					categories: expect.arrayContaining([expect.any(String)]) as string[],
					alias: expect.arrayContaining([expect.stringContaining('offboarding')]) as string[],
					resources: { primaryDocumentation: links, credentialDocumentation: links },
				});
				const path = manifest.n8n.nodes.find((file) => typeName(file) === name);
				const codex: unknown = JSON.parse(readFileSync(join(installed, `${path}on`), 'utf8'));
				expect(codex).toMatchObject({ node: `${manifest.name}.${name}`, nodeVersion: '1.0' });
			});

			it('can run, and has the functions that test its credentials', () => {
				const testedBy = description.credentials?.flatMap((used) => used.testedBy ?? []);
				expect({ executes, credentialTests }).toEqual({
					executes: true,
					credentialTests: testedBy,
				});
			});
		},
	);
});
