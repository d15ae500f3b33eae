import { SERVICES } from '../../../nodes/OffboardUser/services';
import { byEmail, byId } from '../../harness/locators.cts';
import { SUBJECTS } from '../../harness/subjects.cts';
import { SEED, SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';

/** Somebody whom the person who builds the agent never wants to be touched. */
export const PROTECTED = STAFF.colleague;

/** A description that the person who builds the agent wrote. */
export const WRITTEN = 'Says what a deactivation would do';

export type NodeName = ServiceName | 'offboardUser';

/** One of our nodes as a tool. */
export interface ToolNode {
	/** Name of the node. n8n makes the tool's name of it, with `_` for all but letters and digits. */
	readonly name: string;
	readonly node: NodeName;
	readonly parameters: object;
	readonly onError?: 'continueRegularOutput';
}

const email = "={{ $fromAI('email', 'Email address of the person who leaves', 'string') }}";
const userId = byId("={{ $fromAI('userId', 'ID of the user', 'string') }}");

const guarded = { options: { protectedUsers: PROTECTED.email } };
const inAitronos = {
	organizationId: byId(SEED.aitronos.organizationId),
	transferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
};

/** Offboard User with all services chosen. */
const EVERYWHERE = {
	services: SERVICE_NAMES,
	aitronosOrganizationId: inAitronos.organizationId,
	aitronosTransferResourcesToDepartmentId: inAitronos.transferResourcesToDepartmentId,
};

/** A tool that deactivates, unless its parameters say something else. */
const tool = <Node extends NodeName>(node: Node, name: string, parameters: object) => ({
	node,
	name,
	parameters: { operation: 'deactivate', ...parameters },
});
const usual = (service: string) => `Deactivate user (ends access, safe to repeat) in ${service}`;

/** The tools, with the names that the editor gives to such nodes, or with names that tell them apart. */
export const TOOLS = {
	langdock: tool('langdock', usual('Langdock'), { email, ...guarded }),
	odeus: tool('odeus', usual('Odeus'), { email, ...guarded }),
	aitronos: tool('aitronos', usual('Aitronos'), { ...inAitronos, userId, ...guarded }),
	zitadel: tool('zitadel', usual('ZITADEL'), { userId, ...guarded }),
	awork: tool('awork', usual('awork'), { userId, includeSummary: false, ...guarded }),
	scim: tool('scim', usual('SCIM'), { userId, ...guarded }),
	aworkByEmail: tool('awork', 'awork by email', { userId: byEmail(email), ...guarded }),
	look: tool('zitadel', 'Get state of user', { operation: 'get', userId: byEmail(email) }),
	lookEverywhere: tool('offboardUser', 'Get state of user everywhere', {
		...EVERYWHERE,
		operation: 'get',
		email,
	}),
	dryRun: tool('zitadel', 'ZITADEL dry run', {
		userId,
		options: { dryRun: true },
		descriptionType: 'manual',
		toolDescription: WRITTEN,
	}),
	oneAtMost: tool('zitadel', 'ZITADEL one at most', { userId, options: { safetyLimit: 1 } }),
	goesOn: {
		...tool('zitadel', 'ZITADEL goes on', { userId, ...guarded }),
		onError: 'continueRegularOutput',
	},
} as const satisfies Record<string, ToolNode>;

/** Name of one of these tools in the tests. */
export type ToolKey = keyof typeof TOOLS;

/** What n8n calls a tool when it speaks to the model. */
export const toolName = ({ name }: ToolNode): string => name.replace(/[^a-zA-Z0-9_-]+/g, '_');

const OPERATIONS = ['deactivate', 'get', 'reactivate'] as const;

/** What a model has to read of an operation. */
const described = (everywhere: '' | ' everywhere', displayName: string) => ({
	deactivate: `Deactivate user${everywhere} (ends access, safe to repeat) in ${displayName}`,
	get: `Get state of user${everywhere} (changes nothing) in ${displayName}`,
	reactivate: `Reactivate user${everywhere} (restores access, safe to repeat) in ${displayName}`,
});

/** A tool for each node and operation, with all fields filled in, and what a model has to read of it. */
const EACH = [
	...SERVICES.map(({ service }) => ({
		node: service.name as ServiceName,
		operations: OPERATIONS.filter((operation) => Object.hasOwn(service.operations, operation)),
		parameters: SUBJECTS[service.name as ServiceName].parameters(STAFF.leaver) as object,
		texts: described('', service.displayName),
	})),
	{
		node: 'offboardUser' as const,
		operations: OPERATIONS,
		parameters: { ...EVERYWHERE, email: STAFF.leaver.email },
		texts: described(' everywhere', 'Offboard User'),
	},
].flatMap(({ node, operations, parameters, texts }) =>
	operations.map((operation) => ({
		tool: tool(node, `${node}_${operation}`, { ...parameters, operation }),
		description: texts[operation],
	})),
);

export const TOOL_OF_EACH: readonly ToolNode[] = EACH.map((one) => one.tool);

/** What a model has to read, by the name of the tool. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = Object.fromEntries(
	EACH.map((one) => [one.tool.name, one.description]),
);
