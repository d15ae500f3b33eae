import { z } from 'zod';

import { emailSchema } from '../shared/model/email';
import { requiredText, type Parameter } from '../shared/parameters/reading';

/** @see https://docs.langdock.com/en/developer/user-management-api/deactivate-user.md */
export const email = requiredText(
	{
		displayName: 'Email',
		name: 'email',
		placeholder: 'e.g. kim.lee@example.org',
		description: 'Email address of the member in the workspace',
	},
	emailSchema,
);

/** @see https://docs.langdock.com/en/developer/user-management-api/invite.md */
export const role: Parameter<'member' | 'editor' | 'admin'> = {
	property: {
		displayName: 'Role',
		name: 'role',
		type: 'options',
		default: 'member',
		description: "Role to assign. The service doesn't restore the previous role.",
		options: [
			{ name: 'Admin', value: 'admin' },
			{ name: 'Editor', value: 'editor' },
			{ name: 'Member', value: 'member' },
		],
	},
	schema: z.enum(['member', 'editor', 'admin'], {
		message: "must be 'member', 'editor' or 'admin'",
	}),
};
