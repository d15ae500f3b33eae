import { z } from 'zod';

import { readAddress } from '../shared/model/email';
import type { AccountFacts, AccountKind, AccountState } from '../shared/model/record';
import { userIdSchema } from './parameters';

const flag = z.boolean().nullish().catch(undefined);
const optionalText = z.string().nullish().catch(undefined);

/** Any field of a contact info may be missing or null; one odd entry must not cost the others. */
const contactInfo = z
	.object({ type: optionalText, subType: optionalText, value: optionalText })
	.catch({ type: 'unknown', subType: undefined, value: undefined });

/**
 * What matters of awork's User. It has no e-mail field: addresses are among the contact infos,
 * which may be missing, and flags that are missing are false.
 *
 * @see https://developers.awork.com/apiv1/users/get-user-by-id
 */
const user = z.object({
	id: userIdSchema,
	firstName: optionalText,
	lastName: optionalText,
	isDeactivated: flag,
	isArchived: flag,
	isExternal: flag,
	isAgent: flag,
	status: z.object({ isDeactivated: flag, invitationAccepted: flag }).nullish().catch(undefined),
	userContactInfos: z.array(contactInfo).nullish().catch(undefined),
});

type User = z.infer<typeof user>;

/** An account as awork's API shows it, in the list and by itself. */
export const userSchema = user.transform((found): AccountFacts => {
	const name = [found.firstName, found.lastName].filter(Boolean).join(' ');
	return {
		userId: found.id,
		emails: emailsOf(found),
		name: name === '' ? undefined : name,
		state: stateOf(found),
		kind: kindOf(found),
	};
});

function kindOf({ isAgent, isExternal }: User): AccountKind {
	if (isAgent === true) return 'agent';
	return isExternal === true ? 'external' : 'person';
}

function stateOf({ isDeactivated, isArchived, status }: User): AccountState {
	if (isDeactivated === true || status?.isDeactivated === true) return 'deactivated';
	if (isArchived === true) return 'archived';
	if (status?.invitationAccepted === false) return 'invited';
	return 'active';
}

/** All addresses, those at work first. The type of a contact info may be missing. */
function emailsOf({ userContactInfos }: User): string[] {
	const emails = (userContactInfos ?? []).flatMap(({ type, subType, value }) =>
		value && (type === 'email' || (!type && readAddress(value) !== undefined))
			? [{ value, isWork: subType === 'work' }]
			: [],
	);
	return [...emails.filter(({ isWork }) => isWork), ...emails.filter(({ isWork }) => !isWork)].map(
		({ value }) => value,
	);
}
