import type { INodePropertyOptions } from 'n8n-workflow';

type Option = INodePropertyOptions & { value: string };

/** How the editor, and an agent that picks a tool, read the operations. */
export const deactivateOption = (description: string): Option => ({
	name: 'Deactivate',
	value: 'deactivate',
	action: 'Deactivate user',
	description: `${description}. Repeating is safe.`,
});

export const getOption = (description: string): Option => ({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: `${description}. Changes nothing.`,
});

export const reactivateOption = (description: string): Option => ({
	name: 'Reactivate',
	value: 'reactivate',
	action: 'Reactivate user',
	description: `${description}. Repeating is safe.`,
});
