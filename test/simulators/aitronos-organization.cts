import { z } from 'zod';
import { SEED } from './seed.cts';

/** How the list of organizations is wrapped: sample and text disagree (reference, section 5). */
export type OrganizationListForm = 'array' | 'organizations' | 'items' | 'data';

const COUNT = z.string().regex(/^\d+$/).transform(Number);
const { organizationId, departments, defaultDepartmentId, inactiveDepartmentId } = SEED.aitronos;

/** https://docs.aitronos.com/docs/api-reference/organizations/management/list */
export const ORGANIZATION_LIST_QUERY = z
	.object({
		skip: COUNT.default('0'),
		limit: COUNT.optional(),
		active_only: z.enum(['true', 'false']).optional(),
	})
	.strict();

/** https://docs.aitronos.com/docs/api-reference/organizations/management/retrieve */
export function organizationBody(): Record<string, unknown> {
	return {
		id: organizationId,
		name: 'Acme',
		is_active: true,
		owner_id: SEED.aitronos.accounts.lastAdmin.userId,
	};
}

/** The organizations of the caller: one, and it is active. */
export function organizationList(
	{ skip, limit }: z.output<typeof ORGANIZATION_LIST_QUERY>,
	form: OrganizationListForm,
): unknown {
	const page = [organizationBody()].slice(skip, limit === undefined ? undefined : skip + limit);
	return form === 'array' ? page : { [form]: page };
}

/** https://docs.aitronos.com/docs/api-reference/departments/list: a bare array, no paging. */
export const DEPARTMENTS: readonly Record<string, unknown>[] = [
	department([defaultDepartmentId], 'General', { is_default: true }),
	department([defaultDepartmentId, departments.home], 'Sales'),
	department([defaultDepartmentId, departments.transferTarget], 'IT'),
	department([defaultDepartmentId, inactiveDepartmentId], 'Closed', { is_active: false }),
	department([defaultDepartmentId, departments.home, departments.nested], 'Partners'),
];

/** Whether resources can be given to it. Nothing is documented about inactive ones: they pass. */
export function isDepartment(id: string): boolean {
	return DEPARTMENTS.some((known) => known.id === id);
}

/** @param chain the ids from the topmost department to this one: what `path` is made of */
function department(
	chain: readonly string[],
	name: string,
	facts: { readonly is_active?: boolean; readonly is_default?: boolean } = {},
): Record<string, unknown> {
	const [id, parentId = null] = [...chain].reverse();
	return {
		id,
		name,
		parent_id: parentId,
		path: `/${chain.join('/')}`,
		depth: chain.length - 1,
		is_active: true,
		is_default: false,
		...facts,
	};
}
