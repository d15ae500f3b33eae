import { z } from 'zod';

import type { AccountFacts } from '../shared/users/directory';
import type { AccountState } from '../shared/model/record';
import { userIdSchema } from './parameters';

const flag = z.boolean().nullish();
const words = z.string().nullish();

/**
 * What matters of awork's User. It has no e-mail field: addresses are among the contact infos,
 * which may be missing, and flags that are missing are false.
 *
 * @see https://developers.awork.com/apiv1/users/get-user-by-id
 */
export const userSchema = z.object({
	id: userIdSchema,
	firstName: words,
	lastName: words,
	isDeactivated: flag,
	isArchived: flag,
	status: z.object({ isDeactivated: flag, invitationAccepted: flag }).nullish(),
	userContactInfos: z.array(z.object({ type: z.string(), subType: words, value: words })).nullish(),
});

type User = z.infer<typeof userSchema>;

function stateOf({ isDeactivated, isArchived, status }: User): AccountState {
	if (isDeactivated === true || status?.isDeactivated === true) return 'deactivated';
	if (isArchived === true) return 'archived';
	if (status?.invitationAccepted === false) return 'invited';
	return 'active';
}

/** All addresses, those at work first. */
function emailsOf({ userContactInfos }: User): string[] {
	const emails = (userContactInfos ?? []).flatMap(({ type, subType, value }) =>
		type === 'email' && value ? [{ value, isWork: subType === 'work' }] : [],
	);
	return [...emails.filter(({ isWork }) => isWork), ...emails.filter(({ isWork }) => !isWork)].map(
		({ value }) => value,
	);
}

export function factsOf(user: User): AccountFacts {
	const name = [user.firstName, user.lastName].filter(Boolean).join(' ');
	return {
		userId: user.id,
		emails: emailsOf(user),
		name: name === '' ? undefined : name,
		state: stateOf(user),
	};
}
