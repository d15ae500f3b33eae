import { byEmail, byId } from '../harness/locators.cts';
import { SEED, STAFF } from '../simulators/index.cts';
import type { ServiceName } from '../simulators/index.cts';
import { to, workflowFor } from './people.cts';

export const GUARDS_WORKFLOW_ID = 'guards';
export const LOOP_WORKFLOW_ID = 'loop';

const { aitronos, zitadel } = SEED;

/**
 * What has to be refused, by the name of the node that tries it: parameters and the reason. Who else
 * is refused, such as the last admin, is tested in test/workflow/users.test.cts.
 */
export const GUARDS: ReadonlyArray<
	readonly [name: string, service: ServiceName, parameters: object, reason: string]
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
		'Too many',
		'awork',
		{ userId: byEmail('={{ $json.email }}'), includeSummary: false, options: { safetyLimit: 1 } },
		'safetyLimit',
	],
	[
		'Hostile ID',
		'aitronos',
		{
			organizationId: byId(aitronos.organizationId),
			transferResourcesToDepartmentId: byId(aitronos.departments.transferTarget),
			// By expression: a fixed value is refused by n8n itself.
			userId: byId('={{ "usr_1/../../x" }}'),
		},
		'invalidInput',
	],
];

const PEOPLE = [STAFF.leaver.email, STAFF.colleague.email];

const deactivate = (name: string, service: ServiceName, parameters: object) => ({
	name,
	type: `n8n-nodes-offboarding.${service}`,
	typeVersion: 1,
	onError: 'continueRegularOutput',
	parameters: { resource: 'user', operation: 'deactivate', ...parameters },
	credentials: { [`${service}AdminApi`]: { id: service, name: `${service} simulator` } },
});

/** Two people, and a node for each thing that has to be refused. */
export function guardsWorkflow(): object {
	const guards = GUARDS.map(([name, service, parameters]) => deactivate(name, service, parameters));
	return workflowFor(GUARDS_WORKFLOW_ID, PEOPLE, guards);
}

/** The same two people, one in each round of a loop, and a node that may deactivate one of them. */
export function loopWorkflow(): object {
	const loop = {
		name: 'Loop',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: 1, options: {} },
	};
	const body = deactivate('One at Most', 'awork', {
		userId: byEmail('={{ $json.email }}'),
		includeSummary: false,
		options: { safetyLimit: 1 },
	});
	return workflowFor(LOOP_WORKFLOW_ID, PEOPLE, [loop, body], {
		Split: to(loop.name),
		[loop.name]: { main: [[], ...to(body.name).main] },
		[body.name]: to(loop.name),
	});
}
