import type { INodePropertyModeValidation } from 'n8n-workflow';
import { z } from 'zod';

import { emailSchema } from '../model/email';
import { pathSegment, type PathSegment } from '../model/path';
import type { Account } from '../model/record';
import { text, type Parameter } from './reading';

/** A name of a user that has to be looked up. */
export interface UserName {
	by: 'email' | 'userName' | 'externalId';
	name: string;
}

/** How an item names the user. */
export type UserSelector = { by: 'id'; userId: PathSegment } | UserName;

/** The account as far as the item names it. */
export function toAccount(selector: UserSelector): Account {
	return selector.by === 'id' ? { userId: selector.userId } : { [selector.by]: selector.name };
}

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

/** What some services know their users by, besides email and ID. */
const OTHER_NAMES = {
	userName: {
		displayName: 'By User Name',
		placeholder: 'e.g. kim.lee',
		hint: 'The name that the user signs in with, not case-sensitive',
	},
	externalId: {
		displayName: 'By External ID',
		placeholder: 'e.g. 00042',
		hint: 'The ID of the user in your own directory or HR system',
	},
} as const;

/** The field that names a user: from the list, by email, or by ID. */
export function userLocator(service: {
	/** An example of an ID. */
	placeholder: string;
	/** Where to find the ID. */
	hint: string;
	id: IdFormat;
	/** Other names that the service can look a user up by. */
	otherNames?: ReadonlyArray<keyof typeof OTHER_NAMES>;
}): Parameter<UserSelector> {
	const otherNames = service.otherNames ?? [];
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
				...otherNames.map((name) => ({
					...OTHER_NAMES[name],
					name,
					type: 'string' as const,
				})),
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
				{
					mode: z.enum(['list', 'email', 'id', ...otherNames], MUST_BE_USER),
					value: z.unknown(),
				},
				MUST_BE_USER,
			)
			.transform(({ mode, value }, context): UserSelector => {
				if (mode === 'email') {
					const email = text(emailSchema).safeParse(value ?? undefined);
					if (email.success) return { by: mode, name: email.data };
					context.addIssue(firstIssue(email.error));
					return z.NEVER;
				}
				if (mode === 'userName' || mode === 'externalId') {
					const name = text(z.string()).safeParse(value ?? undefined);
					if (name.success) return { by: mode, name: name.data };
					context.addIssue(firstIssue(name.error));
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
