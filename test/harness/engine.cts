import { WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IConnections,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData.cts';
import { prepareContainer } from './container.cts';
import { MemoryCredentials, type CredentialData } from './credentials.cts';
import { packageNodes } from './packageTypes.cts';

prepareContainer();

/** A workflow as the editor exports it. */
export interface WorkflowJson {
	nodes: INode[];
	connections: IConnections;
}

export interface Execution {
	/** Output items of a node, by branch; the error branch is the last. */
	output(nodeName: string): INodeExecutionData[][];
	/** What ended the execution, if anything did. */
	error: Error | undefined;
	status: IRun['status'];
	/** The credentials as they are stored after the run. */
	credentials: MemoryCredentials;
}

/** A running execution: `await` its `result`, or cancel it first. */
export interface RunningExecution {
	result: Promise<Execution>;
	cancel(): void;
}

/** Stands in for n8n's own nodes: hands its input on. */
function passThrough(name: string): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return await Promise.resolve([this.getInputData()]);
		},
	};
}

/** The node that a workflow starts with in a test; its input is the input of the execution. */
export const START_TYPE = 'test.start';

function knownNodeTypes(): INodeTypes {
	const nodes = new Map<string, INodeType>([
		...packageNodes(),
		[START_TYPE, passThrough('start')],
		['n8n-nodes-base.noOp', passThrough('noOp')],
	]);
	const nodeType = (type: string): INodeType => {
		const found = nodes.get(type);
		if (!found) throw new Error(`no node type ${type}`);
		return found;
	};
	return { getByName: nodeType, getByNameAndVersion: nodeType, getKnownTypes: () => ({}) };
}

/** What n8n knows in a test: the nodes of this package and the stand-ins. */
export const nodeTypes: INodeTypes = knownNodeTypes();

/** Starts a workflow in n8n's real engine, with its real request helpers. */
export function startWorkflow(
	json: WorkflowJson,
	input: INodeExecutionData[],
	data: CredentialData,
): RunningExecution {
	const credentials = new MemoryCredentials(data);
	const workflow = new Workflow({
		id: '1',
		name: 'test',
		nodes: structuredClone(json.nodes),
		connections: json.connections,
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const start = json.nodes.find(({ type }) => type === START_TYPE);
	if (!start) throw new Error(`the workflow has no node of type ${START_TYPE}`);
	const startNode = workflow.getNode(start.name) ?? undefined;

	const running = new WorkflowExecute(additionalDataFor(credentials), 'manual').run({
		workflow,
		...(startNode && { startNode }),
		pinData: { [start.name]: input },
	});
	return {
		result: running.then((run) => toExecution(run, credentials)),
		cancel: () => running.cancel(),
	};
}

function toExecution({ data, status }: IRun, credentials: MemoryCredentials): Execution {
	const { runData, error } = data.resultData;
	return {
		output: (nodeName) => {
			const branches = runData[nodeName]?.at(-1)?.data?.main ?? [];
			return branches.map((items) => items ?? []);
		},
		error,
		status,
		credentials,
	};
}
