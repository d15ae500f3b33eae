import { z } from 'zod';

import { deactivateOption } from '../shared/operations';
import { path } from '../shared/path';
import { defineOperation, type Service } from '../shared/service';
import { zitadelErrors } from './errors';
import { userId } from './parameters';

/** `sequence` and other uint64 are strings; unset fields are left out. */
const mutation = z.object({ details: z.object({ changeDate: z.string().optional() }) });

const userList = z.object({ details: z.object({}) });

/**
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-list-users
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
	advice: {
		unauthorized:
			'Check the credential: a personal access token may have expired or been removed, its service account may be deactivated.',
		forbidden:
			"Give the service account of the credential the role ORG_USER_MANAGER in the user's organization, or IAM_USER_MANAGER for all organizations.",
	},
	operations: {
		deactivate: defineOperation(
			deactivateOption('Take the ability to log in away from a user or a service account'),
			{ userId },
			async (values, api) => {
				const { response } = await api.send({
					method: 'POST',
					path: path`/v2/users/${values.userId}/deactivate`,
					body: {},
					schema: mutation,
				});
				return { outcome: 'deactivated', stateAfter: 'deactivated', response };
			},
		),
	},
	/** Every valid token may list users, itself at least: it proves the token, not the role. */
	async checkCredential(api) {
		await api.send({
			method: 'POST',
			path: path`/v2/users`,
			body: { query: { limit: 1 } },
			schema: userList,
		});
	},
};
