import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

const root = join(__dirname, '../..');

/** The source files with this ending. */
function sources(folder: string, suffix: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(suffix))
		.map((file) => join(root, folder, file));
}

function load<T>(files: readonly string[]): T[] {
	return files.map((file) => {
		const [exported] = Object.values(jest.requireActual<Record<string, new () => T>>(file));
		if (!exported) throw new Error(`${file} exports nothing`);
		return new exported();
	});
}

/** The nodes of this package, by the type that workflows name them with. */
export function packageNodes(files = sources('nodes', '.node.ts')): Map<string, INodeType> {
	const nodes = load<INodeType>(files);
	return new Map(nodes.map((node) => [`n8n-nodes-offboarding.${node.description.name}`, node]));
}

/** What n8n's own `oAuth2Api` gives to the types that extend it, as far as it matters here. */
const oAuth2Api: ICredentialType = {
	name: 'oAuth2Api',
	displayName: 'OAuth2 API',
	properties: [
		{ displayName: 'Client ID', name: 'clientId', type: 'string', default: '' },
		{ displayName: 'Client Secret', name: 'clientSecret', type: 'string', default: '' },
		// Empty, not absent, as long as the credential is not connected.
		{ displayName: 'Token', name: 'oauthTokenData', type: 'json', default: {} },
	],
};

/** The credential types of this package, and the one of n8n's that they extend, by name. */
export function packageCredentials(
	files = sources('credentials', '.credentials.ts'),
): Map<string, ICredentialType> {
	const credentials = [oAuth2Api, ...load<ICredentialType>(files)];
	return new Map(credentials.map((credential) => [credential.name, credential]));
}
