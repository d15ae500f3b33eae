import { createRequire } from 'node:module';

import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { SERVICES } from '../../nodes/OffboardUser/services';
import type { failureFields } from '../../nodes/shared/n8n/errors';
import type { Reason } from '../../nodes/shared/model/failure';
import manifest from '../../package.json';

/** What the reference tables are made of. The only file of this script that knows the shipped code. */

export type { PersonFields } from '../../nodes/OffboardUser/person';
export type {
	AccountKind,
	AccountRow,
	AccountState,
	OffboardingRecord,
	Outcome,
} from '../../nodes/shared/model/record';

/** The reasons that users can see. */
export type PublicReason = Exclude<Reason, 'alreadyActive'>;

/** The fields of `details` in an error item. */
export type DetailField = Exclude<keyof ReturnType<typeof failureFields>, 'message'>;

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

/** A node of the package by its name, such as `zitadel` or `offboardUser`. */
export function nodeNamed(name: string): INodeTypeDescription {
	const node = nodes.find((one) => one.name === name);
	if (!node) throw new Error(`There is no node '${name}'.`);
	return node;
}

/** The nodes of the services, in the order in which Offboard User shows them. */
export const services: readonly INodeTypeDescription[] = SERVICES.map(
	({ node }) => node.description,
);

const credentials = load<ICredentialType>(manifest.n8n.credentials);

/** The credential types of a node. */
export function credentialsOf(node: INodeTypeDescription): ICredentialType[] {
	const names = new Set(node.credentials?.map(({ name }) => name));
	return credentials.filter(({ name }) => names.has(name));
}
