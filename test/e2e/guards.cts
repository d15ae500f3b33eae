import { SEED, STAFF } from '../simulators/index.cts';

export const GUARDS_WORKFLOW_ID = 'guards';

const byEmail = (value: string) => ({ __rl: true, mode: 'email', value });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const { aitronos, zitadel } = SEED;
const inAitronos = {
	organizationId: byId(aitronos.organizationId),
	transferResourcesToDepartmentId: byId(aitronos.departments.transferTarget),
};

/** What has to be refused, by the name of the node that tries it: parameters and the reason. */
export const GUARDS: ReadonlyArray<
	readonly [
		name: string,
		service: 'aitronos' | 'awork' | 'zitadel',
		parameters: object,
		reason: string,
	]
> = [
	[
		'ID of a protected address',
		'zitadel',
		{
			userId: byId(zitadel.accounts.leaver.userId),
			options: { protectedUsers: `ceo@example.org, ${STAFF.leaver.email}` },
		},
		'protectedUser',
	],
	[
		'Own account',
		'zitadel',
		{ userId: byId(zitadel.accounts.userManager.userId) },
		'protectedUser',
	],
	[
		'Too many',
		'awork',
		{ userId: byEmail('={{ $json.email }}'), includeSummary: false, options: { safetyLimit: 1 } },
		'safetyLimit',
	],
	[
		'Last admin',
		'awork',
		{ userId: byEmail(STAFF.lastAdmin.email), includeSummary: false },
		'refused',
	],
	['Last owner', 'aitronos', { ...inAitronos, userId: byEmail(STAFF.lastAdmin.email) }, 'refused'],
	['Twin', 'zitadel', { userId: byEmail(STAFF.twin.email) }, 'ambiguousUser'],
	['Hostile ID', 'aitronos', { ...inAitronos, userId: byId('usr_1/../../x') }, 'invalidInput'],
];

/** Two people, and a node for each thing that has to be refused. */
export function guardsWorkflow(): object {
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const people = {
		name: 'People',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: JSON.stringify({ email: [STAFF.leaver.email, STAFF.colleague.email] }),
			options: {},
		},
	};
	const split = {
		name: 'Split',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'email', options: {} },
	};
	const guards = GUARDS.map(([name, service, parameters]) => ({
		name,
		type: `n8n-nodes-offboarding.${service}`,
		typeVersion: 1,
		onError: 'continueRegularOutput',
		parameters: { resource: 'user', operation: 'deactivate', ...parameters },
		credentials: { [`${service}AdminApi`]: { id: service, name: `${service} simulator` } },
	}));
	const to = (...names: string[]) => ({
		main: [names.map((node) => ({ node, type: 'main', index: 0 }))],
	});
	return {
		id: GUARDS_WORKFLOW_ID,
		name: 'Guards',
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [start, people, split, ...guards].map((node, index) => ({
			id: `guard-${index}`,
			position: [0, index * 100],
			...node,
		})),
		connections: {
			Start: to('People'),
			People: to('Split'),
			Split: to(...GUARDS.map(([name]) => name)),
		},
	};
}
