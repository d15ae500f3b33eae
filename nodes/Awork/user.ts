import { z } from 'zod';

import type { AccountState } from '../shared/record';

const flag = z.boolean().nullish();

/**
 * What matters of awork's User. It has no e-mail field: addresses are among the contact infos,
 * which may be missing, and flags that are missing are false.
 *
 * @see https://developers.awork.com/apiv1/users/get-user-by-id
 */
export const userSchema = z.object({
	id: z.string(),
	isDeactivated: flag,
	isArchived: flag,
	status: z.object({ isDeactivated: flag, invitationAccepted: flag }).nullish(),
	userContactInfos: z
		.array(
			z.object({ type: z.string(), subType: z.string().nullish(), value: z.string().nullish() }),
		)
		.nullish(),
});

export type User = z.infer<typeof userSchema>;

export function stateOf({ isDeactivated, isArchived, status }: User): AccountState {
	if (isDeactivated === true || status?.isDeactivated === true) return 'deactivated';
	if (isArchived === true) return 'archived';
	if (status?.invitationAccepted === false) return 'invited';
	return 'active';
}

/** The address to show: the one at work, else the first. */
export function emailOf({ userContactInfos }: User): string | undefined {
	const emails = (userContactInfos ?? []).filter(({ type, value }) => type === 'email' && value);
	const email = emails.find(({ subType }) => subType === 'work') ?? emails[0];
	return email?.value ?? undefined;
}
