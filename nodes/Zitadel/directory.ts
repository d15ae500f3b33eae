import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { accountPage, type AccountFacts, type Directory } from '../shared/users/directory';
import { pageOf, readAllPages, type Page } from '../shared/http/pagination';
import { path } from '../shared/model/path';
import type { Api } from '../shared/http/client';
import { factsOf, userSchema } from './user';

/** `result` is missing where nobody fits. */
const userList = z.object({ details: z.object({}), result: z.array(userSchema).default([]) });

const oneUser = z.object({ user: userSchema });

/** Users in one answer; a shorter page is the last one. ZITADEL names no maximum below 1000. */
const PAGE_SIZE = 100;

async function page(api: Api, queries: IDataObject[], offset: number): Promise<Page<AccountFacts>> {
	const { data } = await api.send({
		method: 'POST',
		path: path`/v2/users`,
		body: {
			query: { offset: String(offset), limit: PAGE_SIZE, asc: true },
			sortingColumn: 'USER_FIELD_NAME_DISPLAY_NAME',
			queries,
		},
		schema: userList,
	});
	return pageOf(data.result.map(factsOf), PAGE_SIZE);
}

const contains = { method: 'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE' };

/** An empty text would match everybody anyway, so it is not sent. */
function fitting(text: string): IDataObject[] {
	if (text === '') return [];
	const queries = [
		{ displayNameQuery: { displayName: text, ...contains } },
		{ emailQuery: { emailAddress: text, ...contains } },
		{ loginNameQuery: { loginName: text, ...contains } },
	];
	return [{ orQuery: { queries } }];
}

/**
 * The list shows users that the credential may read, and is a moment behind; one user is read as
 * they are now.
 *
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-list-users
 */
export const directory: Directory<unknown> = {
	async find(email, _, { api }) {
		// The default method is case-sensitive. Addresses are not unique, so all pages are read.
		const emailQuery = { emailAddress: email, method: 'TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE' };
		return await readAllPages(async (offset) => await page(api, [{ emailQuery }], offset));
	},

	async read(userId, _, { api }) {
		const { data, response } = await api.send({
			method: 'GET',
			path: path`/v2/users/${userId}`,
			schema: oneUser,
		});
		return { facts: factsOf(data.user), response };
	},

	async search(text, token, _, { api }) {
		const offset = Number(token ?? 0);
		return accountPage(await page(api, fitting(text), offset), offset);
	},
};
