import { pickOptions } from '../shared/parameters/options';
import { defineOperation, type Service } from '../shared/users/service';
import { deactivateOption, reactivateOption } from '../shared/users/userOperations';
import { email, role } from './parameters';

/**
 * The user management API that Langdock and Odeus offer under two names.
 *
 * @see https://docs.langdock.com/en/developer/user-management-api/deactivate-user.md
 * @see https://docs.langdock.com/en/developer/user-management-api/invite.md
 * @see https://odeus.ai/docs/developer/user-management-api/deactivate-user
 */
export function userManagementService(product: {
	name: string;
	displayName: string;
	credentialType: string;
}): Service {
	const { name, displayName, credentialType } = product;
	const dryRun = {
		description: `Whether to preview the result without changing anything. ${displayName} can't look up members, so this only checks the input, unless the key also has the scope BILLING_API.`,
	};
	return {
		name,
		displayName,
		credentials: [{ authentication: 'apiKey', name: 'API Key', type: credentialType }],
		errors: async () => (await import('./errors')).errorsOf(displayName),
		advice: {
			unauthorized: `Check the API key in the credential. It must be a workspace key, not a personal one. ${displayName} gives the same answer if the admin who created the key has left.`,
			forbidden: `Give the key the scope USER_MANAGEMENT_API in ${displayName} under Workspace Settings > Products > API.`,
		},
		operations: {
			deactivate: defineOperation({
				option: deactivateOption(
					`End a member's access to the ${displayName} workspace. What the member created is kept`,
				),
				notice: `${displayName} can't look up members. It can't tell a mistyped email from a deactivated member, so check the address first.`,
				parameters: { email },
				options: pickOptions(
					['dryRun', 'ifAlreadyDeactivated', 'ifNotFound', 'protectedUsers', 'safetyLimit'],
					{
						dryRun,
						ifAlreadyDeactivated: {
							default: 'fail',
							description: `What to do if no active member has this email. ${displayName} gives the same answer for a mistyped email, an open invitation and a deactivated member.`,
						},
					},
				),
				perform: async ({ email: address }, run, options) =>
					await (await import('./changes')).deactivate(address, run, options, displayName),
			}),
			reactivate: defineOperation({
				option: reactivateOption(
					`Invite a former member to the ${displayName} workspace again. The person gets an email and may have to accept`,
				),
				notice: `${displayName} can only restore access with a new invitation. The person gets an email and may have to accept.`,
				parameters: { email, role },
				options: pickOptions(['dryRun'], { dryRun }),
				perform: async (values, run, options) =>
					options.dryRun
						? { outcome: 'wouldReactivate' }
						: await (await import('./changes')).invite(values.email, values.role, run),
			}),
		},
		checkCredential: async (client) => await (await import('./changes')).checkCredential(client),
	};
}
