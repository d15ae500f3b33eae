import { z } from 'zod';
import type { AccountSnapshot } from './accounts.cts';
import type { Person } from './people.cts';
import { jsonBody } from './routes.cts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** https://www.rfc-editor.org/rfc/rfc7644#section-3.1: both may be sent. */
export const SCIM_TYPE = 'application/scim+json';
const BODY_TYPES = [SCIM_TYPE, 'application/json'];

const ATTRIBUTES = z.strictObject({
	schemas: z.array(z.string()).refine((schemas) => schemas.includes(USER)),
	externalId: z.string().optional(),
	userName: z.string().min(1),
	name: z
		.strictObject({ formatted: z.string(), givenName: z.string(), familyName: z.string() })
		.partial()
		.optional(),
	displayName: z.string().optional(),
	emails: z
		.array(
			z.strictObject({
				value: z.string(),
				type: z.string().optional(),
				primary: z.boolean().optional(),
			}),
		)
		.optional(),
	/** Extensions stand beside the attributes: RFC 7643, section 3.3. */
	[ENTERPRISE_USER]: z.strictObject({ department: z.string() }).optional(),
});

/** What a client may write of a user, but for `active`: RFC 7643, section 4.1. */
export type ScimAttributes = z.infer<typeof ATTRIBUTES>;

/** What a SCIM server does that it should not, or need not: reference, section 2. */
export interface ScimHabits {
	/** Answers 200 and does nothing; knows one form only; or has no PATCH at all (501). */
	readonly patch?: 'ignored' | 'withPathOnly' | 'withoutPathOnly' | 'unsupported';
	/** Answers 200 and does nothing. */
	readonly put?: 'ignored';
	/** Gives and takes `active` as the text "True" or "False". */
	readonly active?: 'text';
	/** Returns everybody; compares beginnings; refuses all filters; or all but those by `userName`. */
	readonly filter?: 'ignored' | 'prefix' | 'unsupported' | 'userNameOnly';
	/** `active: false` removes the account: 404 from then on, and in no list. */
	readonly deactivated?: 'removed';
	/** Sends ETags and says that it has none, as Express does; or requires `If-Match` for changes. */
	readonly etags?: 'unsupported' | 'required';
	/** Users in one page at most, whatever `count` asks for. */
	readonly maxCount?: number;
	/** Has no ServiceProviderConfig. */
	readonly config?: 'missing';
}

/** A user of the app. */
export interface ScimAccount {
	/** The server's own, of any characters. */
	readonly id: string;
	readonly active: boolean;
	/** Gone, where the server removes whoever is deactivated. */
	readonly isRemoved: boolean;
	/** Counts the changes, for the ETag. */
	readonly version: number;
	readonly attributes: ScimAttributes;
}

/** The attributes by which a person is known, and an extension. */
export function attributesOf({ givenName, familyName, email }: Person): ScimAttributes {
	const name = `${givenName} ${familyName}`;
	return {
		schemas: [USER, ENTERPRISE_USER],
		userName: email,
		name: { formatted: name, givenName, familyName },
		displayName: name,
		emails: [{ value: email, type: 'work', primary: true }],
		[ENTERPRISE_USER]: { department: 'Sales' },
	};
}

/** The user in the project's words. */
export function snapshotOf({ id, active, attributes }: ScimAccount): AccountSnapshot {
	const { userName, displayName = userName, emails = [] } = attributes;
	const main = emails.find(({ primary }) => primary) ?? emails[0];
	// Many apps keep the address as user name only.
	const email = main?.value ?? (userName.includes('@') ? userName : null);
	return { id, email, name: displayName, state: active ? 'active' : 'deactivated' };
}

/** `PATCH` with one operation, in both forms: RFC 7644, section 3.5.2.3. */
export const PATCH_BODY = jsonBody(
	z.strictObject({
		schemas: z.tuple([z.literal(PATCH)]),
		Operations: z.tuple([
			z.union([
				z.strictObject({ op: z.literal('replace'), path: z.literal('active'), value: z.unknown() }),
				z.strictObject({
					op: z.literal('replace'),
					value: z.strictObject({ active: z.unknown() }),
				}),
			]),
		]),
	}),
	BODY_TYPES,
);

/** `PUT` with the whole user; what is read-only is ignored: RFC 7644, section 3.5.1. */
export const PUT_BODY = jsonBody(
	ATTRIBUTES.extend({
		active: z.unknown(),
		id: z.unknown(),
		meta: z.unknown(),
		groups: z.unknown(),
	}).transform(({ active, ...sent }) => ({ active, attributes: ATTRIBUTES.strip().parse(sent) })),
	BODY_TYPES,
);

/** The user as the server shows it. */
export function userBody(
	account: ScimAccount,
	location: string,
	habits: ScimHabits,
): Record<string, unknown> {
	const { id, active, attributes } = account;
	return {
		...attributes,
		id,
		active: habits.active === 'text' ? (active ? 'True' : 'False') : active,
		groups: [],
		meta: {
			resourceType: 'User',
			location,
			...(habits.etags !== undefined && { version: etagOf(account) }),
		},
	};
}

/** https://www.rfc-editor.org/rfc/rfc7644#section-3.14 */
export function etagOf({ version }: ScimAccount): string {
	return `W/"${version}"`;
}

/** What is sent as `active`, if the server takes it. */
export function readActive(value: unknown, { active }: ScimHabits): boolean | undefined {
	if (active === 'text' && typeof value === 'string') {
		return { True: true, False: false }[value];
	}
	return typeof value === 'boolean' ? value : undefined;
}
