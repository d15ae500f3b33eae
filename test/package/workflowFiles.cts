import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import {
	NodeHelpers,
	type IConnections,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { filledIn } from '../harness/filledIn.cts';
import { root } from './packed.cts';

/** An example workflow as its file has it. */
export interface WorkflowFile {
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
	readonly [key: string]: unknown;
}

const folder = join(root, 'workflows');

/** Names of the example workflows: those of their files, without the ending. */
export const WORKFLOW_NAMES = readdirSync(folder).map((file) => basename(file, '.json'));

export function readWorkflow(name: string): WorkflowFile {
	return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as WorkflowFile;
}

/** The sub-workflow that the others start from. */
export const SUB_WORKFLOW = 'leaver-from-hr';

/** The node with the sub-workflow chosen, as an admin does it after the import. */
export function choosing<Node extends { readonly type: string; readonly parameters: object }>(
	node: Node,
	id: string,
): Node {
	if (node.type !== 'n8n-nodes-base.executeWorkflow') return node;
	const workflowId = { __rl: true, mode: 'list', value: id };
	return { ...node, parameters: { ...node.parameters, workflowId } };
}

/** n8n makes tools of nodes: with the suffix, and with fields of their own. */
const TOOL = /(?:Hitl)?Tool$/;
const TOOL_FIELDS = ['descriptionType', 'toolDescription'];

/** The type that n8n made a tool's type of, or the type itself. */
export const originOf = (type: string): string => type.replace(TOOL, '');

/**
 * Every way in which a node does not fit to its type: its version, fields that the type does not
 * have or does not show with these values, required fields that are empty, choices that are none.
 */
export function misfits(node: INode, description: INodeTypeDescription): string[] {
	const versions = [description.version].flat();
	if (!versions.includes(node.typeVersion)) {
		return [`${node.name}: version ${node.typeVersion} is none of ${versions.join(', ')}`];
	}
	const isTool = TOOL.test(node.type);
	// What a tool for approval does is no choice.
	const hidden = node.type.endsWith('HitlTool')
		? { operation: 'sendAndWait', responseType: 'approval' }
		: {};
	// Which sub-workflow to call and what is red, only the admin can choose.
	const { parameters: given } = filledIn(choosing(node, 'chosen'));
	const parameters: INodeParameters = { ...hidden, ...given };
	const { properties } = description;
	// What is shown depends on defaults as well.
	const filled =
		NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) ?? {};
	const shown = properties.filter((property) =>
		NodeHelpers.displayParameter(filled, property, node, description),
	);
	const unknown = unknownFields(parameters, shown).filter(
		(name) => !(isTool && TOOL_FIELDS.includes(name)),
	);
	const issues = NodeHelpers.getNodeParametersIssues(
		description.properties,
		{ ...node, parameters, disabled: false },
		description,
	);
	return [
		...unknown.map((name) => `${node.name}: has no '${name}' with these values`),
		...Object.values(issues?.parameters ?? {}).flatMap((texts) =>
			texts.map((text) => `${node.name}: ${text}`),
		),
	];
}

/** By their paths: what is none of the fields, or none of the choices of a field. */
function unknownFields(values: object, properties: readonly INodeProperties[]): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const candidates = properties.filter((property) => property.name === name);
		const unknown = candidates.map((property) => unknownWithin(value, property));
		// A field can be there more than once, with other choices.
		const [fewest = ['']] = unknown.sort((a, b) => a.length - b.length);
		return fewest.map((inner) => name + inner);
	});
}

function unknownWithin(value: unknown, { type, options = [], typeOptions }: INodeProperties) {
	const choices = options.map((option) => ('value' in option ? option.value : undefined));
	if (type === 'options' && !typeOptions?.loadOptionsMethod) {
		const isExpression = typeof value === 'string' && value.startsWith('=');
		return isExpression || choices.includes(value as string) ? [] : [` = ${String(value)}`];
	}
	// An expression stands for a whole collection.
	if (typeof value !== 'object' || value === null) return [];
	const within = (inner: string) => `.${inner}`;
	if (type === 'collection') return unknownFields(value, options as INodeProperties[]).map(within);
	if (type !== 'fixedCollection') return [];
	return Object.entries(value).flatMap(([name, entries]) => {
		const group = (options as INodePropertyCollection[]).find((option) => option.name === name);
		if (!group) return [within(name)];
		return [entries as object]
			.flat()
			.flatMap((entry) => unknownFields(entry, group.values).map((inner) => `.${name}.${inner}`));
	});
}
