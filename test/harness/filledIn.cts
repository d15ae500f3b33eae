import { SEED, SERVICE_NAMES, STAFF } from '../simulators/index.cts';
import { byId } from './locators.cts';

const { organizationId, departments } = SEED.aitronos;
const organization = byId(organizationId);
const department = byId(departments.transferTarget);

/** What the example workflows leave to the admin, by the names of the fields. */
const VALUES: Readonly<Record<string, unknown>> = {
	email: STAFF.leaver.email,
	services: SERVICE_NAMES,
	organizationId: organization,
	aitronosOrganizationId: organization,
	transferResourcesToDepartmentId: department,
	aitronosTransferResourcesToDepartmentId: department,
};

/** A node of ours with the fields that are empty filled in, as an admin does it after the import. */
export function filledIn<Node extends { readonly type: string; readonly parameters: object }>(
	node: Node,
): Node {
	if (!node.type.startsWith('n8n-nodes-offboarding.')) return node;
	const given: Readonly<Record<string, unknown>> = { ...node.parameters };
	const fields = Object.entries({ ...shownThen(given), ...given }).map(
		([name, value]) => [name, isEmpty(value) ? VALUES[name] : value] as const,
	);
	return { ...node, parameters: Object.fromEntries(fields) };
}

/** The empty fields that the editor shows as soon as the services are chosen. */
function shownThen({ services, operation }: Readonly<Record<string, unknown>>): object {
	if (!isEmpty(services)) return {};
	return operation === 'deactivate'
		? { aitronosOrganizationId: '', aitronosTransferResourcesToDepartmentId: '' }
		: { aitronosOrganizationId: '' };
}

function isEmpty(value: unknown): boolean {
	if (Array.isArray(value)) return value.length === 0;
	const isLocator = typeof value === 'object' && value !== null && 'value' in value;
	return (isLocator ? value.value : value) === '';
}
