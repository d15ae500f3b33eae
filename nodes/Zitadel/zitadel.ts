import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { userId } from './parameters';

/** Loaded when a node runs. */
export const loadUsers = async () => (await import('./users')).users;

export const zitadel: Service = {
	name: 'zitadel',
	displayName: 'ZITADEL',
	credentials: [
		{
			authentication: 'personalAccessToken',
			name: 'Personal Access Token',
			type: 'zitadelAdminApi',
		},
		{
			authentication: 'clientCredentials',
			name: 'Client Credentials',
			type: 'zitadelClientCredentialsApi',
			renewsToken: true,
		},
	],
	errors: async () => (await import('./errors')).zitadelErrors,
	addressField: 'Instance URL',
	advice: {
		unauthorized:
			'Check the credential. A personal access token may have expired or been removed, or its service account may be deactivated.',
		forbidden:
			"Give the service account of the credential the role ORG_USER_MANAGER in the user's organization, or IAM_USER_MANAGER for all organizations.",
	},
	operations: userOperations({
		loadUsers,
		parameters: { userId },
		deactivate: {
			description: "End a user's or service account's ability to log in",
			parameters: { userId },
			options: ['endSessions'],
		},
		get: { description: 'Look up the present state of a user or service account' },
		getMany: {
			description: 'List users and service accounts, to find accounts that nobody needs',
		},
		reactivate: {
			description:
				'Undo a deactivation. The user can log in again, but needs new personal access tokens',
		},
	}),
	checkCredential: async (client) =>
		await (await import('./permissions')).ensureCanManageUsers(client),
};
