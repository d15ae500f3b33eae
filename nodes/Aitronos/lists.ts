import { z } from 'zod';

import { listSearch } from '../shared/n8n/listSearch';
import { path } from '../shared/model/path';
import { aitronos } from './aitronos';
import { departmentIdSchema, organizationId, organizationIdSchema } from './parameters';

const words = z.string().nullish().catch(undefined);

const departments = z.array(
	z.object({
		id: departmentIdSchema,
		name: words,
		path: words,
		is_active: z.boolean().nullish(),
		is_default: z.boolean().nullish(),
	}),
);

/**
 * Departments that can take something over: inactive ones are left out, the default one is marked.
 * Aitronos gives them all at once.
 *
 * @see https://docs.aitronos.com/docs/api-reference/departments/list.md
 */
export const searchDepartments = listSearch(
	aitronos,
	{ organizationId },
	async (values, { api }, filter) => {
		const { data } = await api.send({
			method: 'GET',
			path: path`/v1/organizations/${values.organizationId}/departments`,
			schema: departments,
		});
		const results = data
			.filter(({ is_active: isActive }) => isActive !== false)
			.map(({ id, name, path: fullName, is_default: isDefault }) => ({
				name: `${fullName ?? name ?? id}${isDefault === true ? ' (default)' : ''}`,
				value: id,
			}));
		return { results: results.filter(({ name }) => includes(name, filter)) };
	},
);

const organization = z.object({ id: organizationIdSchema, name: words });

/** A bare list by the sample, something around it by the text: all forms are read. */
const organizations = z.union([
	z.array(organization),
	z.object({ organizations: z.array(organization) }).transform((body) => body.organizations),
	z.object({ items: z.array(organization) }).transform((body) => body.items),
	z.object({ data: z.array(organization) }).transform((body) => body.data),
]);

const PAGE_SIZE = 100;

/** @see https://docs.aitronos.com/docs/api-reference/organizations/management/list */
export const searchOrganizations = listSearch(
	aitronos,
	{},
	async (_, { api }, filter, page = '0') => {
		const { data } = await api.send({
			method: 'GET',
			path: path`/v1/organizations`,
			query: { skip: page, limit: String(PAGE_SIZE), active_only: 'true' },
			schema: organizations,
		});
		const results = data.map(({ id, name }) => ({ name: name ?? id, value: id }));
		return {
			results: results.filter(({ name }) => includes(name, filter)),
			...(data.length === PAGE_SIZE && { paginationToken: String(Number(page) + PAGE_SIZE) }),
		};
	},
);

function includes(name: string, filter: string): boolean {
	return name.toLowerCase().includes(filter.toLowerCase());
}
