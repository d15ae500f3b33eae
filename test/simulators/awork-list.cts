import { z } from 'zod';
import { compareText, type AccountStore } from './accounts.cts';
import type { Answer } from './answers.cts';
import { userBody, type AworkAccount, type UserRules } from './awork-users.cts';
import { aworkAccount } from './people.cts';
import { pageOf, withOddRows } from './switches.cts';

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

/** How lists are answered. */
export interface ListRules extends UserRules {
	/** Whether lists carry `aw-page` and its siblings; yes by default. */
	readonly pagingHeaders?: boolean;
	/** A gateway caps the page size, whatever was asked for. */
	readonly pageSizeCap?: number;
}

/**
 * One page as a bare array, with the paging in the headers. Calls `refuse` for an order or a
 * filter that this list does not know: not every one of the grammar works (section 4).
 */
export function userPage(
	store: AccountStore<AworkAccount>,
	mayShow: (account: AworkAccount) => boolean,
	query: UserListQuery,
	rules: ListRules,
	refuse: () => never,
): Answer {
	const size = Math.min(query.pageSize ?? DEFAULT_PAGE_SIZE, rules.pageSizeCap ?? Infinity);
	const fits = filterOf(rules.filtersIgnored ? undefined : query.filterby, refuse);
	const found = ordered(store, query.orderby, refuse)
		.map((account) => store.listed(account))
		.filter(
			(account) =>
				mayShow(account) && (query.showArchived === 'true' || !account.isArchived) && fits(account),
		);
	const { page, total } = pageOf(found, { offset: (query.page - 1) * size, size }, rules);
	const oddBody = (email: string) =>
		userBody(aworkAccount('', { givenName: 'Odd', familyName: 'Row', email }), rules);
	const rows = withOddRows(
		page.map((account) => userBody(account, rules)),
		rules,
		oddBody,
		'id',
	);
	return {
		status: 200,
		shows: page.map(({ id }) => id),
		headers:
			rules.pagingHeaders === false
				? {}
				: {
						'aw-page': String(query.page),
						'aw-pagesize': String(size),
						'aw-items': String(page.length),
						...(total !== undefined && { 'aw-totalitems': String(total) }),
					},
		body: rows,
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
