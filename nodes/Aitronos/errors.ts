import { z } from 'zod';

import type { ErrorTable } from '../shared/http/errorTable';

const envelope = z.object({
	error: z.object({
		code: z.string().optional().catch(undefined),
		message: z.string().optional().catch(undefined),
		trace_id: z.string().optional().catch(undefined),
	}),
});

const NOTHING_CHANGED = 'Nothing was changed.';

/**
 * Codes are matched, never a bare 422: it stands for more than one thing.
 *
 * @see https://docs.aitronos.com/docs/api-reference/error-codes
 */
export const aitronosErrors: ErrorTable = {
	read(body) {
		const error = envelope.safeParse(body).data?.error;
		return { message: error?.message, code: error?.code, traceId: error?.trace_id };
	},
	rules: [
		{ code: 'USER_ALREADY_DEACTIVATED', reason: 'alreadyDeactivated' },
		{ code: 'USER_NOT_DEACTIVATED', reason: 'alreadyActive' },
		{ code: 'USER_NOT_FOUND', reason: 'notFound' },
		{
			code: 'DEPARTMENT_NOT_FOUND',
			reason: 'invalidInput',
			summary: "'Transfer Resources to Department' is no department of the organization",
			advice: `Correct the field. ${NOTHING_CHANGED}`,
		},
		{
			code: 'ORGANIZATION_NOT_FOUND',
			reason: 'invalidInput',
			summary: "'Organization' is no organization that the credential knows",
			advice: `Correct the field. ${NOTHING_CHANGED}`,
		},
		{
			code: ['API_KEY_EXPIRED', 'API_KEY_DEACTIVATED', 'API_KEY_PAUSED'],
			reason: 'unauthorized',
			advice: `The API key in the credential is expired, paused or deactivated: renew it in Aitronos under Settings > API Keys. ${NOTHING_CHANGED}`,
		},
		{
			code: ['TOKEN_EXPIRED', 'TOKEN_INVALID'],
			reason: 'unauthorized',
			advice: `The access token in the credential has expired or is not valid: enter a new one, or use an API key. ${NOTHING_CHANGED}`,
		},
		{
			code: ['CANNOT_REMOVE_LAST_OWNER', 'CANNOT_DELETE_OWNER'],
			reason: 'refused',
			summary: 'The user is an owner of the organization',
			advice: `Make somebody else the owner in Aitronos first. ${NOTHING_CHANGED}`,
		},
		{
			code: 'VALIDATION_ERROR',
			reason: 'invalidInput',
			summary: 'A value was not accepted',
			advice: `Check organization, user and department. ${NOTHING_CHANGED}`,
		},
	],
};
