import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialType, INodeType } from 'n8n-workflow';

const root = join(__dirname, '../..');

function load<T>(folder: string, suffix: string): T[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(suffix))
		.map((file) => {
			const module = jest.requireActual<Record<string, new () => T>>(join(root, folder, file));
			const [exported] = Object.values(module);
			if (!exported) throw new Error(`${file} exports nothing`);
			return new exported();
		});
}

/** The nodes of this package, by the type that workflows name them with. */
export function packageNodes(): Map<string, INodeType> {
	const nodes = load<INodeType>('nodes', '.node.ts');
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
export function packageCredentials(): Map<string, ICredentialType> {
	const credentials = [oAuth2Api, ...load<ICredentialType>('credentials', '.credentials.ts')];
	return new Map(credentials.map((credential) => [credential.name, credential]));
}
