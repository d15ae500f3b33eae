import { z } from 'zod';
import { SEED } from './seed.cts';

const { organizationId, departments, accounts } = SEED.aitronos;

/**
 * The organizations of the caller: one, and it is active.
 * https://docs.aitronos.com/docs/api-reference/organizations/management/list
 */
export const ORGANIZATIONS: readonly Record<string, unknown>[] = [
	{ id: organizationId, name: 'Acme', is_active: true, owner_id: accounts.lastAdmin.userId },
];

const COUNT = z.string().regex(/^\d+$/).optional();

/** The only organization is active, and on the first page. */
export const ORGANIZATION_LIST_QUERY = z
	.object({ skip: COUNT, limit: COUNT, active_only: z.enum(['true', 'false']).optional() })
	.strict();

/** Takes what nobody else does; marked `is_default`. */
const DEFAULT_DEPARTMENT = 'dept_general';

/** https://docs.aitronos.com/docs/api-reference/departments/list: a bare array, no paging. */
export const DEPARTMENTS: readonly Record<string, unknown>[] = [
	department([DEFAULT_DEPARTMENT], 'General', { is_default: true }),
	department([DEFAULT_DEPARTMENT, departments.home], 'Sales'),
	department([DEFAULT_DEPARTMENT, departments.transferTarget], 'IT'),
	department([DEFAULT_DEPARTMENT, 'dept_closed'], 'Closed', { is_active: false }),
	department([DEFAULT_DEPARTMENT, departments.home, 'dept_partners'], 'Partners'),
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
