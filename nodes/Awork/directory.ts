import { z } from 'zod';

import { sameEmail, type AccountFacts, type Directory } from '../shared/users/directory';
import { Failure } from '../shared/model/failure';
import { pageOf, readAllPages, type Page } from '../shared/http/pagination';
import { path } from '../shared/model/path';
import type { Api } from '../shared/http/client';
import { factsOf, userSchema } from './user';

/** awork's maximum. The default is documented in two ways, so the size is always sent. */
const PAGE_SIZE = 1000;

/** Of the list in the editor: somebody waits for it. */
const LIST_SIZE = 100;

/** A role without the permission is shown nobody else: to search that list would be to find nobody. */
const ONLY_ITSELF = new Failure('forbidden', {
	summary: 'The credential sees no user but itself',
	advice:
		'Give its role in awork the permission to read users (user-master-data), or name the user by ID. Nothing was changed.',
});

async function page(
	api: Api,
	number: number,
	pageSize: number,
	orderBy?: string,
): Promise<Page<AccountFacts>> {
	const { data } = await api.send({
		method: 'GET',
		path: path`/users`,
		query: {
			page: String(number),
			pageSize: String(pageSize),
			...(orderBy !== undefined && { orderby: orderBy }),
		},
		schema: z.array(userSchema),
	});
	return pageOf(data.map(factsOf), pageSize);
}

async function allUsers(api: Api): Promise<AccountFacts[]> {
	// Pages are numbered from 1.
	return await readAllPages(
		async (offset) => await page(api, Math.floor(offset / PAGE_SIZE) + 1, PAGE_SIZE),
	);
}

async function otherUsers(api: Api): Promise<AccountFacts[]> {
	const users = await allUsers(api);
	if (users.length < 2) throw ONLY_ITSELF;
	return users;
}

function byEmail(users: readonly AccountFacts[]): Map<string, AccountFacts[]> {
	const index = new Map<string, AccountFacts[]>();
	for (const user of users) {
		for (const email of new Set(user.emails.map((address) => address.trim().toLowerCase()))) {
			index.set(email, [...(index.get(email) ?? []), user]);
		}
	}
	return index;
}

/**
 * awork cannot look up an address, so all users are read, once for the whole run, a thousand at a
 * time.
 *
 * @see https://developers.awork.com/pagination
 */
export const directory: Directory<unknown> = {
	async find(email, _, { api, once }) {
		const index = await once('usersByEmail', async () => byEmail(await otherUsers(api)));
		return index.get(email.trim().toLowerCase()) ?? [];
	},

	async read(userId, _, { api }) {
		const { data, response } = await api.send({
			method: 'GET',
			path: path`/users/${userId}`,
			schema: userSchema,
		});
		return { facts: factsOf(data), response };
	},

	/** A search text is looked for in all users, since awork has no search by it. */
	async search(text, token, _, { api }) {
		if (text !== '') {
			return { accounts: (await allUsers(api)).filter(fits(text)), nextPage: undefined };
		}
		const number = Number(token ?? 1);
		const { entries, isLast } = await page(api, number, LIST_SIZE, 'firstName');
		return { accounts: entries, nextPage: isLast ? undefined : String(number + 1) };
	},
};

function fits(text: string) {
	const wanted = text.toLowerCase();
	return ({ userId, name, emails }: AccountFacts): boolean =>
		sameEmail(userId, wanted) ||
		[name ?? '', ...emails].some((known) => known.toLowerCase().includes(wanted));
}
