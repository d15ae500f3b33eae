import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { additionalDataFor } from './additionalData.cts';
import { MemoryCredentials } from './credentials.cts';
import { nodeTypes } from './engine.cts';
import { nodeOf, type NodeRun } from './runNode.cts';

/** Asks a node for one of its lists, as the editor does when a locator is opened. */
export async function listSearch(
	request: NodeRun & { method: string; filter?: string; page?: string },
): Promise<INodeListSearchResult> {
	const node = nodeOf(request);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = additionalDataFor(new MemoryCredentials(request.credentials));
	additionalData.currentNodeParameters = request.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');

	const search = nodeTypes.getByNameAndVersion(node.type).methods?.listSearch?.[request.method];
	if (!search) throw new Error(`${request.node} has no list ${request.method}`);
	return await search.call(
		context as unknown as ILoadOptionsFunctions,
		request.filter,
		request.page,
	);
}
