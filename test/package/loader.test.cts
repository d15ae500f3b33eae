import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { ICredentialType, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { manifestOf, packed } from './packed.cts';
import { runProgram } from './program.cts';

/** What load.mjs prints. */
interface Loaded {
	readonly nodes: readonly LoadedNode[];
	readonly credentials: readonly ICredentialType[];
}

interface LoadedNode {
	readonly description: INodeTypeDescription;
	readonly executes: boolean;
	/** Names of the functions in `methods.credentialTest`. */
	readonly credentialTests: readonly string[];
}

const { installed } = packed();
const manifest = manifestOf(installed);
const { nodes, credentials } = runProgram<Loaded>('load.mjs', installed);

const named = <T,>(types: readonly T[], name: (type: T) => string) =>
	types.map((type) => [name(type), type] as const);
const eachNode = named(nodes, ({ description }) => description.name);
const eachCredential = named(credentials, ({ name }) => name);
const eachType = [
	...named(
		nodes.map(({ description }) => description),
		({ name }) => name,
	),
	...eachCredential,
];

/** The type name that belongs to a file: dist/nodes/Langdock/Langdock.node.js has langdock. */
function typeName(path: string): string {
	const [className = ''] = basename(path).split('.');
	return className.charAt(0).toLowerCase() + className.slice(1);
}

const credentialsOf = ({ description }: LoadedNode) => description.credentials ?? [];
const usersOf = (credential: string) =>
	nodes
		.filter((node) => credentialsOf(node).some(({ name }) => name === credential))
		.map(({ description }) => description.name);

describe('n8n’s loader', () => {
	it('loads every node and credential type under its name', () => {
		expect(eachNode.map(([name]) => name)).toEqual(manifest.n8n.nodes.map(typeName));
		expect(eachCredential.map(([name]) => name)).toEqual(manifest.n8n.credentials.map(typeName));
	});
});

describe.each(eachNode)('the loaded node %s', (name, node) => {
	const { description } = node;

	it('can be found by what people search for, and links to documentation', () => {
		const links = [{ url: expect.stringMatching(/^https:\/\//) as string }];
		expect(description.codex).toMatchObject({
			categories: expect.arrayContaining([expect.any(String)]) as string[],
			alias: expect.arrayContaining([expect.stringContaining('offboarding')]) as string[],
			resources: { primaryDocumentation: links, credentialDocumentation: links },
		});
	});

	it('has a codex file that names it', () => {
		const path = manifest.n8n.nodes.find((file) => typeName(file) === name);
		const codex: unknown = JSON.parse(readFileSync(join(installed, `${path}on`), 'utf8'));
		expect(codex).toMatchObject({ node: `${manifest.name}.${name}`, nodeVersion: '1.0' });
	});

	it('runs, also as a tool of an AI agent', () => {
		expect(node.executes).toBe(true);
		expect(description.usableAsTool).toBe(true);
	});

	it('says in the nodes panel what each operation does', () => {
		const actions = description.properties
			.filter((property) => property.name === 'operation')
			.flatMap(({ options = [] }: INodeProperties) => options)
			.map((option) => ('action' in option ? option.action : undefined));
		expect(actions).not.toEqual([]);
		expect(actions).toEqual(
			actions.map(() => expect.stringMatching(/^[A-Z][a-z]+ .*[^.]$/) as string),
		);
	});

	it('uses credential types of this package only', () => {
		const known = eachCredential.map(([credential]) => credential);
		expect(credentialsOf(node)).not.toEqual([]);
		expect(known).toEqual(expect.arrayContaining(credentialsOf(node).map((used) => used.name)));
	});

	it('has the functions that test its credentials, and no others', () => {
		const testedBy = credentialsOf(node).flatMap((used) => used.testedBy ?? []);
		expect(node.credentialTests).toEqual(testedBy);
	});
});

describe.each(eachCredential)('the loaded credential type %s', (name, credential) => {
	it('is told by n8n which nodes it is for', () => {
		expect(usersOf(name)).not.toEqual([]);
		expect(credential.supportedNodes).toEqual(usersOf(name));
	});

	it('has a name that no other package has', () => {
		// Credential names have no package before them: whoever loads last would win.
		expect(['aworkApi', 'langdockApi']).not.toContain(name);
		expect(name).toMatch(/(Admin(OAuth2)?|ClientCredentials)Api$/);
	});

	it('can be tested, or gets its token by signing in', () => {
		const testedByNode = nodes
			.flatMap(credentialsOf)
			.some((used) => used.name === name && used.testedBy !== undefined);
		const signsIn = credential.properties.some(
			(property) => property.name === 'grantType' && property.default === 'pkce',
		);
		expect([testedByNode, credential.test !== undefined, signsIn]).toContain(true);
	});
});

describe.each(eachType)('the icon of %s', (_, { iconUrl }) => {
	it('is in the package, and another one in the dark', () => {
		expect(iconUrl).toEqual({
			light: expect.any(String) as string,
			dark: expect.any(String) as string,
		});
		const { light, dark } = iconUrl as { light: string; dark: string };
		const [inLight, inDark] = [light, dark].map(readIcon);
		expect(inLight).not.toBe(inDark);
	});
});

/** Reads an icon from where n8n serves it, and checks that it is a square SVG. */
function readIcon(url: string): string {
	const path = join(installed, url.replace(`icons/${manifest.name}/`, ''));
	expect({ path, exists: existsSync(path) }).toEqual({ path, exists: true });
	const icon = readFileSync(path, 'utf8');
	expect(icon).toMatch(/^<svg [^>]*viewBox="0 0 (\d+) \1"/);
	return icon;
}
