import { z } from 'zod';

import { opaqueSegment } from '../shared/model/path';
import { userLocator } from '../shared/parameters/locators';
import type { Parameter } from '../shared/parameters/reading';

/**
 * The ID that the app gave the user. Apps choose its form, so any characters may be in it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.1
 */
export const userIdSchema = opaqueSegment('must be a user ID');

/** @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2 */
export const userId = userLocator({
	placeholder: 'e.g. 2819c223-7f76-453a-919d-413861904646',
	hint: 'The ID in the SCIM API of the app, not the email or user name',
	id: { schema: userIdSchema, validation: [] },
	otherNames: ['userName', 'externalId'],
});

const UPDATE_METHODS = ['automatic', 'patch', 'put'] as const;

/** How the node changes a user. */
export type UpdateMethod = (typeof UPDATE_METHODS)[number];

/** @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5 */
export const updateMethod: Parameter<UpdateMethod> = {
	property: {
		displayName: 'Update Method',
		name: 'updateMethod',
		type: 'options',
		default: 'automatic',
		description: 'How to change the user at an app that speaks SCIM',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'PATCH, and PUT if the app does not carry it out',
			},
			{ name: 'PATCH', value: 'patch', description: 'Send only what changes' },
			{
				name: 'PUT',
				value: 'put',
				description: 'Send the whole user back, for apps without PATCH',
			},
		],
	},
	schema: z.enum(UPDATE_METHODS, {
		message: "must be 'automatic', 'patch' or 'put'",
	}),
};
