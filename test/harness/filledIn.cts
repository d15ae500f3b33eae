import { SEED, SERVICE_NAMES, STAFF } from '../simulators/index.cts';

const { organizationId, departments } = SEED.aitronos;

/** What the example workflows leave to the admin, by the names of the fields. */
const VALUES: Readonly<Record<string, unknown>> = {
	email: STAFF.leaver.email,
	services: SERVICE_NAMES,
	organizationId,
	aitronosOrganizationId: organizationId,
	transferResourcesToDepartmentId: departments.transferTarget,
	aitronosTransferResourcesToDepartmentId: departments.transferTarget,
};

/** A node of ours with the fields that are empty filled in, as an admin does it after the import. */
export function filledIn<Node extends { readonly type: string; readonly parameters: object }>(
	node: Node,
): Node {
	if (!node.type.startsWith('n8n-nodes-offboarding.')) return node;
	const fields = Object.entries<unknown>(node.parameters as Readonly<Record<string, unknown>>).map(
		([name, value]) => [name, filled(value, VALUES[name])] as const,
	);
	return { ...node, parameters: Object.fromEntries(fields) };
}

function filled(value: unknown, given: unknown): unknown {
	if (value === '' || (Array.isArray(value) && value.length === 0)) return given;
	const isEmptyLocator =
		typeof value === 'object' && value !== null && 'value' in value && value.value === '';
	return isEmptyLocator ? { ...value, mode: 'id', value: given } : value;
}
