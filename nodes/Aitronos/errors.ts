import { z } from 'zod';

import type { ErrorTable } from '../shared/http/errorTable';

const envelope = z.object({
	error: z.object({
		code: z.string().optional().catch(undefined),
		message: z.string().optional().catch(undefined),
		trace_id: z.string().optional().catch(undefined),
	}),
});

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
		// With another status, the same code speaks of the caller or of a fault.
		{ status: 422, code: 'USER_ALREADY_DEACTIVATED', reason: 'alreadyDeactivated' },
		{ status: 422, code: 'USER_NOT_DEACTIVATED', reason: 'alreadyActive' },
		{ status: 404, code: 'USER_NOT_FOUND', reason: 'notFound' },
		{
			status: 404,
			code: 'DEPARTMENT_NOT_FOUND',
			reason: 'invalidInput',
			summary: "The organization has no such department: 'Transfer Resources To'",
			advice: "Check 'Organization', and that the credential belongs to it.",
		},
		{
			status: 404,
			code: 'ORGANIZATION_NOT_FOUND',
			reason: 'invalidInput',
			summary: "The credential can't access this organization",
			advice: "Check 'Organization', and that the credential belongs to it.",
		},
		{
			status: 401,
			code: ['API_KEY_EXPIRED', 'API_KEY_DEACTIVATED', 'API_KEY_PAUSED'],
			reason: 'unauthorized',
			advice:
				'The API key in the credential is expired, paused or deactivated. Renew it in Aitronos under Settings > API Keys.',
		},
		{
			status: 401,
			code: ['TOKEN_EXPIRED', 'TOKEN_INVALID'],
			reason: 'unauthorized',
			advice:
				'The access token in the credential has expired or is not valid. Enter a new one, or use an API key.',
		},
		{
			status: 403,
			code: ['CANNOT_REMOVE_LAST_OWNER', 'CANNOT_DELETE_OWNER'],
			reason: 'refused',
			summary: 'The user is an owner of the organization',
			advice: 'Make someone else the owner in Aitronos first.',
		},
		{
			status: 422,
			code: 'VALIDATION_ERROR',
			reason: 'invalidInput',
			summary: 'Aitronos rejected a value',
			advice: 'Check organization, user and department.',
		},
	],
};
