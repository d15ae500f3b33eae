import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ILoadOptionsFunctions,
	type INode,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData.cts';
import { MemoryCredentials, type CredentialData } from './credentials.cts';
import { nodeTypes } from './engine.cts';

/** Asks a node for one of its lists, as the editor does when a locator is opened. */
export async function listSearch(request: {
	node: string;
	method: string;
	parameters: INode['parameters'];
	credentials: CredentialData;
	filter?: string;
	page?: string;
}): Promise<INodeListSearchResult> {
	const type = `n8n-nodes-offboarding.${request.node}`;
	const credentials = Object.keys(request.credentials).map((name) => [name, { id: name, name }]);
	const node: INode = {
		id: '1',
		name: 'Node under test',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: request.parameters,
		credentials: Object.fromEntries(credentials) as NonNullable<INode['credentials']>,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = additionalDataFor(new MemoryCredentials(request.credentials));
	additionalData.currentNodeParameters = request.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');

	const search = nodeTypes.getByNameAndVersion(type).methods?.listSearch?.[request.method];
	if (!search) throw new Error(`${request.node} has no list ${request.method}`);
	return await search.call(
		context as unknown as ILoadOptionsFunctions,
		request.filter,
		request.page,
	);
}
