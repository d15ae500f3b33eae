import { byId } from '../harness/locators.cts';
import type { WorkflowDraft } from '../host/editor.cts';
import { chosenFor } from '../host/offboarding.cts';
import { SERVICE_NAMES, type ServiceName } from '../simulators/index.cts';

/** A node, without what a test does not care for. */
export interface Step {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters?: object;
	readonly [setting: string]: unknown;
}

/** Several nodes, each behind the one before; a name alone leads back to a node. */
export type Chain = ReadonlyArray<Step | string>;

const nameOf = (step: Step | string) => (typeof step === 'string' ? step : step.name);

const placed = (steps: readonly Step[], y: number) =>
	steps.map((step, index) => ({
		id: `node-${y}-${index}`,
		position: [index * 220, y],
		parameters: {},
		...step,
	}));

/** A workflow with some chains behind its first node. */
export function flow(name: string, first: Step, ...chains: readonly Chain[]): WorkflowDraft {
	const steps = [first, ...chains.flat()].filter((step) => typeof step !== 'string');
	const links = chains.flatMap((chain) =>
		[first, ...chain].slice(1).map((step, index) => [[first, ...chain][index] ?? first, step]),
	);
	const connections = Object.fromEntries(
		steps.map((step) => {
			const behind = links
				.filter(([from]) => from && nameOf(from) === step.name)
				.map(([, to]) => ({ node: to ? nameOf(to) : '', type: 'main', index: 0 }));
			// The second output of a loop leads to its rounds.
			const main = step.type.endsWith('.splitInBatches') ? [[], behind] : [behind];
			return [step.name, { main }];
		}),
	);
	return { name, nodes: placed(steps, 0), connections };
}

/** The workflow with more nodes, which serve one of its nodes as its model or its tools. */
export function serving(
	{ nodes, connections, ...draft }: WorkflowDraft,
	node: string,
	type: 'ai_languageModel' | 'ai_tool',
	steps: readonly Step[],
): WorkflowDraft {
	const links = steps.map(({ name }) => [name, { [type]: [[{ node, type, index: 0 }]] }]);
	return {
		...draft,
		nodes: [...nodes, ...placed(steps, 200 * nodes.length)],
		connections: { ...connections, ...(Object.fromEntries(links) as object) },
	};
}

const base =
	(type: string, typeVersion: number) =>
	(name: string, parameters: object = {}): Step => ({
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		parameters,
	});

export const start = base('manualTrigger', 1)('Start');
export const called = base('executeWorkflowTrigger', 1.1)('Called', { inputSource: 'passthrough' });
export const loop = (name: string, batchSize: number) =>
	base('splitInBatches', 3)(name, { batchSize, options: {} });
export const nothing = base('noOp', 1);

/** One item with this content, which may be an expression. */
export const json = (name: string, content: object | string) =>
	base('set', 3.4)(name, {
		mode: 'raw',
		jsonOutput: typeof content === 'string' ? content : JSON.stringify(content),
		options: {},
	});

/** One item for each entry of a list in the item before. */
export const split = (name: string, field: string) =>
	base('splitOut', 1)(name, { fieldToSplitOut: field, options: {} });

/** One item for each of these. */
export const given = (name: string, list: readonly object[]) => [
	json(`${name}: people`, { people: list }),
	split(name, 'people'),
];

export const toFile = (name: string, operation: string, parameters: object = {}) =>
	base('convertToFile', 1.1)(name, { operation, ...parameters, options: {} });
export const fromFile = (name: string, operation: string, options: object = {}) =>
	base('extractFromFile', 1)(name, { operation, options });

export const aggregate = (name: string) =>
	base('aggregate', 1)(name, { aggregate: 'aggregateAllItemData', options: {} });

/** Calls the workflow with this ID. */
export const call = (name: string, id: string, mode: 'each' | 'once', wait = true): Step =>
	base('executeWorkflow', 1.2)(name, {
		workflowId: byId(id),
		mode,
		options: { waitForSubWorkflow: wait },
	});

/** One of our nodes, with the credentials of the services. */
export const ours = (
	node: ServiceName | 'offboardUser',
	name: string,
	parameters: object = {},
	settings: object = {},
): Step => ({
	name,
	type: `n8n-nodes-offboarding.${node}`,
	typeVersion: 1,
	parameters: { resource: 'user', operation: 'deactivate', ...parameters },
	credentials: chosenFor(node === 'offboardUser' ? SERVICE_NAMES : [node]),
	...settings,
});

/** Is called by HR or an app, and answers with what the last node puts out. */
export const webhook = (path: string): Step => ({
	...base('webhook', 2.1)('Webhook', {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		options: {},
	}),
	webhookId: path,
});
