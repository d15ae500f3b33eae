import type { z } from 'zod';

import type { Client } from '../http/client';
import type { Page, PagedList } from '../http/pagination';
import { comparable, isSameName } from '../model/email';
import { Failure } from '../model/failure';
import type { PathSegment } from '../model/path';
import { nameOf, type AccountFacts, type Change, type Reading } from '../model/record';
import { toAccount, type UserName } from '../parameters/locators';
import type { Goal } from './outcome';
import type { RunContext } from './runContext';

/** One page of accounts, for the list in the editor. */
export interface AccountPage {
	accounts: AccountFacts[];
	/** What to ask for the next page with; absent on the last one. */
	nextPage: string | undefined;
}

/**
 * The users of a service that can be asked about them. `Values` are the values of the node's
 * parameters: some services need an organization to look in. `Own` are the values of options that
 * only this service has. All methods throw `Failure`.
 */
export interface UserDirectory<Values, ToDeactivate extends Values = Values, Own = unknown> {
	/** All accounts that may have this name, from all pages; too many do no harm. */
	find(name: UserName, values: Values, run: RunContext): Promise<Candidates>;
	/** The present state of one account. */
	read(userId: PathSegment, values: Values, run: RunContext): Promise<Reading>;
	/** All accounts, page by page. */
	list(values: Omit<Values, 'userId'>, client: Client): PagedList<Row>;
	/** One page of the accounts that match a search text. */
	search(
		text: string,
		page: string | undefined,
		values: Values,
		client: Client,
	): Promise<AccountPage>;
	/** Where people see an account at the service, if that is known; for the list in the editor. */
	pageOf?(userId: PathSegment, baseUrl: string): string;
	deactivate(userId: PathSegment, values: ToDeactivate, run: RunContext, own: Own): Promise<Change>;
	reactivate(userId: PathSegment, values: Values, run: RunContext, own: Own): Promise<Change>;
	/** Why the service would refuse to change an account in this state, where that is known before. */
	refusal?(facts: AccountFacts, goal: Goal): Failure | undefined;
	/** Whether to read each account first: the service does not say whether it changed anything. */
	readFirst?: true;
	/** Whether it reads the account back after each change by itself. */
	readsBack?: true;
	/** The ID of the user that the credential belongs to, where the service tells. */
	loadOwnUserId?(client: Client): Promise<string | undefined>;
	/**
	 * Proves that the credential can see every user. Otherwise nobody found means nothing.
	 *
	 * @throws Failure `forbidden` with the permission to ask for
	 */
	proveSeesEverybody?(client: Client): Promise<void>;
	/** Ends all sessions of a user and says how many. */
	endSessions?(userId: PathSegment, run: RunContext): Promise<number>;
}

/** What a search for a name found. */
export interface Candidates {
	accounts: readonly AccountFacts[];
	/** Entries of the list that can't be read, as JSON: one of them may be the one. */
	unreadable: readonly string[];
}

/** An entry of a list: an account, or JSON that can't be read as one. */
export type Row = AccountFacts | { json: string };

/** Reads each entry of a list by itself: an odd one must not spoil the others. */
export function readRows(
	entries: readonly unknown[],
	schema: z.ZodType<AccountFacts, z.ZodTypeDef, unknown>,
): Row[] {
	return entries.map((entry) => {
		const parsed = schema.safeParse(entry);
		return parsed.success ? parsed.data : { json: toJson(entry) };
	});
}

/** Stands for an entry that is nested deeper than JavaScript can write. It may be anybody's. */
const TOO_DEEP = '…';

function toJson(entry: unknown): string {
	try {
		return JSON.stringify(entry);
	} catch {
		return TOO_DEEP;
	}
}

/** Tells rows apart. */
export function rowKey(row: Row): string {
	return 'json' in row ? row.json : comparable(row.userId);
}

function accountsIn(rows: readonly Row[]): AccountFacts[] {
	return rows.flatMap((row) => ('json' in row ? [] : [row]));
}

/** The readable rows, and the others. */
export function toCandidates(rows: readonly Row[]): Candidates {
	return {
		accounts: accountsIn(rows),
		unreadable: rows.flatMap((row) => ('json' in row ? row.json : [])),
	};
}

/** The page for the editor: without what can't be read. */
export function toAccountPage({ entries, next }: Page<Row>): AccountPage {
	return {
		accounts: accountsIn(entries),
		nextPage: next === undefined ? undefined : String(next),
	};
}

/** Whether an account has exactly this name. */
export function isKnownBy(
	{
		emails,
		loginNames = [],
		externalId,
	}: Pick<AccountFacts, 'emails' | 'loginNames' | 'externalId'>,
	{ by, name }: UserName,
): boolean {
	const known = { email: emails, userName: loginNames, externalId: externalId ?? [] }[by];
	return [known].flat().some((one) => isSameName(one, name));
}

/** Whether an account matches a search text, as a list in the editor understands it. */
export function matchesSearch(text: string) {
	const wanted = text.toLowerCase();
	return ({ userId, name, emails, loginNames = [] }: AccountFacts): boolean =>
		isSameName(userId, text) ||
		[name ?? '', ...emails, ...loginNames].some((known) => known.toLowerCase().includes(wanted));
}

/**
 * The one account with exactly this name. Services search by parts of it, ignore case or not,
 * and do not all keep addresses unique: never the first hit.
 *
 * @throws Failure `notFound` | `ambiguousUser` | `unexpectedResponse`
 */
export function onlyMatch(wanted: UserName, { accounts, unreadable }: Candidates): AccountFacts {
	const { kind, name } = nameOf(toAccount(wanted));
	if (unreadable.some((json) => mentions(json, name))) {
		throw new Failure('unexpectedResponse', {
			summary: `The service's entry for the ${kind} '${name}' can't be read`,
			advice: 'Choose the user by ID.',
		});
	}
	const matches = new Map(
		accounts
			.filter((account) => isKnownBy(account, wanted))
			.map((account) => [comparable(account.userId), account]),
	);
	const [match, ...others] = matches.values();
	if (!match) throw new Failure('notFound');
	if (others.length > 0) {
		throw new Failure('ambiguousUser', {
			summary: `${matches.size} users have the ${kind} '${name}'`,
			advice: `Choose one of them by ID: ${[...matches.keys()].slice(0, MAX_NAMED).join(', ')}.`,
		});
	}
	return match;
}

const MAX_NAMED = 10;

function mentions(json: string, name: string): boolean {
	const text = json.normalize('NFC').toLowerCase();
	return (
		json === TOO_DEEP ||
		text.includes(comparable(name)) ||
		text.includes(name.normalize('NFC').toLowerCase())
	);
}
