import { z } from 'zod';

import type { ErrorTable } from '../shared/http/errorTable';

const optionalText = z.string().optional().catch(undefined);

/** `description` as documented; some 401 and 403 answers have it inside `message`, or only that. */
const body = z.object({
	code: optionalText,
	description: optionalText,
	message: z
		.union([z.string(), z.object({ description: z.string() }).transform((m) => m.description)])
		.optional()
		.catch(undefined),
	traceId: optionalText,
	// One odd entry must not cost the texts of the others.
	details: z.array(z.string().catch('')).nullish().catch(undefined),
	validationErrors: z
		.array(
			z
				.object({ property: z.string(), message: z.string() })
				.transform(({ property, message }) => `${property}: ${message}`)
				.catch(''),
		)
		.nullish()
		.catch(undefined),
});

const KEY_OR_PERMISSION =
	'awork gives the same answer for an invalid key and for a missing permission. Check the credential, and that its role in awork is admin or can manage users (user-manage-config).';

/** @see https://developers.awork.com/error-handling */
export const aworkErrors: ErrorTable = {
	read(answer, headers) {
		const { data } = body.safeParse(answer);
		const details = [...(data?.details ?? []), ...(data?.validationErrors ?? [])];
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
				"The last admin of a workspace can't be deactivated: make someone else an admin first.",
		},
		{
			status: 400,
			code: 'validation-failed',
			reason: 'invalidInput',
			summary: 'awork rejected a value',
		},
		{ status: 401, reason: 'unauthorized', advice: KEY_OR_PERMISSION },
		{ status: 403, reason: 'forbidden', advice: KEY_OR_PERMISSION },
		{ status: 404, code: 'not-found', reason: 'notFound' },
	],
};
