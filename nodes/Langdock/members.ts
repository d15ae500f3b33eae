import { z } from 'zod';

import { isSameName } from '../shared/model/email';
import { asFailure } from '../shared/model/failure';
import { path, type Path } from '../shared/model/path';
import type { RunContext } from '../shared/users/runContext';

/** A workspace has one of two ways to pay, and its members are listed under that one. */
const LISTS: readonly Path[] = [
	path`/billing/v1/ai-models-included/users`,
	path`/billing/v1/bring-your-own-keys/users`,
];

const memberList = z.object({
	users: z.array(z.object({ email: z.string() }).nullable().catch(null)),
	nextCursor: z.string().nullish(),
});

/** The workspace pays in the other way (`BILLING_MODE_MISMATCH`). */
const OTHER_LIST = 409;

/** The lists that a run has been refused. */
const refusedLists = async () => await Promise.resolve(new Set<Path>());

/**
 * Whether somebody is an active member, where the key also has the scope BILLING_API.
 *
 * @returns undefined if that can't be told: the node works without the look-up, so no failure of it
 * stops a deactivation
 * @see https://docs.langdock.com/en/developer/billing-api/list-users.md
 * @see https://docs.langdock.com/en/developer/billing-api/list-included-users.md
 */
export async function isActiveMember(
	email: string,
	{ client, once }: Pick<RunContext, 'client' | 'once'>,
): Promise<boolean | undefined> {
	const refused = await once(refusedLists);
	for (const list of LISTS) {
		if (refused.has(list)) continue;
		try {
			const { data } = await client.send({
				method: 'GET',
				path: list,
				query: { email, limit: '50' },
				schema: memberList,
				isOptional: true,
			});
			if (data.users.some((user) => user && isSameName(user.email, email))) return true;
			// A server that ignores the filter has more members than these, and a row that can't be read
			// may be the one.
			return data.nextCursor || data.users.includes(null) ? undefined : false;
		} catch (error) {
			const { source } = asFailure(error).facts;
			const status = source?.kind === 'answer' ? source.status : undefined;
			if (status === undefined || status >= 500) return undefined;
			for (const one of status === OTHER_LIST ? [list] : LISTS) refused.add(one);
		}
	}
	return undefined;
}
