import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { aworkErrors } from './errors';
import { includeSummary, userId } from './parameters';
import { ensureCanManageUsers } from './permissions';
import { users } from './users';

export const awork: Service = {
	name: 'awork',
	displayName: 'awork',
	credentials: [
		{ authentication: 'apiKey', name: 'API Key', type: 'aworkAdminApi' },
		{ authentication: 'oAuth2', name: 'OAuth2', type: 'aworkAdminOAuth2Api' },
	],
	errors: aworkErrors,
	advice: {
		unauthorized: 'Check the credential. It may have been removed in awork.',
		forbidden:
			'Give the credential a role in awork that is admin or can manage users (user-manage-config).',
	},
	operations: userOperations({
		users,
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
	checkCredential: ensureCanManageUsers,
};
