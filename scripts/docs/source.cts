import { createRequire } from 'node:module';

import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

import manifest from '../../package.json';

const requireFile = createRequire(__filename);

/** Makes one of each class that n8n loads from these files of the package. */
function load<T>(paths: readonly string[]): T[] {
	return paths.map((path) => {
		const file = path.replace(/^dist/, '../..').replace(/\.js$/, '.ts');
		const [Type] = Object.values(requireFile(file) as Record<string, new () => T>);
		if (!Type) throw new Error(`${file} exports nothing.`);
		return new Type();
	});
}

/** All nodes, in the order of package.json. */
export const nodes = load<INodeType>(manifest.n8n.nodes).map(({ description }) => description);

const credentials = load<ICredentialType>(manifest.n8n.credentials);

/** The credential types of a node. */
export function credentialsOf(node: INodeTypeDescription): ICredentialType[] {
	const names = node.credentials?.map(({ name }) => name);
	return credentials.filter(({ name }) => names?.includes(name));
}
