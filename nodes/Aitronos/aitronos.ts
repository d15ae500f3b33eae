import { z } from 'zod';

import { Failure } from '../shared/model/failure';
import { path } from '../shared/model/path';
import type { Service } from '../shared/users/service';
import { userOperations } from '../shared/users/userOperations';
import { aitronosErrors } from './errors';
import { organizationId, transferResourcesToDepartmentId, userId } from './parameters';
import { users } from './users';

const validation = z.object({ is_valid: z.boolean() });

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
		users,
		parameters: { organizationId, userId },
		deactivate: {
			description:
				"Deactivate a user in one organization and transfer the user's resources to a department",
			parameters: { organizationId, userId, transferResourcesToDepartmentId },
		},
		get: { description: 'Look up the present state of a user in one organization' },
		getMany: {
			description: 'List the members of one organization, to find accounts that nobody needs',
		},
		reactivate: {
			description: 'Undo a deactivation. Transferred resources may not come back',
		},
	}),
	/**
	 * A bad key may show in the status or in the body alone.
	 *
	 * @see https://docs.aitronos.com/docs/api-reference/authentication/validate-token
	 */
	async checkCredential(client) {
		const { data } = await client.send({
			method: 'GET',
			path: path`/v1/auth/validate`,
			schema: validation,
		});
		if (!data.is_valid) throw new Failure('unauthorized');
	},
};
