import { z } from 'zod';

import type { AccountFacts, AccountState } from '../shared/model/record';
import { userIdSchema } from './parameters';

const optionalText = z.string().optional().catch(undefined);

/**
 * An account as ZITADEL shows it, in the list and by itself. Fields that are unset are left out.
 *
 * @see https://zitadel.com/docs/reference/api/user/zitadel.user.v2.UserService.GetUserByID
 */
export const userSchema = z
	.object({
		userId: userIdSchema,
		state: optionalText,
		username: optionalText,
		loginNames: z.array(z.string()).optional().catch(undefined),
		preferredLoginName: optionalText,
		human: z
			.object({
				profile: z.object({ displayName: optionalText }).optional().catch(undefined),
				email: z.object({ email: optionalText }).optional().catch(undefined),
			})
			.optional()
			.catch(undefined),
		machine: z.object({ name: optionalText }).optional().catch(undefined),
	})
	.transform((user): AccountFacts => {
		const email = user.human?.email?.email;
		const loginNames = [user.preferredLoginName, user.username, ...(user.loginNames ?? [])];
		const state = STATES.get(user.state);
		return {
			userId: user.userId,
			emails: email ? [email] : [],
			loginNames: [
				...new Set(loginNames.filter((name) => name !== undefined && name !== '')),
			] as string[],
			name: user.human?.profile?.displayName ?? user.machine?.name ?? user.preferredLoginName,
			state: state ?? 'unknown',
			kind: user.human ? 'person' : user.machine ? 'serviceAccount' : 'unknown',
			...(state === undefined && user.state && { stateName: user.state }),
		};
	});

/** INITIAL is the state of users who were created or imported long ago and never signed in. */
const STATES: ReadonlyMap<string | undefined, AccountState> = new Map([
	['USER_STATE_ACTIVE', 'active'],
	['USER_STATE_INACTIVE', 'deactivated'],
	['USER_STATE_LOCKED', 'locked'],
	['USER_STATE_INITIAL', 'invited'],
]);
