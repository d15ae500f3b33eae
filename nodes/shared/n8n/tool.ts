import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an agent runs the node as its tool, so that a model reads what it puts out. n8n's AI Agent of
 * version 3 runs tools like any node: then only the type tells, to whose name n8n adds `Tool`.
 */
export function isTool(context: IExecuteFunctions): boolean {
	return context.isToolExecution() || context.getNode().type.endsWith('Tool');
}
