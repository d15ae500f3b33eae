import { z } from 'zod';

import type { Parameter } from '../shared/parameters/reading';
import { pathSegment } from '../shared/model/path';
import { userLocator } from '../shared/parameters/locators';

export const userIdSchema = pathSegment(
	/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
	'must be a UUID such as 6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11',
);

/** @see https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id */
export const userId = userLocator({
	placeholder: 'e.g. 6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11',
	hint: "Part of the address of the user's page in awork",
	schema: userIdSchema,
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
