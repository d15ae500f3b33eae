import { byId } from '../../harness/locators.cts';
import type { WorkflowDraft } from '../../host/editor.cts';

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
	const nodes = steps.map((step, index) => ({
		id: `node-${index}`,
		position: [index * 200, 0],
		parameters: {},
		...step,
	}));
	return { name, nodes, connections };
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

/** One item with this content. */
export const json = (name: string, content: object) =>
	base('set', 3.4)(name, { mode: 'raw', jsonOutput: JSON.stringify(content), options: {} });

/** One item for each entry of a list in the item before. */
export const split = (name: string, field: string) =>
	base('splitOut', 1)(name, { fieldToSplitOut: field, options: {} });

export const toFile = (name: string, operation: string, parameters: object = {}) =>
	base('convertToFile', 1.1)(name, { operation, ...parameters, options: {} });
export const fromFile = (name: string, operation: string, options: object = {}) =>
	base('extractFromFile', 1)(name, { operation, options });

export const aggregate = (name: string) =>
	base('aggregate', 1)(name, { aggregate: 'aggregateAllItemData', options: {} });

/** Calls the workflow with this ID. */
export const call = (name: string, id: string, mode: 'each' | 'once', wait = true): Step =>
	base('executeWorkflow', 1.2)(name, {
		workflowId: { __rl: true, mode: 'id', value: id },
		mode,
		options: { waitForSubWorkflow: wait },
	});

/** ZITADEL's node for whom an expression names. */
export const zitadel = (name: string, settings: object = {}, parameters: object = {}): Step => ({
	name,
	type: 'n8n-nodes-offboarding.zitadel',
	typeVersion: 1,
	parameters: {
		operation: 'deactivate',
		authentication: 'personalAccessToken',
		userId: byId('={{ $json.id }}'),
		options: { maxRetries: 0 },
		...parameters,
	},
	credentials: { zitadelAdminApi: { id: 'zitadel', name: 'zitadel simulator' } },
	...settings,
});

/** Is called by a form, an app or HR, and answers as `respond` says. */
export const webhook = (name: string, path: string): Step => ({
	...base('webhook', 2.1)(name, {
		httpMethod: 'POST',
		path,
		responseMode: 'responseNode',
		options: {},
	}),
	webhookId: path,
});

/** Answers the call with the address at which the workflow goes on. */
export const respond = (name: string) =>
	base('respondToWebhook', 1.1)(name, {
		respondWith: 'text',
		responseBody: '={{ $execution.resumeUrl }}',
		options: {},
	});

/** Waits until somebody opens that address. */
export const waitForCall = (name: string): Step => ({
	...base('wait', 1.1)(name, { resume: 'webhook', options: {} }),
	webhookId: name,
});
