import { z } from 'zod';

import { Failure } from '../shared/model/failure';
import { path } from '../shared/model/path';
import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { directory } from './directory';
import { aitronosErrors } from './errors';
import { organizationId, transferResourcesToDepartmentId, userId } from './parameters';

/** `account_state` is what to trust: the documented deactivated user has `deactivated_at: null`. */
function userIn<State extends 'active' | 'deactivated'>(state: State) {
	return z.object({
		id: z.string(),
		email: z.string().min(1).optional().catch(undefined),
		account_state: z.literal(state),
	});
}

const validation = z.object({ is_valid: z.boolean() });

/**
 * @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md
 * @see https://docs.aitronos.com/docs/api-reference/users/reactivate.md
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
	operations: userOperations({
		directory,
		parameters: { organizationId, userId },
		deactivate: {
			description:
				'Deactivate a user in one organization and hand over what belongs to them to a department',
			parameters: { organizationId, userId, transferResourcesToDepartmentId },
			steps: (values, { api }) => ({
				act: async (id) => {
					const { data, response } = await api.send({
						method: 'POST',
						path: path`/v1/organizations/${values.organizationId}/users/${id}/deactivate`,
						body: {
							transfer_resources_to_department_id: values.transferResourcesToDepartmentId,
						},
						schema: userIn('deactivated'),
						changes: true,
					});
					const { email, account_state: stateAfter } = data;
					return { outcome: 'deactivated', email, stateAfter, verified: true, response };
				},
			}),
		},
		get: { description: 'Look up the present state of a user in one organization' },
		reactivate: {
			description:
				'Undo a deactivation; resources that were handed over are not known to come back',
			steps: (values, { api }) => ({
				act: async (id) => {
					const { data, response } = await api.send({
						method: 'POST',
						path: path`/v1/organizations/${values.organizationId}/users/${id}/reactivate`,
						schema: userIn('active'),
						changes: true,
					});
					const { email, account_state: stateAfter } = data;
					return { outcome: 'reactivated', email, stateAfter, verified: true, response };
				},
			}),
		},
	}),
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
