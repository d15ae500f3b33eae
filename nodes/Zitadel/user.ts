import { z } from 'zod';

import type { AccountFacts } from '../shared/users/directory';
import type { AccountState } from '../shared/model/record';
import { userIdSchema } from './parameters';

const words = z.string().optional().catch(undefined);

/**
 * What matters of ZITADEL's User. Fields that are unset are left out.
 *
 * @see https://zitadel.com/docs/reference/api/user/zitadel.user.v2.UserService.GetUserByID
 */
export const userSchema = z.object({
	userId: userIdSchema,
	state: words,
	preferredLoginName: words,
	human: z
		.object({
			profile: z.object({ displayName: words }).optional().catch(undefined),
			email: z.object({ email: words }).optional().catch(undefined),
		})
		.optional(),
	machine: z.object({ name: words }).optional(),
});

/** INITIAL is the state of users who were made or imported long ago and never signed in. */
const STATES: ReadonlyMap<string | undefined, AccountState> = new Map([
	['USER_STATE_ACTIVE', 'active'],
	['USER_STATE_INACTIVE', 'deactivated'],
	['USER_STATE_LOCKED', 'locked'],
	['USER_STATE_INITIAL', 'invited'],
]);

export function factsOf(user: z.infer<typeof userSchema>): AccountFacts {
	const email = user.human?.email?.email;
	return {
		userId: user.userId,
		emails: email ? [email] : [],
		name: user.human?.profile?.displayName ?? user.machine?.name ?? user.preferredLoginName,
		state: STATES.get(user.state) ?? 'unknown',
	};
}
