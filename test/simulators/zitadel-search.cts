import { displayNameOf, emailOf, type ZitadelAccount } from './zitadel-accounts.cts';
import { refusal } from './zitadel-errors.cts';
import { TextQueryMethod, type UserQuery } from './zitadel-proto.cts';

type Matcher = (account: ZitadelAccount) => boolean;

/** Records what a search should not ask. */
type Report = (problem: string) => void;

/** `queries` are ANDed: section 4. Throws the service's refusal for a query that is empty. */
export function allOf(queries: readonly UserQuery[], report: Report): Matcher {
	const matchers = queries.map((query) => matcherOf(query, report));
	return (account) => matchers.every((matches) => matches(account));
}

/** Knows the documented queries that name a user. */
function matcherOf({ query }: UserQuery, report: Report): Matcher {
	switch (query.case) {
		case 'emailQuery': {
			const { emailAddress, method } = query.value;
			if (emailAddress === '') report('queries: an empty emailAddress can match everybody');
			if (emailAddress.length > 200) throw refusal(3, 'invalid emailAddress');
			return (account) => textMatches(emailOf(account), emailAddress, method);
		}
		case 'displayNameQuery':
			return named(query.value.displayName, query.value.method, displayNameOf);
		case 'loginNameQuery':
			return named(query.value.loginName, query.value.method, ({ userName }) => userName);
		case 'orQuery': {
			const matchers = query.value.queries.map((part) => matcherOf(part, report));
			return (account) => matchers.some((matches) => matches(account));
		}
		case undefined:
			throw refusal(3, 'invalid SearchQuery.Query: value is required');
		default:
			report(`queries: the simulator does not know ${query.case}`);
			return () => false;
	}
}

function named(
	wanted: string,
	method: number,
	valueOf: (account: ZitadelAccount) => string,
): Matcher {
	if (wanted === '') throw refusal(3, 'value length must be at least 1');
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
