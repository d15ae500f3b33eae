import { byEmail, byId } from '../harness/locators.cts';
import { SEED, STAFF } from '../simulators/index.cts';
import { workflowFor } from './people.cts';

export const GUARDS_WORKFLOW_ID = 'guards';

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
	const guards = GUARDS.map(([name, service, parameters]) => ({
		name,
		type: `n8n-nodes-offboarding.${service}`,
		typeVersion: 1,
		onError: 'continueRegularOutput',
		parameters: { resource: 'user', operation: 'deactivate', ...parameters },
		credentials: { [`${service}AdminApi`]: { id: service, name: `${service} simulator` } },
	}));
	const people = [STAFF.leaver.email, STAFF.colleague.email];
	return workflowFor(GUARDS_WORKFLOW_ID, people, guards);
}
