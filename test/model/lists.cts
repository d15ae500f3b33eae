import { asking, bodyOf, json, withBody, type Meeting, type Oddity } from './oddity.cts';
import type { WireAnswer } from './inProcess.cts';
import type { ServiceName } from './services.cts';

/** Oddities of lists: rows that are odd, missing, too many or elsewhere. */

type Row = Record<string, unknown> | null;

const LOOKED_UP = ['aitronos', 'zitadel', 'awork', 'scim'] as const;

function rowsOf(answer: WireAnswer): Row[] {
	const body = bodyOf(answer);
	if (Array.isArray(body)) return body as Row[];
	return (body.result ?? body.Resources ?? body.users ?? body.members ?? []) as Row[];
}

function withRows(
	service: ServiceName,
	answer: WireAnswer,
	rows: Row[],
	total: number,
): WireAnswer {
	switch (service) {
		case 'zitadel':
			return withBody(answer, { details: { totalResult: String(total) }, result: rows });
		case 'awork': {
			const headers = { 'aw-items': String(rows.length), 'aw-totalitems': String(total) };
			return { ...withBody(answer, rows), headers: { ...answer.headers, ...headers } };
		}
		case 'scim':
			return withBody(answer, { ...bodyOf(answer), totalResults: total, Resources: rows });
		default:
			return withBody(answer, { users: rows, total_users_count: total });
	}
}

/** Rows without the one thing that they need; none has the address of anybody. */
const ODD_ROWS: Readonly<Record<string, readonly Row[]>> = {
	zitadel: [
		{ userId: 'odd@example.org', state: 'USER_STATE_ACTIVE', human: { email: { email: 'odd@x' } } },
		{ state: 'USER_STATE_ACTIVE', human: { email: { email: 'odd@example.net' } } },
		{ userId: '1', human: null },
		null,
	],
	awork: [
		{ id: '6f1c', userContactInfos: [{ value: 'odd' }] },
		{ id: 'odd@example.org', userContactInfos: null },
		{ firstName: 'Odd', userContactInfos: [{ type: null, value: null }] },
		null,
	],
	scim: [
		{ userName: 'odd@example.org', active: true },
		{ id: '', emails: [{ value: 'odd@x' }] },
		{ id: 7, name: null },
		null,
	],
	aitronos: [
		{ user_id: 'odd@example.org', email: 'odd@example.org', status: { id: 1, name: 'Active' } },
		{ email: 'odd@example.net', full_name: null },
		{ user_id: 'usr_odd', email: null, status: null },
		null,
	],
};

/** Puts odd rows before the others. */
async function oddRow({ request, service, forward, nth }: Meeting) {
	// A list of one entry only shows that there is somebody.
	if (new URL(request.url).searchParams.get('count') === '1') return undefined;
	const answer = await forward();
	if (answer.status !== 200) return undefined;
	const rows = rowsOf(answer);
	const odd = ODD_ROWS[service] ?? [];
	const all = [odd[nth % odd.length] ?? null, ...rows];
	return withRows(service, answer, all, Math.max(totalOf(answer) ?? 0, rows.length) + 1);
}

function totalOf(answer: WireAnswer): number | undefined {
	const body = bodyOf(answer);
	const { totalResult } = (body.details ?? {}) as { totalResult?: string };
	const total =
		totalResult ?? body.totalResults ?? body.total_users_count ?? answer.headers['aw-totalitems'];
	return total === undefined ? undefined : Number(total);
}

/** A list whose row for somebody has the address of whom was asked for, from before a rename. */
async function staleRow({ service, tenant, world, forward }: Meeting) {
	const answer = await forward();
	const rows = rowsOf(answer);
	const [row] = rows;
	const email = emailOf(row ?? null);
	if (!row || email === undefined) return undefined;
	const other = world.accounts(service, tenant).find((one) => one.email !== email && one.email);
	if (!other) return undefined;
	const id = service === 'zitadel' ? 'userId' : service === 'aitronos' ? 'user_id' : 'id';
	const others = rows.filter((one) => one?.[id] !== other.id && emailOf(one) !== email);
	return withRows(service, answer, [{ ...row, [id]: other.id }, ...others], others.length + 1);
}

function emailOf(row: Row): string | undefined {
	const [scim] = (row?.emails ?? []) as { value: string }[];
	const human = row?.human as { email?: { email?: string } } | undefined;
	const contacts = row?.userContactInfos as { value: string }[] | null | undefined;
	return (
		scim?.value ?? human?.email?.email ?? (row?.email as string | undefined) ?? contacts?.[0]?.value
	);
}

/** A page and more that the node may not read comes first: left out, but counted. */
const MORE_THAN_A_PAGE = 20;

async function unreadableFirst({ request, service, forward }: Meeting) {
	const body = JSON.parse(request.body) as { query: { offset?: string; limit?: number } };
	const [offset, limit] = [Number(body.query.offset ?? 0), Number(body.query.limit ?? 100)];
	const unreadable = limit + MORE_THAN_A_PAGE;
	const skipped = Math.max(0, offset - unreadable);
	const room = Math.max(0, Math.min(limit, offset + limit - unreadable));
	const query = { ...body.query, offset: String(skipped), limit: Math.max(1, room) };
	const answer = await forward(asking(request, { ...body, query }));
	const total = (totalOf(answer) ?? 0) + unreadable;
	return withRows(service, answer, room === 0 ? [] : rowsOf(answer), total);
}

