import type { INodePropertyOptions } from 'n8n-workflow';

import { deactivateOption, getOption, reactivateOption } from '../shared/users/userOperations';

/** The operations; `action` is all that an agent reads of a tool. */
export const OPERATIONS: ReadonlyArray<INodePropertyOptions & { value: string }> = [
	{
		...deactivateOption("End the person's access at every chosen service"),
		action: 'Deactivate user everywhere (ends access, safe to repeat)',
	},
	{
		...getOption('Check whether the person still has access to the chosen services'),
		action: 'Get state of user everywhere (changes nothing)',
	},
	{
		...reactivateOption("Restore the person's access at every chosen service"),
		action: 'Reactivate user everywhere (restores access, safe to repeat)',
	},
];
