import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import { manifestOf, packed } from './packed.cts';
import { runProgram } from './program.cts';

/** The installed package in n8n's own loader. What the official scanner says is not repeated here. */

/** What load.mjs prints. */
interface Loaded {
	readonly nodes: ReadonlyArray<{
		readonly description: INodeTypeDescription;
		readonly executes: boolean;
		readonly credentialTests: readonly string[];
	}>;
	readonly credentials: readonly string[];
}

const { installed } = packed();
const manifest = manifestOf(installed);
const { nodes, credentials } = runProgram<Loaded>('load.mjs', installed);

/** The type name that belongs to a file: dist/nodes/Langdock/Langdock.node.js has langdock. */
function typeName(path: string): string {
	const [className = ''] = basename(path).split('.');
	return className.charAt(0).toLowerCase() + className.slice(1);
}

test('n8n loads every node and credential type under its name', () => {
	const names = nodes.map(({ description }) => description.name);
	expect(names).toEqual(manifest.n8n.nodes.map(typeName));
	expect(credentials).toEqual(manifest.n8n.credentials.map(typeName));
});

test('the nodes use all credential types of this package and no others', () => {
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
			expect({ executes, credentialTests }).toEqual({ executes: true, credentialTests: testedBy });
		});
	},
);
