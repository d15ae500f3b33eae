import { byId } from '../harness/locators.cts';
import { SEED, SERVICE_NAMES } from '../simulators/index.cts';
import { workflowFor } from './people.cts';

export const OFFBOARD_USER_WORKFLOW_ID = 'offboard-user';

/** One node that takes the access of some people away at all services. */
export function offboardUserWorkflow(emails: readonly string[]): object {
	const credentials = SERVICE_NAMES.map((name) => [
		`${name}AdminApi`,
		{ id: name, name: `${name} simulator` },
	]);
	return workflowFor(OFFBOARD_USER_WORKFLOW_ID, emails, [
		{
			name: 'Offboard User',
			type: 'n8n-nodes-offboarding.offboardUser',
			typeVersion: 1,
			onError: 'continueErrorOutput',
			parameters: {
				services: SERVICE_NAMES,
				operation: 'deactivate',
				email: '={{ $json.email }}',
				aitronosOrganizationId: byId(SEED.aitronos.organizationId),
				aitronosTransferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
			},
			credentials: Object.fromEntries(credentials) as object,
		},
	]);
}
