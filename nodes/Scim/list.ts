import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { readAllPages, totalCount, type Page, type PagedList } from '../shared/http/pagination';
import { asFailure, Failure } from '../shared/model/failure';
import { path } from '../shared/model/path';
import { readRows, rowKey, type Row } from '../shared/users/directory';
import { aboutAddress, isUnsupported } from './errors';
import { send } from './send';
import { userSchema } from './user';

/** What most servers accept; some return fewer. */
const PAGE_SIZE = 100;

/** Entries are counted from 1. */
export const FIRST = 1;

/**
 * A list response. Without matches a server may leave out `Resources`, but some sign of a list must be
 * there: anything else would look like a list of nobody.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
const userList = z
	.object({
		totalResults: totalCount,
		Resources: z.array(z.unknown()).nullish(),
	})
	.refine(({ totalResults, Resources }) => totalResults === 0 || Array.isArray(Resources));

/** One page of users, with a filter or without. */
export async function loadPage(
	client: Client,
	start: number,
	filter?: string,
	count = PAGE_SIZE,
): Promise<Page<Row>> {
	const { data } = await send(client, {
		method: 'GET',
		path: path`/Users`,
		query: {
			...(filter !== undefined && { filter }),
			startIndex: String(start),
			count: String(count),
		},
		schema: userList,
	}).catch((error: unknown) => {
		throw aboutAddress(asFailure(error));
	});
	const entries = data.Resources ?? [];
	const { totalResults: total } = data;
	// A server may return fewer than it was asked for, and still have more.
	const next = start + (entries.length === 0 ? count : entries.length);
	const isLast = total === undefined ? entries.length === 0 : next > total;
	return {
		entries: readRows(entries, userSchema),
		...(!isLast && { next }),
		...(total !== undefined && { total }),
	};
}

/** All users of the app, page by page. */
export function listOf(client: Client): PagedList<Row> {
	return { load: async (start) => await loadPage(client, start), first: FIRST };
}

/** All users of the app. */
export async function loadEverybody(client: Client): Promise<Row[]> {
	return await readAllPages(listOf(client), rowKey);
}

/**
 * Proves that the app shows users at all: behind a wrong address, or with too few permissions, nobody
 * is ever found.
 *
 * @throws Failure
 */
export async function ensureShowsUsers(client: Client): Promise<void> {
	const { entries, total } = await loadPage(client, FIRST, undefined, 1);
	if (entries.length > 0 || (total ?? 0) > 0) return;
	throw new Failure('forbidden', { summary: 'The app shows no users to this credential' });
}

/**
 * The users that match a filter, as the server sees it.
 *
 * @returns undefined if the server does not know the filter, or seems to ignore it
 */
export async function loadMatches(
	client: Client,
	filter: string,
): Promise<readonly Row[] | undefined> {
	const page = await loadPage(client, FIRST, filter).catch((error: unknown) => {
		const failure = asFailure(error);
		if (!isUnsupported(failure)) throw failure;
		return undefined;
	});
	return page?.next === undefined ? page?.entries : undefined;
}

/** A filter that finds an attribute with exactly this value. A filter quotes text as JSON does. */
export function equals(attribute: string, value: string): string {
	return `${attribute} eq ${JSON.stringify(value)}`;
}
