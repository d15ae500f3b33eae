import { z } from 'zod';

import type { ErrorTable } from '../shared/http/errorTable';

/** The one answer that means: no such active member. Any other 404 comes from a wrong address. */
const NOT_AN_ACTIVE_MEMBER = 'User not found or not an active member';

/** The forms of this product family: a flat message, or an error as text or as object. */
const errorBody = z.object({
	message: z.string().optional().catch(undefined),
	error: z
		.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])
		.optional()
		.catch(undefined),
	code: z.string().optional().catch(undefined),
});

/** What it means that no active member has an address. */
export function noActiveMember(displayName: string) {
	return {
		reason: 'notFound',
		mayMean: 'alreadyDeactivated',
		advice: `${displayName} gives this answer for a mistyped email, an open invitation and a deactivated member alike. If you run this again for people you've offboarded, set 'If Already Deactivated' to 'Succeed' under 'Options'.`,
	} as const;
}

/**
 * @see https://docs.langdock.com/en/developer/user-management-api/deactivate-user.md
 * @see https://odeus.ai/docs/developer/user-management-api/deactivate-user
 */
export function errorsOf(displayName: string): ErrorTable {
	return {
		read(body) {
			const { data } = errorBody.safeParse(body);
			return { message: data?.message ?? data?.error, code: data?.code };
		},
		rules: [{ status: 404, message: NOT_AN_ACTIVE_MEMBER, ...noActiveMember(displayName) }],
	};
}
