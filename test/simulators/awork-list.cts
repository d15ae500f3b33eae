import { z } from 'zod';
import { compareText, type AccountStore } from './accounts.cts';
import type { Answer } from './answers.cts';
import { userBody, type AworkAccount } from './awork-users.cts';

/** Documented as 10 in the spec and as 1000 on the page about paging (section 4). */
const DEFAULT_PAGE_SIZE = 10;

const COUNT = z
	.string()
	.regex(/^[1-9]\d{0,8}$/)
	.transform(Number);

/** The query of the user list. A filter by e-mail address is unproven, and none is needed. */
export const LIST_QUERY = z.strictObject({
	page: COUNT.default('1'),
	// https://developers.awork.com/pagination
	pageSize: COUNT.pipe(z.number().max(1000)).optional(),
	orderby: z.string().optional(),
});

/** A user list's query as a handler gets it. */
export type UserListQuery = z.output<typeof LIST_QUERY>;

/** The parts of `orderby` that the documentation's own example has. */
const ORDER = /^(firstName|lastName)( asc| desc)?$/;

/**
 * One page as a bare array, with the paging in the headers. Archived users are left out. Calls
 * `refuse` for an order that this list does not know: not every one of the grammar works (section 4).
 */
export function userPage(
	store: AccountStore<AworkAccount>,
	mayShow: (account: AworkAccount) => boolean,
	{ page, pageSize: size = DEFAULT_PAGE_SIZE, orderby }: UserListQuery,
	refuse: () => never,
): Answer {
	const found = ordered(store, orderby, refuse).filter(
		(account) => mayShow(account) && !account.isArchived,
	);
	const rows = found.slice((page - 1) * size, page * size);
	return {
		status: 200,
		headers: {
			'aw-page': String(page),
			'aw-pagesize': String(size),
			'aw-items': String(rows.length),
			'aw-totalitems': String(found.length),
		},
		body: rows.map(userBody),
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
