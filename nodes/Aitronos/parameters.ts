import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { PathSegment } from '../shared/model/path';
import { idFormat, userLocator, type IdFormat } from '../shared/parameters/locators';
import { text, type Parameter } from '../shared/parameters/reading';

/** Ids are a prefix that tells the kind of thing, then letters, digits, dashes and underscores. */
function prefixedId(prefix: string): IdFormat {
	return idFormat(`${prefix}_[A-Za-z0-9_-]{1,128}`, `must be an ID that starts with ${prefix}_`);
}

const user = prefixedId('usr');
const organization = prefixedId('org');
const department = prefixedId('dept');

export const userIdSchema = user.schema;
export const organizationIdSchema = organization.schema;
export const departmentIdSchema = department.schema;

/** A locator with the modes From List and By ID. */
function idLocator(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & {
		mode: 'list' | 'id';
		searchListMethod: string;
		listPlaceholder: string;
		listHint?: string;
		idPlaceholder: string;
	},
	{ schema, validation }: IdFormat,
): Parameter<PathSegment> {
	const { displayName, name, description } = field;
	return {
		property: {
			displayName,
			name,
			...(description !== undefined && { description }),
			type: 'resourceLocator',
			required: true,
			default: { mode: field.mode, value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: field.listPlaceholder,
					...(field.listHint !== undefined && { hint: field.listHint }),
					typeOptions: { searchListMethod: field.searchListMethod, searchable: true },
				},
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: field.idPlaceholder,
					validation,
				},
			],
		},
		schema: z
			.object({ value: z.unknown() }, { message: 'must be chosen from the list or given by ID' })
			.transform(({ value }) => value ?? undefined)
			.pipe(text(schema)),
	};
}

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const organizationId = idLocator(
	{
		displayName: 'Organization',
		name: 'organizationId',
		description: 'The organization that the user belongs to',
		// Listing organizations has a side effect in Aitronos.
		mode: 'id',
		searchListMethod: 'searchOrganizations',
		listPlaceholder: 'Select an organization…',
		listHint:
			"Opening this list gives the credential's owner access to all organizations that use their email domain. To avoid this, use By ID.",
		idPlaceholder: 'e.g. org_abc123',
	},
	organization,
);

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const userId = userLocator({
	placeholder: 'e.g. usr_abc123',
	hint: "Starts with usr_. Don't use the membership ID (orguser_).",
	id: user,
});

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const transferResourcesToDepartmentId = idLocator(
	{
		displayName: 'Transfer Resources To',
		name: 'transferResourcesToDepartmentId',
		description:
			"Department that takes over the user's resources. Reactivating the user may not restore them.",
		mode: 'list',
		searchListMethod: 'searchDepartments',
		listPlaceholder: 'Select a department…',
		idPlaceholder: 'e.g. dept_abc123',
	},
	department,
);
