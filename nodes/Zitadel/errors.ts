import { z } from 'zod';

import type { ErrorTable } from '../shared/http/errorTable';
import type { Failure } from '../shared/model/failure';

const detail = z.object({ id: z.string() });

/**
 * The three forms of a refusal: gRPC gateway (`details[]`), the reference's newer pages (`detail`),
 * and one without either, with the id at the end of the message. Ids are matched, never texts:
 * those are translated.
 */
const body = z.object({
	message: z.string().optional().catch(undefined),
	details: z.array(z.unknown()).optional().catch(undefined),
	detail: detail.optional().catch(undefined),
});

const ID_IN_MESSAGE = /\(([A-Z0-9]+-[A-Za-z0-9]+)\)$/;

/** ZITADEL refuses to deactivate a user in the state INITIAL. */
export const NEVER_ACTIVATED = {
	summary: 'The user was never activated and can only be deleted',
	advice: 'Delete the user in the ZITADEL console.',
};

const NO_ROLE_ADVICE =
	"Give the service account of the credential the role ORG_USER_MANAGER in the user's organization, or IAM_USER_MANAGER for all organizations.";

/** @see https://zitadel.com/docs/apis/statuscodes and internal/command/user_v2.go of ZITADEL v4 */
export const zitadelErrors: ErrorTable = {
	read(answer) {
		const { data } = body.safeParse(answer);
		const ids = (data?.details ?? []).flatMap((entry) => detail.safeParse(entry).data?.id ?? []);
		const code = ids[0] ?? data?.detail?.id ?? data?.message?.match(ID_IN_MESSAGE)?.[1];
		return { message: data?.message, code };
	},
	rules: [
		// Deactivate, reactivate and get each have an id of their own for it. With another status, an id
		// is no proof.
		{
			status: 404,
			code: ['COMMAND-5gp2p62iin', 'COMMAND-9hy5kzbuk6', 'QUERY-Dfbg2'],
			reason: 'notFound',
		},
		{ status: 400, code: 'COMMAND-5gunjw0cd7', reason: 'alreadyDeactivated' },
		{ status: 400, code: 'COMMAND-s5qqcz97hf', reason: 'alreadyActive' },
		{
			code: 'COMMAND-gvx4kct9r2',
			reason: 'refused',
			...NEVER_ACTIVATED,
		},
		// ZITADEL answers 404 where the credential has no role at all: no proof that the user is gone.
		{
			code: 'AUTHZ-cdgFk',
			reason: 'forbidden',
			summary: "The credential has no role in the user's organization",
			advice: NO_ROLE_ADVICE,
		},
		{ code: ['AUTH-AWfge', 'AUTH-Swrgg2'], reason: 'forbidden' },
		{
			code: 'AUTH-7fs1e',
			reason: 'unauthorized',
			advice:
				'Check the token in the credential. It may have expired or been removed, or its service account may be deactivated.',
		},
		{ code: 'COMMAND-78iiirat8y', reason: 'invalidInput', summary: "ZITADEL rejected 'User'" },
		{
			code: 'LIMITS-molsj',
			reason: 'refused',
			summary: 'The instance is blocked',
			advice: 'Unblock the instance in ZITADEL, or ask its operator.',
		},
		{
			code: 'QUOTA-vjAy8',
			reason: 'rateLimited',
			isFinal: true,
			summary: 'The quota of the instance is used up',
			advice: 'Raise the quota of the instance, or wait for its next period.',
		},
		// A 404 without an id does not come from a command: the address is wrong.
		{
			status: 404,
			reason: 'unexpectedResponse',
			summary: 'ZITADEL has no instance at the address in the credential',
			advice:
				"Check 'Instance URL' in the credential. It must be the external domain of the instance, not an IP address.",
		},
	],
};

/** gRPC's FAILED_PRECONDITION, which ZITADEL sends with 400. */
const FAILED_PRECONDITION = 9;

const withCode = z.object({ code: z.union([z.number(), z.string()]) });

/** Whether ZITADEL refused a change because of the user's state, with an error ID that is unknown here. */
export function hasUnknownPrecondition({ reason, facts, response }: Failure): boolean {
	// The table explains each refusal that it knows.
	if (reason !== 'refused' || facts.summary !== undefined) return false;
	const code = withCode.safeParse(response).data?.code;
	return code === FAILED_PRECONDITION || code === 'failed_precondition';
}
