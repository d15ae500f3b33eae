import { z } from 'zod';

import type { ErrorTable } from '../shared/http/errorTable';

const words = z.string().optional().catch(undefined);

/** `description` as documented; some 401 and 403 answers carry it inside `message`, or only that. */
const body = z.object({
	code: words,
	description: words,
	message: z
		.union([z.string(), z.object({ description: z.string() }).transform((m) => m.description)])
		.optional()
		.catch(undefined),
	traceId: words,
	details: z.array(z.string()).nullish().catch(undefined),
	validationErrors: z
		.array(z.object({ property: z.string(), message: z.string() }))
		.nullish()
		.catch(undefined),
});

const KEY_OR_PERMISSION =
	'awork gives the same answer for an invalid key and for a missing permission. Check the credential, and that its role in awork is admin or may manage users (user-manage-config). Nothing was changed.';

/** @see https://developers.awork.com/error-handling */
export const aworkErrors: ErrorTable = {
	read(answer, headers) {
		const { data } = body.safeParse(answer);
		const details = [
			...(data?.details ?? []),
			...(data?.validationErrors ?? []).map(({ property, message }) => `${property}: ${message}`),
		];
		const trace = headers['trace-id'];
		return {
			message:
				[data?.description ?? data?.message, ...details].filter(Boolean).join(' ') || undefined,
			code: data?.code,
			traceId: data?.traceId ?? (typeof trace === 'string' ? trace : undefined),
		};
	},
	rules: [
		{ status: 400, code: 'deactivated-user', reason: 'alreadyDeactivated' },
		{
			status: 400,
			code: 'invalid-operation',
			reason: 'refused',
			advice:
				'The last admin of a workspace cannot be deactivated: make somebody else an admin first. Nothing was changed.',
		},
		{
			status: 400,
			code: 'validation-failed',
			reason: 'invalidInput',
			summary: 'A value was not accepted',
		},
		{ status: 401, reason: 'unauthorized', advice: KEY_OR_PERMISSION },
		{ status: 403, reason: 'forbidden', advice: KEY_OR_PERMISSION },
		{ status: 404, code: 'not-found', reason: 'notFound' },
	],
};
