import { byEmail, byId } from '../../harness/locators.cts';
import { SEED, SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import type { ServiceName } from '../../simulators/index.cts';

/** Somebody whom the person who builds the agent never wants to be touched. */
export const PROTECTED = STAFF.colleague;

export type NodeName = ServiceName | 'offboardUser';

/** One of our nodes as a tool. */
export interface ToolNode {
	/** Name of the node. n8n makes the tool's name of it, with `_` for all but letters and digits. */
	readonly name: string;
	readonly node: NodeName;
	readonly parameters: object;
	readonly onError?: 'continueRegularOutput';
}

/** One that the model may call. */
export interface Tool extends ToolNode {
	/** What the model has to fill in. */
	readonly asks: 'email' | 'userId';
}

const email = "={{ $fromAI('email', 'Email address of the person who leaves', 'string') }}";
const userId = "={{ $fromAI('userId', 'ID of the user', 'string') }}";

const guarded = { options: { protectedUsers: PROTECTED.email } };
const inAitronos = {
	organizationId: byId(SEED.aitronos.organizationId),
	transferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
};

/** Offboard User with all services chosen. */
export const EVERYWHERE = {
	services: SERVICE_NAMES,
	aitronosOrganizationId: inAitronos.organizationId,
	aitronosTransferResourcesToDepartmentId: inAitronos.transferResourcesToDepartmentId,
};

/** The tools, with the names that the editor gives to such nodes, or with names that tell them apart. */
export const TOOLS = {
	langdock: {
		name: 'Deactivate user (ends access, safe to repeat) in Langdock',
		node: 'langdock',
		parameters: { operation: 'deactivate', email, ...guarded },
		asks: 'email',
	},
	odeus: {
		name: 'Deactivate user (ends access, safe to repeat) in Odeus',
		node: 'odeus',
		parameters: { operation: 'deactivate', email, ...guarded },
		asks: 'email',
	},
	aitronos: {
		name: 'Deactivate user (ends access, safe to repeat) in Aitronos',
		node: 'aitronos',
		parameters: { operation: 'deactivate', ...inAitronos, userId: byId(userId), ...guarded },
		asks: 'userId',
	},
	zitadel: {
		name: 'Deactivate user (ends access, safe to repeat) in ZITADEL',
		node: 'zitadel',
		parameters: { operation: 'deactivate', userId: byId(userId), ...guarded },
		asks: 'userId',
	},
	awork: {
		name: 'Deactivate user (ends access, safe to repeat) in awork',
		node: 'awork',
		parameters: {
			operation: 'deactivate',
			userId: byId(userId),
			includeSummary: false,
			...guarded,
		},
		asks: 'userId',
	},
	aworkByEmail: {
		name: 'awork by email',
		node: 'awork',
		parameters: {
			operation: 'deactivate',
			userId: byEmail(email),
			includeSummary: false,
			...guarded,
		},
		asks: 'email',
	},
	look: {
		name: 'Get state of user, changes nothing in ZITADEL',
		node: 'zitadel',
		parameters: { operation: 'get', userId: byEmail(email) },
		asks: 'email',
	},
	dryRun: {
		name: 'ZITADEL dry run',
		node: 'zitadel',
		parameters: {
			operation: 'deactivate',
			userId: byId(userId),
			options: { dryRun: true },
			descriptionType: 'manual',
			toolDescription: 'Says what a deactivation would do',
		},
		asks: 'userId',
	},
	lookEverywhere: {
		name: 'Get state of user everywhere',
		node: 'offboardUser',
		parameters: { ...EVERYWHERE, operation: 'get', email },
		asks: 'email',
	},
	oneAtMost: {
		name: 'ZITADEL one at most',
		node: 'zitadel',
		parameters: { operation: 'deactivate', userId: byId(userId), options: { safetyLimit: 1 } },
		asks: 'userId',
	},
	goesOn: {
		name: 'ZITADEL goes on',
		node: 'zitadel',
		parameters: { operation: 'deactivate', userId: byId(userId), ...guarded },
		onError: 'continueRegularOutput',
		asks: 'userId',
	},
} as const satisfies Record<string, Tool>;

/** Name of one of these tools in the tests. */
export type ToolKey = keyof typeof TOOLS;

/** What n8n calls a tool when it speaks to the model. */
export const toolName = ({ name }: ToolNode): string => name.replace(/[^a-zA-Z0-9_-]+/g, '_');