/** Rows in one page, whatever is asked for. */
const CAP = 2;

async function cappedPages({ request, forward }: Meeting) {
	const url = new URL(request.url);
	url.searchParams.set('pageSize', String(CAP));
	return await forward({ ...request, url: url.href });
}

/**
 * While the list is read, the first row of a full page is changed by somebody else, and all behind it
 * move up: it stands at the end then, or is gone where the list is sorted.
 */
async function shiftingRows({ request, service, forward, nth }: Meeting) {
	const body = JSON.parse(request.body) as Record<'skip' | 'take', number> &
		Record<string, unknown>;
	const { skip, take } = body;
	const answer = await forward(asking(request, { ...body, skip: 0, take: 100 }));
	if (answer.status !== 200) return undefined;
	const [first, ...fillers] = Array.from({ length: take }, (_, number) => ({
		id: `orguser_filler${number}`,
		user_id: `usr_filler${number}`,
		email: `filler.${number}@example.net`,
		full_name: `Filler ${String(body.search_term)}`,
		status: { id: 1, name: 'Active' },
	}));
	const rest = [...fillers, ...rowsOf(answer)];
	const before = [first ?? null, ...rest];
	const after = body.sort_field === undefined ? [...rest, first ?? null] : rest;
	const all = nth === 0 ? before : after;
	return withRows(service, answer, all.slice(skip, skip + take), all.length);
}

/** Rows in a page that is said to be full. */
const FULL = 100;

/** The same full page again and again, of a list that is said to be endless. */
async function samePage({ request, service, forward }: Meeting) {
	const url = new URL(request.url);
	if (service === 'awork') url.searchParams.set('page', '1');
	if (service === 'scim') url.searchParams.set('startIndex', '1');
	const body = request.body === '' ? undefined : (JSON.parse(request.body) as { query?: object });
	const first = service === 'zitadel' ? { query: { ...body?.query, offset: '0' } } : { skip: 0 };
	const answer = await forward({
		...request,
		url: url.href,
		...(body && { body: JSON.stringify({ ...body, ...first }) }),
	});
	const rows = rowsOf(answer);
	if (answer.status !== 200 || rows.length === 0) return undefined;
	const full = Array.from({ length: Math.ceil(FULL / rows.length) }, () => rows).flat();
	const page = withRows(service, answer, full.slice(0, FULL), 100_000);
	const headers = { ...page.headers, ...(service === 'awork' && { 'aw-pagesize': String(FULL) }) };
	return { ...page, headers };
}

/** Everybody, whoever is asked for. */
async function unfiltered({ request, service, forward }: Meeting) {
	const body = JSON.parse(request.body) as Record<string, unknown>;
	const nobodyInParticular =
		service === 'zitadel' ? { ...body, queries: [] } : { ...body, search_term: '' };
	return await forward(asking(request, nobodyInParticular));
}

/** A role that is shown its own teams only: nobody of whom it asks for. */
async function ownTeams({ request, purpose, service, forward }: Meeting) {
	if (new URL(request.url).pathname.endsWith('/me/permissions')) {
		const permissions = [{ feature: 'user-manage-config', accessLevels: ['read', 'write'] }];
		return json(200, { userPermission: { isAdmin: false, permissions } });
	}
	if (purpose !== 'list') return undefined;
	const answer = await forward();
	if (answer.status !== 200) return undefined;
	const rows = rowsOf(answer).filter((row) => emailOf(row) === undefined);
	return withRows(service, answer, rows, rows.length);
}

const IN_LISTS = { at: LOOKED_UP, on: ['list'] } as const;
/** What a service is like, and shows the truth all the same. */
const LIKENESS = { on: ['list'], lasting: true, isTrue: true } as const;

export const LISTS = {
	'odd row': { ...IN_LISTS, weight: 3, isTrue: true, harmless: true, meet: oddRow },
	'address of somebody else': { ...IN_LISTS, weight: 5, meet: staleRow },
	'unreadable rows first': {
		...LIKENESS,
		at: ['zitadel'],
		weight: 4,
		harmless: true,
		meet: unreadableFirst,
	},
	'capped pages': { ...LIKENESS, at: ['awork'], weight: 4, harmless: true, meet: cappedPages },
	'rows that shift': { ...LIKENESS, at: ['aitronos'], weight: 4, meet: shiftingRows },
	'same page again': { ...LIKENESS, at: LOOKED_UP, weight: 2, meet: samePage },
	'filter ignored': {
		...LIKENESS,
		at: ['aitronos', 'zitadel'],
		weight: 2,
		harmless: true,
		meet: unfiltered,
	},
	'own teams only': { at: ['awork'], weight: 3, lasting: true, meet: ownTeams },
} satisfies Record<string, Oddity>;
