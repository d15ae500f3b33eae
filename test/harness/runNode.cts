import type { IDataObject, INode } from 'n8n-workflow';

import type { CredentialData } from './credentials.cts';
import { START_TYPE, startWorkflow, type Execution, type RunningExecution } from './engine.cts';

export { byEmail, byId } from './locators.cts';

export interface NodeRun {
	/** Name of the node, as in `zitadel`. */
	node: string;
	parameters: INode['parameters'];
	credentials: CredentialData;
	/** One input item each. */
	input?: IDataObject[];
	settings?: Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;
}

export const NODE_NAME = 'Node under test';

/** A node of this package in a workflow, with the credentials of the run chosen. */
export function nodeOf(run: NodeRun): INode {
	const credentials = Object.keys(run.credentials).map((type) => [type, { id: type, name: type }]);
	return {
		id: '2',
		name: NODE_NAME,
		type: `n8n-nodes-offboarding.${run.node}`,
		typeVersion: 1,
		position: [200, 0],
		parameters: run.parameters,
		credentials: Object.fromEntries(credentials) as NonNullable<INode['credentials']>,
		...run.settings,
	};
}

/** Starts a workflow of one node of this package behind a start node. */
export function startNode(run: NodeRun): RunningExecution {
	const parameters = { resource: 'user', operation: 'deactivate', ...run.parameters };
	const node = nodeOf({ ...run, parameters });
	const start: INode = {
		id: '1',
		name: 'Start',
		type: START_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const input = (run.input ?? [{}]).map((json) => ({ json }));
	const connections = { Start: { main: [[{ node: NODE_NAME, type: 'main' as const, index: 0 }]] } };
	return startWorkflow({ nodes: [start, node], connections }, input, run.credentials);
}

/** Runs one node of this package to the end. */
export async function runNode(run: NodeRun): Promise<Execution> {
	return await startNode(run).result;
}

/** The items that a finished run put out, as plain JSON, by branch. */
export function json(execution: Execution): IDataObject[][] {
	return execution.output(NODE_NAME).map((items) => items.map((item) => item.json));
}
