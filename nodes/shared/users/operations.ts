import type { INodePropertyOptions } from 'n8n-workflow';

type Option = INodePropertyOptions & { value: string };

/**
 * How the editor lists the operations. `action` is all that an agent reads of a tool: it has to say
 * whether something changes and that a repeat does no harm.
 */
export const deactivateOption = (description: string): Option => ({
	name: 'Deactivate',
	value: 'deactivate',
	action: 'Deactivate user (ends access, safe to repeat)',
	description: `${description}. Repeating is safe.`,
});

export const getOption = (description: string): Option => ({
	name: 'Get',
	value: 'get',
	action: 'Get state of user (changes nothing)',
	description: `${description}. Changes nothing.`,
});

export const reactivateOption = (description: string): Option => ({
	name: 'Reactivate',
	value: 'reactivate',
	action: 'Reactivate user (gives access back, safe to repeat)',
	description: `${description}. Repeating is safe.`,
});
