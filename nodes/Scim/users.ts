import type { Client } from '../shared/http/client';
import { spellings } from '../shared/model/email';
import type { UserName, UserSelector } from '../shared/parameters/locators';
import {
	isKnownBy,
	matchesSearch,
	toAccountPage,
	toCandidates,
	type Candidates,
	type UserDirectory,
} from '../shared/users/directory';
import { DEACTIVATION, REACTIVATION } from '../shared/users/outcome';
import type { RunContext } from '../shared/users/runContext';
import {
	ensureShowsUsers,
	equals,
	FIRST,
	listOf,
	loadEverybody,
	loadMatches,
	loadPage,
} from './list';
import type { UpdateMethod } from './parameters';
import { setActive } from './update';
import { readUser } from './user';

interface OnUser {
	userId: UserSelector;
}

/** The filters that together find everybody with a name, as one: many servers know `or`. */
function anyFilterFor(name: UserName): string {
	return filtersFor(name)
		.map(([filter]) => filter)
		.join(' or ');
}

/** The filters that together find everybody with a name, each in the forms that servers know. */
function filtersFor({ by, name }: UserName): string[][] {
	if (by !== 'email') return [[equals(by, name)]];
	return spellings(name).flatMap((email) => [
		// Many servers keep the address as user name only.
		[equals('userName', email)],
		[equals('emails.value', email), `emails[${equals('value', email)}]`],
	]);
}

/** What the first of the forms finds that the server knows; undefined if it knows none. */
async function firstKnown(forms: readonly string[], client: Client) {
	for (const filter of forms) {
		const rows = await loadMatches(client, filter);
		if (rows) return rows;
	}
	return undefined;
}

/**
 * Who may have a name. Some servers ignore filters, know few of them, or compare to the letter: unless
 * each filter was understood and somebody was found, all users are read, once for the run.
 */
async function find(name: UserName, { client, once }: RunContext): Promise<Candidates> {
	const atOnce = await firstKnown([anyFilterFor(name)], client);
	const found = atOnce
		? [atOnce]
		: await Promise.all(filtersFor(name).map(async (forms) => await firstKnown(forms, client)));
	const rows = found.flatMap((known) => known ?? []);
	const candidates = toCandidates(rows);
	const isCertain =
		found.every((known) => known !== undefined) &&
		candidates.accounts.some((account) => isKnownBy(account, name));
	return isCertain ? candidates : toCandidates(await once(loadEverybody));
}

/**
 * The users of an app that speaks SCIM 2.0. They are read before and after each change: what a server
 * answers to a change proves nothing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644
 */
export const users: UserDirectory<OnUser, OnUser, { updateMethod: UpdateMethod }> = {
	readFirst: true,

	readsBack: true,

	find: async (name, _, run) => await find(name, run),

	read: async (userId, _, { client }) => await readUser(userId, client),

	list: (_, client) => listOf(client),

	/** A search text is looked for in all users: few servers can search by parts of a name. */
	async search(text, token, _, client) {
		if (text === '') return toAccountPage(await loadPage(client, Number(token ?? FIRST)));
		const { accounts } = toCandidates(await loadEverybody(client));
		return { accounts: accounts.filter(matchesSearch(text)), nextPage: undefined };
	},

	deactivate: async (userId, _, run, { updateMethod }) =>
		await setActive(userId, DEACTIVATION, run, updateMethod),

	reactivate: async (userId, _, run, { updateMethod }) =>
		await setActive(userId, REACTIVATION, run, updateMethod),

	proveSeesEverybody: ensureShowsUsers,
};
