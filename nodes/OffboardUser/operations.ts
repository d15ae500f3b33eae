import type { INodePropertyOptions } from 'n8n-workflow';

import type { Operation, Service } from '../shared/users/service';
import { deactivateOption, getOption, reactivateOption } from '../shared/users/userOperations';

/** What a service does of it. */
export function operationsOf({ operations }: Pick<Service, 'operations'>): Operation[] {
	return OPERATIONS.flatMap(({ value }) => operations[value] ?? []);
}

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
