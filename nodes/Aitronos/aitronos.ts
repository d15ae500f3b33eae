import { z } from 'zod';

import { Failure } from '../shared/failure';
import { deactivateOption, getOption, reactivateOption } from '../shared/operations';
import { offer } from '../shared/options';
import { path } from '../shared/path';
import { defineOperation, type Service } from '../shared/service';
import { deactivateUser, getUser, reactivateUser } from '../shared/userFlow';
import { directory } from './directory';
import { aitronosErrors } from './errors';
import { organizationId, transferResourcesToDepartmentId, userId } from './parameters';

/** `account_state` is what to trust: the documented deactivated user has `deactivated_at: null`. */
function userIn<State extends 'active' | 'deactivated'>(state: State) {
	return z.object({
		id: z.string(),
		email: z.string().optional().catch(undefined),
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
	operations: {
		deactivate: defineOperation({
			option: deactivateOption(
				'Deactivate a user in one organization and hand over what belongs to them to a department',
			),
			parameters: { organizationId, userId, transferResourcesToDepartmentId },
			options: offer([
				'dryRun',
				'ifAlreadyDeactivated',
				'ifNotFound',
				'output',
				'protectedUsers',
				'safetyLimit',
				'timeout',
				'verify',
			]),
			perform: async (values, session, options) =>
				await deactivateUser(
					{ directory, values, session, options },
					{
						act: async (id) => {
							const { data, response } = await session.api.send({
								method: 'POST',
								path: path`/v1/organizations/${values.organizationId}/users/${id}/deactivate`,
								body: {
									transfer_resources_to_department_id: values.transferResourcesToDepartmentId,
								},
								schema: userIn('deactivated'),
							});
							const { email, account_state: stateAfter } = data;
							return { outcome: 'deactivated', email, stateAfter, verified: true, response };
						},
					},
				),
		}),
		get: defineOperation({
			option: getOption('Look up the present state of a user in one organization'),
			parameters: { organizationId, userId },
			options: offer(['ifNotFound', 'output', 'timeout']),
			perform: async (values, session, options) =>
				await getUser({ directory, values, session, options }),
		}),
		reactivate: defineOperation({
			option: reactivateOption(
				'Undo a deactivation; resources that were handed over are not known to come back',
			),
			parameters: { organizationId, userId },
			options: offer(['dryRun', 'ifNotFound', 'output', 'timeout', 'verify']),
			perform: async (values, session, options) =>
				await reactivateUser(
					{ directory, values, session, options },
					{
						act: async (id) => {
							const { data, response } = await session.api.send({
								method: 'POST',
								path: path`/v1/organizations/${values.organizationId}/users/${id}/reactivate`,
								schema: userIn('active'),
							});
							const { email, account_state: stateAfter } = data;
							return { outcome: 'reactivated', email, stateAfter, verified: true, response };
						},
					},
				),
		}),
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
