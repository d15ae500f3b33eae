import { z } from 'zod';

import { Failure } from '../shared/failure';
import { deactivateOption } from '../shared/operations';
import { path, type PathSegment } from '../shared/path';
import type { Api } from '../shared/request';
import { defineOperation, type Service } from '../shared/service';
import { aworkErrors } from './errors';
import { includeSummary, userId } from './parameters';
import { emailOf, stateOf, userSchema } from './user';

const count = z.number().int().optional();

/** 200 brings the counts, both optional; 204 brings nothing. Either comes, whatever was asked. */
const summary = z
	.object({ privateProjectManagersReassignedCount: count, privateProjectsDeletedCount: count })
	.optional();

async function postDeactivate(id: PathSegment, withSummary: boolean, api: Api) {
	const answer = api.send({
		method: 'POST',
		path: path`/users/${id}/deactivate`,
		query: { includeSummary: String(withSummary) },
		schema: summary,
	});
	return await answer.catch((error: unknown) => {
		// The user was just read with the same credential, so a 401 can only mean the permission.
		const isPermission = error instanceof Failure && error.reason === 'unauthorized';
		throw isPermission ? new Failure('forbidden', { ...error.facts, advice: undefined }) : error;
	});
}

/**
 * @see https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id
 * @see https://developers.awork.com/apiv1/users/get-user-by-id
 */
export const awork: Service = {
	name: 'awork',
	displayName: 'awork',
	credentials: [
		{ authentication: 'apiKey', name: 'API Key', type: 'aworkAdminApi' },
		{ authentication: 'oAuth2', name: 'OAuth2', type: 'aworkAdminOAuth2Api' },
	],
	errors: aworkErrors,
	advice: {
		unauthorized: 'Check the credential: it may have been removed in awork.',
		forbidden:
			'Give the credential a role in awork that is admin or may manage users (user-manage-config).',
	},
	operations: {
		deactivate: defineOperation(
			deactivateOption(
				'Take the ability to sign in away from a user. Their private projects may get another manager or be deleted.',
			),
			{ userId, includeSummary },
			/**
			 * Reads the user first: what awork answers for one that is already deactivated is not
			 * documented, and the call may delete projects.
			 */
			async (values, api) => {
				const user = await api.send({
					method: 'GET',
					path: path`/users/${values.userId}`,
					schema: userSchema,
				});
				const email = emailOf(user.data);
				const stateBefore = stateOf(user.data);
				if (stateBefore === 'deactivated') {
					return {
						outcome: 'alreadyDeactivated',
						email,
						stateBefore,
						stateAfter: stateBefore,
						verified: true,
						response: user.response,
					};
				}
				const { response } = await postDeactivate(values.userId, values.includeSummary, api);
				return { outcome: 'deactivated', email, stateBefore, stateAfter: 'deactivated', response };
			},
		),
	},
	/** Proves the key, not its right to deactivate: awork has no harmless request that does. */
	async checkCredential(api) {
		await api.send({ method: 'GET', path: path`/users/me`, schema: z.object({ id: z.string() }) });
	},
};
