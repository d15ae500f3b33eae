import type { INodePropertyModeValidation } from 'n8n-workflow';
import { z } from 'zod';

import { emailSchema } from '../model/email';
import { pathSegment, type PathSegment } from '../model/path';
import { text, type Parameter } from './reading';

/** How an item names the user. */
export type UserSelector = { by: 'id'; userId: PathSegment } | { by: 'email'; email: string };

type IdSchema = z.ZodType<PathSegment, z.ZodTypeDef, string>;

type Validation = INodePropertyModeValidation[];

/** The form of an ID: what a run accepts, and what the editor marks red. */
export interface IdFormat {
	schema: IdSchema;
	validation: Validation;
}

/**
 * @param pattern a regular expression for the whole ID
 * @param expected completes a sentence that starts with the field's name
 */
export function idFormat(pattern: string, expected: string): IdFormat {
	return {
		schema: pathSegment(new RegExp(`^${pattern}$`), expected),
		validation: marked(pattern, expected),
	};
}

/**
 * Marks a value red that can't be right, such as the leftover of another mode. n8n checks no
 * expressions, and does not run a node with a red field: so nothing may be red that a run accepts.
 */
function marked(pattern: string, expected: string): Validation {
	const errorMessage = expected.charAt(0).toUpperCase() + expected.slice(1);
	return [{ type: 'regex', properties: { regex: `\\s*${pattern}\\s*`, errorMessage } }];
}

/** Name of the method behind the list of users, the same in every node. */
export const SEARCH_USERS = 'searchUsers';

const MUST_BE_USER = { message: 'must be a user' };

/** The field that names a user: from the list, by email, or by ID. */
export function userLocator(service: {
	/** An example of an ID. */
	placeholder: string;
	/** Where to find the ID. */
	hint: string;
	id: IdFormat;
}): Parameter<UserSelector> {
	return {
		property: {
			displayName: 'User',
			name: 'userId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The user, from the list, by exact email address, or by ID',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Select a user…',
					typeOptions: { searchListMethod: SEARCH_USERS, searchable: true },
				},
				{
					displayName: 'By Email',
					name: 'email',
					type: 'string',
					placeholder: 'e.g. kim.lee@example.org',
					hint: 'Full email address, not case-sensitive',
					validation: marked('.+@.+', 'must be an email address'),
				},
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: service.placeholder,
					hint: service.hint,
					validation: service.id.validation,
				},
			],
		},
		schema: z
			.object(
				{ mode: z.enum(['list', 'email', 'id'], MUST_BE_USER), value: z.unknown() },
				MUST_BE_USER,
			)
			.transform(({ mode, value }, context): UserSelector => {
				if (mode === 'email') {
					const email = text(emailSchema).safeParse(value ?? undefined);
					if (email.success) return { by: 'email', email: email.data };
					context.addIssue(firstIssue(email.error));
					return z.NEVER;
				}
				const userId = text(service.id.schema).safeParse(value ?? undefined);
				if (userId.success) return { by: 'id', userId: userId.data };
				context.addIssue(firstIssue(userId.error));
				return z.NEVER;
			}),
	};
}

function firstIssue(error: z.ZodError): z.IssueData {
	return { code: 'custom', message: error.issues[0]?.message ?? "can't be used" };
}
