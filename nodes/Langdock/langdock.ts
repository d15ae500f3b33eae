import { z } from 'zod';

import { sameEmail } from '../shared/users/directory';
import type { ErrorTable } from '../shared/http/errorTable';
import { Failure } from '../shared/model/failure';
import { deactivateOption, reactivateOption } from '../shared/users/operations';
import { offer } from '../shared/parameters/options';
import { path } from '../shared/model/path';
import type { Change } from '../shared/model/record';
import type { Api } from '../shared/http/client';
import { defineOperation, type Service } from '../shared/users/service';
import { CONCLUDED, settleAlreadyDeactivated } from '../shared/users/outcome';
import { email, role } from './parameters';

/** The one answer that means: no such active member. Any other 404 comes from a wrong address. */
const NOT_AN_ACTIVE_MEMBER = 'User not found or not an active member';

/** Names nobody, and never will (RFC 2606). Fixed, since it goes to a destructive endpoint. */
const NOBODY = 'n8n-credential-test@offboarding.invalid';

const deactivated = z.object({ status: z.literal('success'), message: z.string() });

const invited = z.object({
	status: z.literal('success'),
	successfulInvites: z.array(z.string()),
	invalidEmails: z.array(z.string()),
});

/** The forms of this product family: a flat message, or an error as text or as object. */
const errorBody = z.object({
	message: z.string().optional().catch(undefined),
	error: z
		.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])
		.optional()
		.catch(undefined),
	code: z.string().optional().catch(undefined),
});

const errors: ErrorTable = {
	read(body) {
		const { data } = errorBody.safeParse(body);
		return { message: data?.message ?? data?.error, code: data?.code };
	},
	rules: [
		{
			status: 404,
			message: NOT_AN_ACTIVE_MEMBER,
			reason: 'notFound',
			maybe: 'alreadyDeactivated',
			advice:
				"The address may be mistyped, invited but not active yet, or already deactivated: the service does not tell which. Nothing was changed. To accept this answer, set 'If Already Deactivated' to 'Succeed' under 'Options'.",
		},
	],
};

async function deactivate(address: string, api: Api): Promise<Change> {
	const { response } = await api.send({
		method: 'POST',
		path: path`/user-management/v1/deactivate-user`,
		body: { email: address },
		schema: deactivated,
		changes: true,
	});
	// Only an active member can be deactivated: all others get the 404 above.
	return { outcome: 'deactivated', stateBefore: 'active', stateAfter: 'deactivated', response };
}

/**
 * There is no other way back than a new invitation. A 200 may still mean that nobody was invited;
 * members who are active are passed over without a word.
 */
async function invite(address: string, role: string, api: Api): Promise<Change> {
	const { data, response, isRepeat } = await api.send({
		method: 'POST',
		path: path`/user-management/v1/invite`,
		body: { users: [{ email: address, role }] },
		schema: invited,
		changes: true,
	});
	const isIn = (list: readonly string[]) => list.some((entry) => sameEmail(entry, address));
	if (isIn(data.invalidEmails)) {
		throw new Failure('refused', {
			summary: `The address '${address}' cannot be invited`,
			advice: 'Check the address: its mail server may not exist. Nothing was changed.',
			httpCode: '200',
			response,
		});
	}
	if (isIn(data.successfulInvites)) return { outcome: 'reactivated', response };
	return isRepeat
		? { outcome: 'reactivated', response, warning: CONCLUDED }
		: { outcome: 'alreadyActive', response };
}

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
		description: `Whether to change nothing. ${displayName} has no way to look a member up, so this only checks the input.`,
	};
	return {
		name,
		displayName,
		credentials: [{ authentication: 'apiKey', name: 'API Key', type: credentialType }],
		errors,
		advice: {
			unauthorized: `Check the API key in the credential: it must be a key of the workspace, not a personal one. ${displayName} gives the same answer if the admin who created the key is no longer there.`,
			forbidden: `Give the key the scope USER_MANAGEMENT_API in ${displayName}: Workspace Settings > Products > API.`,
		},
		operations: {
			deactivate: defineOperation({
				option: deactivateOption(
					`Take a member's access to the ${displayName} workspace away at once; what they made is kept`,
				),
				notice: `${displayName} has no way to look a member up. So there is no operation Get, nothing to verify, and an address that nobody has looks like one that is already deactivated.`,
				parameters: { email },
				options: offer(
					['dryRun', 'ifAlreadyDeactivated', 'ifNotFound', 'protectedUsers', 'safetyLimit'],
					{
						dryRun,
						ifAlreadyDeactivated: {
							default: 'fail',
							description: `What to do if there is no active member with this email. ${displayName} gives the same answer for an address that is mistyped, invited or already deactivated, so 'Succeed' also accepts a typing slip.`,
						},
					},
				),
				perform: async ({ email: address }, { api, inTurn }, options) =>
					options.dryRun
						? { outcome: 'wouldDeactivate' }
						: await inTurn(
								address.toLowerCase(),
								async () => await settleAlreadyDeactivated(deactivate(address, api), options),
							),
			}),
			reactivate: defineOperation({
				option: reactivateOption(
					`Invite a former member of the ${displayName} workspace again; they get an email and may have to accept`,
				),
				notice: `${displayName} has no way back but a new invitation: the person gets an email and may have to accept.`,
				parameters: { email, role },
				options: offer(['dryRun'], { dryRun }),
				perform: async (values, { api, inTurn }, options) =>
					options.dryRun
						? { outcome: 'wouldReactivate' }
						: await inTurn(
								values.email.toLowerCase(),
								async () => await invite(values.email, values.role, api),
							),
			}),
		},
		/** There is no harmless GET, so a good key shows by the documented answer for nobody. */
		async checkCredential(api) {
			await deactivate(NOBODY, api).then(
				() => {
					throw new Failure('unexpectedResponse', {
						summary: 'The address in the credential says yes to everything',
						advice: "It is not the API of this service. Check 'Base URL' in the credential.",
					});
				},
				(error: unknown) => {
					const isGood = error instanceof Failure && error.facts.message === NOT_AN_ACTIVE_MEMBER;
					if (!isGood) throw error;
				},
			);
		},
	};
}

export const langdock = userManagementService({
	name: 'langdock',
	displayName: 'Langdock',
	credentialType: 'langdockAdminApi',
});
