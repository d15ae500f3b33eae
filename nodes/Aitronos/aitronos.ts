import { z } from 'zod';

import { Failure } from '../shared/failure';
import { deactivateOption } from '../shared/operations';
import { path } from '../shared/path';
import { defineOperation, type Service } from '../shared/service';
import { aitronosErrors } from './errors';
import { organizationId, transferResourcesToDepartmentId, userId } from './parameters';

/** `account_state` is what to trust: the documented deactivated user has `deactivated_at: null`. */
const deactivatedUser = z.object({
	id: z.string(),
	email: z.string().optional().catch(undefined),
	account_state: z.literal('deactivated'),
});

const validation = z.object({ is_valid: z.boolean() });

/**
 * @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md
 * @see https://docs.aitronos.com/docs/api-reference/authentication/validate-token
 */
export const aitronos: Service = {
	name: 'aitronos',
	displayName: 'Aitronos',
	credentials: [{ authentication: 'apiKey', name: 'API Key', type: 'aitronosAdminApi' }],
	errors: aitronosErrors,
	advice: {
		unauthorized:
			"Check the key or token in the credential, and that 'Authentication' says which of the two it is.",
		forbidden:
			'Give the person or key behind the credential the capability deactivate_users in the organization, or the role Admin or Owner.',
	},
	operations: {
		deactivate: defineOperation(
			deactivateOption(
				'Deactivate a user in one organization and hand over what belongs to them to a department',
			),
			{ organizationId, userId, transferResourcesToDepartmentId },
			async (values, api) => {
				const { data, response } = await api.send({
					method: 'POST',
					path: path`/v1/organizations/${values.organizationId}/users/${values.userId}/deactivate`,
					body: {
						transfer_resources_to_department_id: values.transferResourcesToDepartmentId,
					},
					schema: deactivatedUser,
				});
				return {
					outcome: 'deactivated',
					email: data.email,
					stateAfter: data.account_state,
					verified: true,
					response,
				};
			},
		),
	},
	/** A bad key may be told by the status or by the body alone. */
	async checkCredential(api) {
		const { data } = await api.send({
			method: 'GET',
			path: path`/v1/auth/validate`,
			schema: validation,
		});
		if (!data.is_valid) throw new Failure('unauthorized');
	},
};
