import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { loadConfig, type ServerConfig } from './config';
import { scimErrors } from './errors';
import { ensureShowsUsers } from './list';
import { updateMethod, userId } from './parameters';
import { users } from './users';

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
	errors: scimErrors,
	advice: {
		unauthorized:
			'Check the token in the credential. It may have expired or been replaced in the app.',
		forbidden: 'Create a SCIM token in the app as an admin who can manage users.',
	},
	operations: userOperations({
		users,
		parameters: { userId },
		ownOptions: { updateMethod },
		deactivate: { description: "End a user's access to the app", parameters: { userId } },
		get: { description: 'Look up the present state of a user' },
		getMany: { description: 'List the users of the app, to find accounts that nobody needs' },
		reactivate: { description: 'Undo a deactivation' },
	}),
	async checkCredential(client) {
		await ensureShowsUsers(client);
		return describe(await loadConfig(client));
	},
};

/** What the server says about itself, for the person who tests the credential. */
function describe({ patch, filter }: ServerConfig): string {
	const said = [
		...(patch === undefined ? [] : [`${patch ? 'can' : "can't"} change single attributes (PATCH)`]),
		...(filter === undefined ? [] : [`${filter ? 'can' : "can't"} search users (filter)`]),
	];
	return said.length === 0
		? "The app doesn't say what its SCIM API supports."
		: `According to the app, its SCIM API ${said.join(' and ')}.`;
}
