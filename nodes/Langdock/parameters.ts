import { emailSchema } from '../shared/email';
import { requiredText } from '../shared/parameters';

/** @see https://docs.langdock.com/en/developer/user-management-api/deactivate-user.md */
export const email = requiredText(
	{
		displayName: 'Email',
		name: 'email',
		placeholder: 'e.g. kim.lee@example.org',
		description: 'Email address of the member, as in the workspace',
	},
	emailSchema,
);
