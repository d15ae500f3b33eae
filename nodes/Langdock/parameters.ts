import type { Parameter } from '../shared/parameters';
import { emailSchema } from '../shared/email';

/** @see https://docs.langdock.com/en/developer/user-management-api/deactivate-user.md */
export const email: Parameter<string> = {
	property: {
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. kim.lee@example.org',
		description: 'Email address of the member, as in the workspace',
	},
	schema: emailSchema,
};
