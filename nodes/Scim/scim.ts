import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { updateMethod, userId } from './parameters';

/** Loaded when a node runs. */
export const loadUsers = async () => (await import('./users')).users;

export const scim: Service = {
	name: 'scim',
	displayName: 'SCIM',
	appField: 'appName',
	credentials: [
		{ authentication: 'token', name: 'Token', type: 'scimAdminApi' },
		{
			authentication: 'clientCredentials',
			name: 'Client Credentials',
			type: 'scimClientCredentialsApi',
			renewsToken: true,
		},
	],
	errors: async () => (await import('./errors')).scimErrors,
	advice: {
		unauthorized:
			'Check the token in the credential. It may have expired or been replaced in the app.',
		forbidden: 'Create a SCIM token in the app as an admin who can manage users.',
	},
	operations: userOperations({
		loadUsers,
		parameters: { userId },
		ownOptions: { updateMethod },
		deactivate: { description: "End a user's access to the app", parameters: { userId } },
		get: { description: 'Look up the present state of a user' },
		getMany: { description: 'List the users of the app, to find accounts that nobody needs' },
		reactivate: { description: 'Undo a deactivation' },
	}),
	checkCredential: async (client) => await (await import('./credential')).checkCredential(client),
};
