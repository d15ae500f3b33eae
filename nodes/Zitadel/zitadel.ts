import { z } from 'zod';

import { path } from '../shared/model/path';
import type { Api } from '../shared/http/client';
import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { directory } from './directory';
import { zitadelErrors } from './errors';
import { userId } from './parameters';
import { endSessions } from './sessions';

/** `sequence` and other uint64 are strings; unset fields are left out. */
const mutation = z.object({ details: z.object({ changeDate: z.string().optional() }) });

const me = z.object({ user: z.object({ id: z.string() }) });

/**
 * ZITADEL has no guard of its own against this: the token would die with the account.
 *
 * @see https://zitadel.com/docs/reference/api/auth/zitadel.auth.v1.AuthService.GetMyUser
 */
async function ownUserId(api: Api): Promise<string> {
	const { data } = await api.send({ method: 'GET', path: path`/auth/v1/users/me`, schema: me });
	return data.user.id;
}

/**
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-reactivate-user
 */
export const zitadel: Service = {
	name: 'zitadel',
	displayName: 'ZITADEL',
	credentials: [
		{
			authentication: 'personalAccessToken',
			name: 'Personal Access Token',
			type: 'zitadelAdminApi',
		},
		{ authentication: 'oAuth2', name: 'OAuth2', type: 'zitadelAdminOAuth2Api' },
	],
	errors: zitadelErrors,
	addressField: 'Instance URL',
	advice: {
		unauthorized:
			'Check the credential: a personal access token may have expired or been removed, its service account may be deactivated.',
		forbidden:
			"Give the service account of the credential the role ORG_USER_MANAGER in the user's organization, or IAM_USER_MANAGER for all organizations.",
	},
	operations: userOperations({
		directory,
		parameters: { userId },
		deactivate: {
			description: 'Take the ability to log in away from a user or a service account',
			parameters: { userId },
			options: ['endSessions'],
			steps: (_, { api }) => ({
				act: async (id) => {
					const { response } = await api.send({
						method: 'POST',
						path: path`/v2/users/${id}/deactivate`,
						body: {},
						schema: mutation,
						changes: true,
					});
					return { outcome: 'deactivated', stateAfter: 'deactivated', response };
				},
				ownUserId: async () => await ownUserId(api),
				endSessions: async (id) => await endSessions(api, id),
			}),
		},
		get: { description: 'Look up the present state of a user or a service account' },
		reactivate: {
			description:
				'Undo a deactivation: the user can log in again, but personal access tokens must be made anew',
			steps: (_, { api }) => ({
				act: async (id) => {
					const { response } = await api.send({
						method: 'POST',
						path: path`/v2/users/${id}/reactivate`,
						body: {},
						schema: mutation,
						changes: true,
					});
					return { outcome: 'reactivated', stateAfter: 'active', response };
				},
			}),
		},
	}),
	/** Every valid token may list users, itself at least: it proves the token, not the role. */
	async checkCredential(api) {
		await api.send({
			method: 'POST',
			path: path`/v2/users`,
			body: { query: { limit: 1 } },
			schema: z.object({ details: z.object({}) }),
		});
	},
};
