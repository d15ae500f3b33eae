import { z } from 'zod';

import type { Parameter } from '../shared/parameters/reading';
import { idFormat, userLocator } from '../shared/parameters/locators';

const id = idFormat(
	'[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
	'must be a UUID such as 6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11',
);

export const userIdSchema = id.schema;

/** @see https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id */
export const userId = userLocator({
	placeholder: 'e.g. 6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11',
	hint: 'To see the ID of a user, choose the user from the list, then switch to By ID',
	id,
});

/** @see https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id */
export const includeSummary: Parameter<boolean> = {
	property: {
		displayName: 'Include Summary',
		name: 'includeSummary',
		type: 'boolean',
		default: false,
		description:
			'Whether to output how many private projects were reassigned and how many were deleted. awork reassigns or deletes them either way.',
	},
	schema: z.boolean({ message: 'must be true or false' }),
};
