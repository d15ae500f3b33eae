import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { organizationId, transferResourcesToDepartmentId, userId } from './parameters';

/** Loaded when a node runs. */
export const loadUsers = async () => (await import('./users')).users;

export const aitronos: Service = {
	name: 'aitronos',
	displayName: 'Aitronos',
	credentials: [{ authentication: 'apiKey', name: 'API Key', type: 'aitronosAdminApi' }],
	errors: async () => (await import('./errors')).aitronosErrors,
	advice: {
		unauthorized:
			"Check the key or token in the credential, and that 'Authentication' says which of the two it is.",
		forbidden:
			'Give the person or key behind the credential the capability deactivate_users in the organization, or the role Admin or Owner.',
	},
	operations: userOperations({
		loadUsers,
		parameters: { organizationId, userId },
		deactivate: {
			description:
				"Deactivate a user in one organization and transfer the user's resources to a department",
			parameters: { organizationId, userId, transferResourcesToDepartmentId },
		},
		get: { description: 'Look up the present state of a user in one organization' },
		getMany: {
			description: 'List the members of one organization, to find accounts that nobody needs',
		},
		reactivate: {
			description: 'Undo a deactivation. Transferred resources may not come back',
		},
	}),
	checkCredential: async (client) => await (await import('./credential')).checkCredential(client),
};
