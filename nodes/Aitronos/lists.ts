import type { INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { path, type PathSegment } from '../shared/model/path';
import { departmentIdSchema, organizationIdSchema } from './parameters';

const optionalText = z.string().nullish().catch(undefined);

const department = z.object({
	id: departmentIdSchema,
	name: optionalText,
	parent_id: optionalText,
	is_active: z.boolean().nullish().catch(undefined),
	is_default: z.boolean().nullish().catch(undefined),
});

type Department = z.output<typeof department>;

/**
 * Departments that can take over resources: inactive ones are left out, the default one is marked.
 * Aitronos gives them all at once. Its `path` is a chain of ids, so the readable one is built here.
 *
 * @see https://docs.aitronos.com/docs/api-reference/departments/list.md
 */
export async function searchDepartments(
	{ organizationId }: { organizationId: PathSegment },
	client: Client,
	filter: string,
): Promise<INodeListSearchResult> {
	const { data } = await client.send({
		method: 'GET',
		path: path`/v1/organizations/${organizationId}/departments`,
		schema: z.array(z.unknown()),
	});
	const departments = readable(data, department);
	const byId = new Map(departments.map((one) => [String(one.id), one]));
	const results = departments
		.filter(({ is_active: isActive }) => isActive !== false)
		.map((one) => ({
			name: `${nameOf(one, byId)}${one.is_default === true ? ' (default)' : ''}`,
			value: one.id,
		}));
	return { results: results.filter(({ name }) => includes(name, filter)) };
}

/** `Parent / Child`, from the top. */
function nameOf(one: Department, byId: ReadonlyMap<string, Department>): string {
	const names: string[] = [];
	const seen = new Set<Department>();
	for (
		let at: Department | undefined = one;
		at && !seen.has(at);
		at = byId.get(at.parent_id ?? '')
	) {
		seen.add(at);
		names.unshift(at.name ? at.name : at.id);
	}
	return names.join(' / ');
}

const organization = z.object({ id: organizationIdSchema, name: optionalText });

/** A plain list in the sample, a wrapped one in the text: all forms are read. */
const organizations = z.union([
	z.array(z.unknown()),
	z.object({ organizations: z.array(z.unknown()) }).transform((body) => body.organizations),
	z.object({ items: z.array(z.unknown()) }).transform((body) => body.items),
	z.object({ data: z.array(z.unknown()) }).transform((body) => body.data),
]);

const PAGE_SIZE = 100;

/** @see https://docs.aitronos.com/docs/api-reference/organizations/management/list */
export async function searchOrganizations(
	_: object,
	client: Client,
	filter: string,
	page = '0',
): Promise<INodeListSearchResult> {
	const { data } = await client.send({
		method: 'GET',
		path: path`/v1/organizations`,
		query: { skip: page, limit: String(PAGE_SIZE), active_only: 'true' },
		schema: organizations,
	});
	const results = readable(data, organization).map(({ id, name }) => ({
		name: name ?? id,
		value: id,
	}));
	return {
		results: results.filter(({ name }) => includes(name, filter)),
		...(data.length === PAGE_SIZE && { paginationToken: String(Number(page) + PAGE_SIZE) }),
	};
}

/** The entries that can be read: an odd one must not spoil the others. */
function readable<T>(
	entries: readonly unknown[],
	schema: z.ZodType<T, z.ZodTypeDef, unknown>,
): T[] {
	return entries.flatMap((entry) => {
		const parsed = schema.safeParse(entry);
		return parsed.success ? [parsed.data] : [];
	});
}

function includes(name: string, filter: string): boolean {
	return name.toLowerCase().includes(filter.toLowerCase());
}
