import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { loadConfig } from './config';
import { scimErrors } from './errors';
import { FIRST, loadPage } from './list';
import { updateMethod, userId } from './parameters';
import { users } from './users';

export const scim: Service = {
	name: 'scim',
	displayName: 'SCIM',
	credentials: [
		{ authentication: 'token', name: 'Token', type: 'scimAdminApi' },
		{
			authentication: 'clientCredentials',
			name: 'Client Credentials',
			type: 'scimClientCredentialsApi',
			renewsToken: true,
		},
	],
	errors: scimErrors,
	advice: {
		unauthorized:
			'Check the token in the credential. It may have expired or been replaced in the app.',
		forbidden: 'Create a SCIM token in the app as an admin who can manage users.',
	},
	operations: userOperations({
		users,
		parameters: { userId, updateMethod },
		deactivate: {
			description: "End a user's access to the app",
			parameters: { userId, updateMethod },
		},
		get: { description: 'Look up the present state of a user' },
		reactivate: { description: 'Undo a deactivation' },
	}),
	async checkCredential(client) {
		await loadPage(client, FIRST, undefined, 1);
		await loadConfig(client);
	},
};
