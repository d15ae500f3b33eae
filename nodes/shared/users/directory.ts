import type { GenericValue } from 'n8n-workflow';

import { Failure } from '../model/failure';
import type { Page } from '../http/pagination';
import type { PathSegment } from '../model/path';
import type { AccountState } from '../model/record';
import type { Session } from './runContext';

/** An account as the service shows it. */
export interface AccountFacts {
	userId: PathSegment;
	/** The one to show first; some services know several. */
	emails: readonly string[];
	name: string | undefined;
	state: AccountState;
}

/** One page of accounts, for the list in the editor. */
export interface AccountPage {
	accounts: AccountFacts[];
	/** What to ask for the next page with; absent on the last one. */
	nextPage: string | undefined;
}

/**
 * How a service is asked about its accounts. `Values` are the values of the node's parameters: some
 * services need an organization to look in.
 */
export interface Directory<Values> {
	/** All accounts that may have this address, from all pages; too many do no harm. */
	find(email: string, values: Values, session: Session): Promise<AccountFacts[]>;
	/** The present state of one account. */
	read(
		userId: PathSegment,
		values: Values,
		session: Session,
	): Promise<{ facts: AccountFacts; response: GenericValue }>;
	/** One page of the accounts that fit a search text. */
	search(
		text: string,
		page: string | undefined,
		values: Values,
		session: Session,
	): Promise<AccountPage>;
}

/** The same of a list that is read by offsets: the next page starts behind this one. */
export function accountPage({ entries, isLast }: Page<AccountFacts>, offset: number): AccountPage {
	return {
		accounts: entries,
		nextPage: isLast ? undefined : String(offset + entries.length),
	};
}

/** How addresses are compared: nobody tells them apart by case. */
export function sameEmail(a: string, b: string): boolean {
	return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/**
 * The one account with exactly this address. Services search by parts of it, ignore case or not,
 * and do not all keep addresses unique: never the first hit.
 *
 * @throws Failure `notFound` | `ambiguousUser`
 */
export function onlyMatch(email: string, candidates: readonly AccountFacts[]): AccountFacts {
	const matches = new Map(
		candidates
			.filter(({ emails }) => emails.some((known) => sameEmail(known, email)))
			.map((account) => [account.userId, account]),
	);
	const [match, ...others] = matches.values();
	if (!match) throw new Failure('notFound');
	if (others.length > 0) {
		throw new Failure('ambiguousUser', {
			summary: `${matches.size} users have the email '${email}'`,
			advice: `Choose one by ID: ${[...matches.keys()].slice(0, MAX_NAMED).join(', ')}. Nothing was changed.`,
		});
	}
	return match;
}

const MAX_NAMED = 10;
