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
			return comparing(emailAddress, method, emailOf, report);
		}
		case 'displayNameQuery':
			return named(query.value.displayName, query.value.method, displayNameOf, report);
		case 'loginNameQuery':
			return named(query.value.loginName, query.value.method, ({ userName }) => userName, report);
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
	report: Report,
): Matcher {
	if (wanted === '') throw refusal(3, 'value length must be at least 1');
	return comparing(wanted, method, valueOf, report);
}

/** The two ways to compare that are asked for; both without case. */
function comparing(
	wanted: string,
	method: number,
	valueOf: (account: ZitadelAccount) => string | null,
	report: Report,
): Matcher {
	const how = TextQueryMethod[method] ?? '';
	if (!/^(EQUALS|CONTAINS)_IGNORE_CASE$/.test(how)) {
		report(`queries: the simulator does not know the method ${how}`);
	}
	const part = wanted.toLowerCase();
	return (account) => {
		const text = valueOf(account)?.toLowerCase();
		// Everybody contains nothing, also who has no address.
		return how.startsWith('CONTAINS') ? (text ?? '').includes(part) : text === part;
	};
}
