import { z } from 'zod';
import { compareText } from './accounts.cts';
import type { AccountStore } from './accounts.cts';
import type { Answer } from './answers.cts';
import { userBody } from './awork-users.cts';
import type { AworkAccount } from './awork-users.cts';

/** Documented as 10 in the spec and as 1000 on the page about paging (section 4). */
const DEFAULT_PAGE_SIZE = 10;

const COUNT = z
	.string()
	.regex(/^[1-9]\d{0,8}$/)
	.transform(Number);

/** The query of the user list; `filterby` in lower case, as in awork's documentation. */
export const LIST_QUERY = z
	.object({
		page: COUNT.default('1'),
		// https://developers.awork.com/pagination
		pageSize: COUNT.pipe(z.number().max(1000)).optional(),
		orderby: z.string().optional(),
		filterby: z.string().optional(),
		showArchived: z.enum(['true', 'false']).default('false'),
	})
	.strict();

/** A user list's query as a handler gets it. */
export type UserListQuery = z.output<typeof LIST_QUERY>;

/** The parts of `orderby` that the documentation's own example has. */
const ORDER = /^(firstName|lastName)( asc| desc)?$/;

/** The one filter that should work; a filter by e-mail address is unproven, and refused. */
const FILTER = /^isDeactivated eq (true|false)$/;

/**
 * One page as a bare array, with the paging in the headers. Calls `refuse` for an order or a
 * filter that this list does not know: not every one of the grammar works (section 4).
 */
export function userPage(
	store: AccountStore<AworkAccount>,
	mayShow: (account: AworkAccount) => boolean,
	query: UserListQuery,
	options: { readonly pagingHeaders: boolean; readonly refuse: () => never },
): Answer {
	const { page, pageSize = DEFAULT_PAGE_SIZE } = query;
	const fits = filterOf(query.filterby, options.refuse);
	const found = ordered(store, query.orderby, options.refuse).filter(
		(account) =>
			mayShow(account) && (query.showArchived === 'true' || !account.isArchived) && fits(account),
	);
	const rows = found.slice((page - 1) * pageSize, page * pageSize);
	return {
		status: 200,
		headers: options.pagingHeaders
			? {
					'aw-page': String(page),
					'aw-pagesize': String(pageSize),
					'aw-items': String(rows.length),
					'aw-totalitems': String(found.length),
				}
			: {},
		body: rows.map(userBody),
		...(query.pageSize === undefined
			? { problem: 'query.pageSize: must be sent, its default is contradictory' }
			: {}),
	};
}

function ordered(
	store: AccountStore<AworkAccount>,
	orderby: string | undefined,
	refuse: () => never,
): readonly AworkAccount[] {
	if (orderby === undefined) return store.all();
	const orders = orderby.split(',').map((part) => {
		const [, field, direction] = ORDER.exec(part) ?? refuse();
		return { field: field as 'firstName' | 'lastName', sign: direction === ' desc' ? -1 : 1 };
	});
	return store.sortedBy(orderby, (a, b) =>
		orders.reduce(
			(result, { field, sign }) => result || sign * compareText(a[field] ?? '', b[field] ?? ''),
			0,
		),
	);
}

function filterOf(
	filterby: string | undefined,
	refuse: () => never,
): (account: AworkAccount) => boolean {
	if (filterby === undefined) return () => true;
	const wanted = FILTER.exec(filterby)?.[1] ?? refuse();
	return ({ isDeactivated }) => String(isDeactivated) === wanted;
}
