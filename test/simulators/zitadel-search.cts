import { displayNameOf, emailOf, type ZitadelAccount } from './zitadel-accounts.cts';
import type { GrpcErrors } from './zitadel-errors.cts';
import { TextQueryMethod, Type, UserState, type UserQuery } from './zitadel-proto.cts';

type Matcher = (account: ZitadelAccount) => boolean;

/** What a search does with a query that it can't or should not take. */
interface Reader {
	readonly errors: GrpcErrors;
	readonly report: (problem: string) => void;
}

/** `queries` are ANDed: section 4. */
export function allOf(queries: readonly UserQuery[], reader: Reader): Matcher {
	const matchers = queries.map((query) => matcherOf(query, reader));
	return (account) => matchers.every((matches) => matches(account));
}

/** Throws the service's refusal for a query that is misspelt or empty. */
function matcherOf({ query }: UserQuery, reader: Reader): Matcher {
	const { errors, report } = reader;
	switch (query.case) {
		case 'emailQuery': {
			const { emailAddress, method } = query.value;
			if (emailAddress === '') report('queries: an empty emailAddress can match everybody');
			if (emailAddress.length > 200) throw errors.refusal(3, 'invalid emailAddress');
			return (account) => textMatches(emailOf(account), emailAddress, method);
		}
		case 'displayNameQuery': {
			const { displayName, method } = query.value;
			return named(displayName, method, displayNameOf, errors);
		}
		case 'loginNameQuery':
			return named(query.value.loginName, query.value.method, ({ userName }) => userName, errors);
		case 'userNameQuery':
			return named(query.value.userName, query.value.method, ({ userName }) => userName, errors);
		case 'stateQuery': {
			const state: string = `USER_STATE_${UserState[query.value.state]}`;
			return (account) => account.state === state;
		}
		case 'typeQuery': {
			const isHuman = query.value.type === Type.HUMAN;
			return ({ kind }) => 'human' in kind === isHuman;
		}
		case 'orQuery': {
			const matchers = query.value.queries.map((part) => matcherOf(part, reader));
			return (account) => matchers.some((matches) => matches(account));
		}
		case 'andQuery':
			return allOf(query.value.queries, reader);
		case undefined:
			throw errors.refusal(3, 'invalid SearchQuery.Query: value is required');
		default:
			report(`queries: the simulator does not know ${query.case}`);
			return () => false;
	}
}

function named(
	wanted: string,
	method: number,
	valueOf: (account: ZitadelAccount) => string,
	errors: GrpcErrors,
): Matcher {
	if (wanted === '') throw errors.refusal(3, 'value length must be at least 1');
	return (account) => textMatches(valueOf(account), wanted, method);
}

function textMatches(actual: string | null, wanted: string, method: number): boolean {
	const how = TextQueryMethod[method] ?? 'EQUALS';
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
