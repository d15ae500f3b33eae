import { z } from 'zod';
import type { ZodType, ZodTypeDef } from 'zod';
import { jsonBody } from './routes.cts';
import { displayNameOf, emailOf } from './zitadel-accounts.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';

/** One entry of `queries`, ready to be applied, and what is to be said about it. */
interface UserQuery {
	readonly matches: (account: ZitadelAccount) => boolean;
	/** An empty `emailAddress`: the service takes it, and CONTAINS then finds everybody. */
	readonly hasEmptyEmail: boolean;
	/** An empty list of ids or addresses: the service fails on it. */
	readonly hasEmptyList: boolean;
}

/** Numbers in proto JSON may come as numbers or as strings. */
const UINT = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/)]).transform(Number);

/** Case-sensitive EQUALS is the default: section 4. */
const METHOD = z
	.enum([
		'TEXT_QUERY_METHOD_EQUALS',
		'TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE',
		'TEXT_QUERY_METHOD_STARTS_WITH',
		'TEXT_QUERY_METHOD_STARTS_WITH_IGNORE_CASE',
		'TEXT_QUERY_METHOD_CONTAINS',
		'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE',
		'TEXT_QUERY_METHOD_ENDS_WITH',
		'TEXT_QUERY_METHOD_ENDS_WITH_IGNORE_CASE',
	])
	.default('TEXT_QUERY_METHOD_EQUALS');
type Method = z.infer<typeof METHOD>;

/** Values that section 3 names; a deleted user is never found here. */
const STATE = z.enum([
	'USER_STATE_ACTIVE',
	'USER_STATE_INACTIVE',
	'USER_STATE_DELETED',
	'USER_STATE_LOCKED',
	'USER_STATE_INITIAL',
]);

const plain = (matches: UserQuery['matches']): UserQuery => ({
	matches,
	hasEmptyEmail: false,
	hasEmptyList: false,
});

const combined = (queries: readonly UserQuery[], matches: UserQuery['matches']): UserQuery => ({
	matches,
	hasEmptyEmail: queries.some(({ hasEmptyEmail }) => hasEmptyEmail),
	hasEmptyList: queries.some(({ hasEmptyList }) => hasEmptyList),
});

const NAME = z.string().min(1);

const ID_LIST = (field: string, valueOf: (account: ZitadelAccount) => string | null) =>
	z
		.object({ [field]: z.array(z.string()) })
		.strict()
		.transform((query): UserQuery => {
			const wanted = new Set<string | null>(query[field]);
			return {
				...plain((account) => wanted.has(valueOf(account))),
				hasEmptyList: wanted.size === 0,
			};
		});

const nested: ZodType<UserQuery, ZodTypeDef, unknown> = z.lazy(() => QUERY);
const NESTED_LIST = z.object({ queries: z.array(nested).min(1) }).strict();

/** Exactly one kind per entry. A misspelt kind or field is refused, as the service refuses it. */
const QUERY = z
	.object({
		emailQuery: z
			.object({ emailAddress: z.string().default(''), method: METHOD })
			.strict()
			.transform(({ emailAddress, method }) => ({
				...plain((account) => textMatches(emailOf(account), emailAddress, method)),
				hasEmptyEmail: emailAddress === '',
			})),
		displayNameQuery: z
			.object({ displayName: NAME, method: METHOD })
			.strict()
			.transform(({ displayName, method }) =>
				plain((account) => textMatches(displayNameOf(account), displayName, method)),
			),
		loginNameQuery: z
			.object({ loginName: NAME, method: METHOD })
			.strict()
			.transform(({ loginName, method }) =>
				plain(({ userName }) => textMatches(userName, loginName, method)),
			),
		userNameQuery: z
			.object({ userName: NAME, method: METHOD })
			.strict()
			.transform(({ userName, method }) =>
				plain((account) => textMatches(account.userName, userName, method)),
			),
		stateQuery: z
			.object({ state: STATE })
			.strict()
			.transform(({ state }) => plain((account) => account.state === state)),
		typeQuery: z
			.object({ type: z.enum(['TYPE_HUMAN', 'TYPE_MACHINE']) })
			.strict()
			.transform(({ type }) => plain(({ kind }) => 'human' in kind === (type === 'TYPE_HUMAN'))),
		organizationIdQuery: z
			.object({ organizationId: NAME })
			.strict()
			.transform(({ organizationId }) =>
				plain((account) => account.organizationId === organizationId),
			),
		inUserIdsQuery: ID_LIST('userIds', ({ userId }) => userId),
		inUserEmailsQuery: ID_LIST('userEmails', emailOf),
		orQuery: NESTED_LIST.transform(({ queries }) =>
			combined(queries, (account) => queries.some(({ matches }) => matches(account))),
		),
		andQuery: NESTED_LIST.transform(({ queries }) => allOf(queries)),
		notQuery: z
			.object({ query: nested })
			.strict()
			.transform(({ query }) => combined([query], (account) => !query.matches(account))),
	})
	.partial()
	.strict()
	.transform((given, context): UserQuery => {
		const [query, ...others] = Object.values(given).filter((entry) => entry !== undefined);
		if (query && others.length === 0) return query;
		context.addIssue({ code: 'custom', message: 'must be exactly one kind of query' });
		return z.NEVER;
	});

/**
 * The body of a user search. The real service ignores an unknown field at the top and then lists
 * everybody: here it is refused. Section 4 names one column to sort by.
 */
export const USER_SEARCH_BODY = jsonBody(
	z
		.object({
			query: z
				.object({ offset: UINT.default(0), limit: UINT.optional(), asc: z.boolean().optional() })
				.strict(),
			sortingColumn: z.enum(['USER_FIELD_NAME_DISPLAY_NAME']).optional(),
			queries: z.array(QUERY).default([]).transform(allOf),
		})
		.strict(),
);

/** A user search as a handler gets it. */
export type UserSearch = ReturnType<typeof USER_SEARCH_BODY>;

/** What is wrong with a search that the service answers all the same (section 4), if anything. */
export function problemOf({ query, queries }: UserSearch): string | undefined {
	if (queries.hasEmptyEmail) return 'queries: an empty emailAddress can match everybody';
	if (query.limit === undefined) return 'query.limit: must be sent, the service has no default';
	if (query.limit > 1000) return 'query.limit: documented as 1000 at most';
	return undefined;
}

function allOf(queries: readonly UserQuery[]): UserQuery {
	return combined(queries, (account) => queries.every(({ matches }) => matches(account)));
}

function textMatches(actual: string | null, wanted: string, method: Method): boolean {
	const how = method.replace('TEXT_QUERY_METHOD_', '');
	// Everybody, also who has no address.
	if (actual === null) return wanted === '' && !how.startsWith('EQUALS');
	const ignoreCase = how.endsWith('_IGNORE_CASE');
	const text = ignoreCase ? actual.toLowerCase() : actual;
	const part = ignoreCase ? wanted.toLowerCase() : wanted;
	switch (how.replace('_IGNORE_CASE', '')) {
		case 'STARTS_WITH':
			return text.startsWith(part);
		case 'CONTAINS':
			return text.includes(part);
		case 'ENDS_WITH':
			return text.endsWith(part);
		default:
			return text === part;
	}
}
