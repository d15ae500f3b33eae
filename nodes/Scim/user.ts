import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { comparable, readAddress } from '../shared/model/email';
import { path, type PathSegment } from '../shared/model/path';
import type { AccountFacts, AccountState, Reading } from '../shared/model/record';
import { aboutUser } from '../shared/users/locate';
import { userIdSchema } from './parameters';
import { send } from './send';

const optionalText = z
	.unknown()
	.transform((value) => (typeof value === 'string' ? value : undefined));

/** Servers also give the flag as text. Anything else tells nothing. */
const flag = z.unknown().transform((value) => {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	return text === false || text === 'false' ? false : undefined;
});

/** One odd entry must not cost the others. */
const email = z.object({ value: optionalText, primary: flag }).catch({});

/** Some servers write a single entry without a list, or an address without an object around it. */
const emails = z.preprocess(
	(value) =>
		[value ?? []]
			.flat()
			.map((entry: unknown) => (typeof entry === 'string' ? { value: entry } : entry)),
	z.array(email),
);

/**
 * What matters of a user resource. All attributes but `id` may be missing, `active` too.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.1
 */
const user = z.object({
	id: userIdSchema,
	externalId: optionalText,
	userName: optionalText,
	displayName: optionalText,
	name: z
		.object({ formatted: optionalText, givenName: optionalText, familyName: optionalText })
		.nullish()
		.catch(undefined),
	emails,
	active: flag,
});

type User = z.infer<typeof user>;

/** An account as a SCIM server shows it, in the list and by itself. */
export const userSchema = user.transform((found): AccountFacts => {
	const { id, userName, externalId } = found;
	return {
		userId: id,
		emails: emailsOf(found),
		...(userName && { loginNames: [userName] }),
		...(externalId && { externalId }),
		name: nameOf(found),
		state: stateOf(found),
	};
});

function stateOf({ active }: User): AccountState {
	if (active === undefined) return 'unknown';
	return active ? 'active' : 'deactivated';
}

/** All addresses, the primary one first. Many servers keep the address as user name only. */
function emailsOf({ emails: entries, userName }: User): string[] {
	const values = [
		...entries.filter(({ primary }) => primary === true),
		...entries.filter(({ primary }) => primary !== true),
	].map(({ value }) => value);
	const addresses = [...values, userName].filter(
		(value): value is string => !!value && readAddress(value) !== undefined,
	);
	// The user name is often one of the addresses, in another case.
	const names = addresses.map(comparable);
	return addresses.filter((_, index) => names.indexOf(names[index] ?? '') === index);
}

function nameOf({ displayName, name, userName }: User): string | undefined {
	const parts = [name?.givenName, name?.familyName].filter(Boolean).join(' ');
	return [displayName, name?.formatted, parts, userName].find(Boolean) ?? undefined;
}

/**
 * The present state of one user.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.1
 */
export async function readUser(userId: PathSegment, client: Client): Promise<Reading> {
	const { data, response } = await send(client, {
		method: 'GET',
		path: path`/Users/${userId}`,
		schema: userSchema,
	});
	return aboutUser(userId, { facts: data, response });
}
