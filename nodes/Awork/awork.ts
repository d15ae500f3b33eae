import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { includeSummary, userId } from './parameters';

/** Loaded when a node runs. */
export const loadUsers = async () => (await import('./users')).users;

export const awork: Service = {
	name: 'awork',
	displayName: 'awork',
	credentials: [
		{ authentication: 'apiKey', name: 'API Key', type: 'aworkAdminApi' },
		{ authentication: 'oAuth2', name: 'OAuth2', type: 'aworkAdminOAuth2Api' },
	],
	errors: async () => (await import('./errors')).aworkErrors,
	advice: {
		unauthorized: 'Check the credential. It may have been removed in awork.',
		forbidden:
			'Give the credential a role in awork that is admin or can manage users (user-manage-config).',
	},
	operations: userOperations({
		loadUsers,
		parameters: { userId },
		deactivate: {
			description:
				"End a user's ability to sign in. awork reassigns or deletes the user's private projects",
			notice:
				"awork reassigns or deletes the user's private projects, possibly permanently. Turn on Include Summary to see how many.",
			parameters: { userId, includeSummary },
		},
		get: { description: 'Look up the present state of a user' },
		getMany: {
			description: 'List the users of the workspace, to find accounts that nobody needs',
		},
		reactivate: {
			description:
				'Undo a deactivation. awork notifies the person by email. Deleted projects may not come back',
			notice: 'awork notifies the person by email.',
		},
	}),
	checkCredential: async (client) =>
		await (await import('./permissions')).ensureCanManageUsers(client),
};
