import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { emailSchema } from '../shared/model/email';
import { requiredText, type Parameter } from '../shared/parameters/reading';
import type { Service } from '../shared/users/service';

/** Whom the run is about, the same person at each service. */
export const email = requiredText(
	{
		displayName: 'Email',
		name: 'email',
		placeholder: 'e.g. kim.lee@example.org',
		description: 'Email address of the person as the services know it, not case-sensitive',
	},
	emailSchema,
);

/** The switch that turns a service on. It may be an expression: not everybody is everywhere. */
export function serviceSwitch(service: Service): Parameter<boolean> {
	const property: INodeProperties = {
		displayName: service.displayName,
		name: service.name,
		type: 'boolean',
		default: false,
		description: `Whether to include the person's ${service.displayName} account`,
	};
	return { property, schema: z.boolean({ message: 'must be true or false' }) };
}
