import { z } from 'zod';

import type { Call, Client } from '../shared/http/client';
import { aboutNobody } from '../shared/http/errorTable';
import { readAllPages, type Page, type PagedList } from '../shared/http/pagination';
import { comparable } from '../shared/model/email';
import { asFailure } from '../shared/model/failure';
import { path, type PathSegment } from '../shared/model/path';
import type { AccountFacts, Change, Reading } from '../shared/model/record';
import type { UserSelector } from '../shared/parameters/locators';
import {
	matchesSearch,
	readRows,
	rowKey,
	toAccountPage,
	toCandidates,
	type Candidates,
	type Row,
	type UserDirectory,
} from '../shared/users/directory';
import { aboutUser } from '../shared/users/locate';
import { DEACTIVATION, isReached, REACTIVATION, type Goal } from '../shared/users/outcome';
import type { RunContext } from '../shared/users/runContext';
import { ensureCanReadUsers } from './permissions';
import { userSchema } from './user';

interface OnUser {
	userId: UserSelector;
}

interface ToDeactivate extends OnUser {
	includeSummary: boolean;
}

/** awork's maximum. The default is documented in two ways, so the size is always sent. */
const PAGE_SIZE = 1000;

/** For the list in the editor: somebody is waiting for it. */
const LIST_SIZE = 100;

/** Pages are numbered from 1. */
const FIRST_PAGE = 1;

async function loadPage(
	client: Client,
	number: number,
	pageSize: number,
	orderBy?: string,
): Promise<Page<Row>> {
	const { data, headers } = await client.send({
		method: 'GET',
		path: path`/users`,
		query: {
			page: String(number),
			pageSize: String(pageSize),
			...(orderBy !== undefined && { orderby: orderBy }),
		},
		schema: z.array(z.unknown()),
	});
	// A gateway may return fewer than were asked for: awork's own headers tell.
	const size = countIn(headers['aw-pagesize']) ?? pageSize;
	const total = countIn(headers['aw-totalitems']);
	const isLast = total === undefined ? data.length < size : number * size >= total;
	return { entries: readRows(data, userSchema), ...(!isLast && { next: number + 1 }) };
}

function countIn(header: unknown): number | undefined {
	const count = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : 0;
	return count > 0 ? count : undefined;
}

async function loadAllUsers(client: Client): Promise<Row[]> {
	return await readAllPages(listOf(client), rowKey);
}

function listOf(client: Client): PagedList<Row> {
	return {
		load: async (number) => await loadPage(client, number, PAGE_SIZE),
		first: FIRST_PAGE,
	};
}

/** All users by the form in which addresses are compared, and the entries that can't be read. */
async function loadUsersByEmail(client: Client): Promise<{
	byEmail: ReadonlyMap<string, readonly AccountFacts[]>;
	unreadable: readonly string[];
}> {
	const { accounts, unreadable } = toCandidates(await loadAllUsers(client));
	const byEmail = new Map<string, AccountFacts[]>();
	for (const account of accounts) {
		for (const email of new Set(account.emails.map(comparable))) {
			byEmail.set(email, [...(byEmail.get(email) ?? []), account]);
		}
	}
	return { byEmail, unreadable };
}

async function read(userId: PathSegment, client: Client): Promise<Reading> {
	const { data, response } = await client.send({
		method: 'GET',
		path: path`/users/${userId}`,
		schema: userSchema,
	});
	return aboutUser(userId, { facts: data, response });
}

/** Stands for an answer that got lost, when the user is in the wanted state all the same. */
const LOST: unique symbol = Symbol('lost');

/**
 * Changes a user that was just read with the same credential. awork answers 401 for a bad key and
 * for a missing permission; here it can only be the permission.
 *
 * After an attempt without a usable answer the user is read again, and changed again only if that
 * attempt was not carried out: a second one might delete projects or send an email once more.
 */
async function change(
	userId: PathSegment,
	goal: Goal,
	{ client }: RunContext,
	call: Pick<Call<z.infer<typeof summary> | typeof LOST>, 'path' | 'query' | 'schema'>,
): Promise<Change> {
	let state: AccountFacts['state'] = goal.state;
	const recover = async () => {
		const { facts } = await read(userId, client);
		if (!isReached(facts.state, goal)) return undefined;
		state = facts.state;
		return { data: LOST as typeof LOST, response: undefined };
	};
	const { data, response } = await client
		.send({ ...call, method: 'POST', changes: true, recover })
		.catch((error: unknown) => {
			const failure = asFailure(error);
			const isPermission = failure.reason === 'unauthorized';
			throw isPermission ? failure.with({ advice: undefined }, 'forbidden') : failure;
		});
	return data === LOST
		? { outcome: goal.done, stateAfter: state, verified: true, warning: responseLost(goal) }
		: { outcome: goal.done, stateAfter: goal.state, response, warning: projectsOf(data) };
}

/** What became of the private projects, as far as awork says. */
function projectsOf(data: z.infer<typeof summary>): string | undefined {
	const {
		privateProjectManagersReassignedCount: reassigned,
		privateProjectsDeletedCount: deleted,
	} = data ?? {};
	const counts = [
		...(reassigned === undefined ? [] : [`reassigned ${reassigned}`]),
		...(deleted === undefined ? [] : [`deleted ${deleted}`]),
	];
	return counts.length === 0
		? undefined
		: `awork ${counts.join(' and ')} of the user's private projects.`;
}

function responseLost({ state }: Goal): string {
	return `awork's response was lost. The user was checked afterwards and is ${state}${state === 'deactivated' ? '; no project summary is available' : ''}.`;
}

const count = z.number().int().optional();

/**
 * 200 brings the counts, both optional; 204 brings nothing. Either may come, whatever was asked. Any
 * other body proves nothing.
 */
const summary = z
	.object({ privateProjectManagersReassignedCount: count, privateProjectsDeletedCount: count })
	.refine((counts) => Object.values(counts).some((value) => value !== undefined))
	.optional();

/**
 * The users of a workspace. They are read before they are changed: what awork answers for one that is
 * already in the wanted state is not documented, deactivating may delete projects, and activating
 * sends an email. awork can't look up an address, so all users are read, once for the run.
 *
 * @see https://developers.awork.com/pagination
 * @see https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id
 * @see https://developers.awork.com/apiv1/users/post-user-activate-by-user-id
 */
export const users: UserDirectory<OnUser, ToDeactivate> = {
	readFirst: true,

	async find({ name: email }, _, { once }): Promise<Candidates> {
		const { byEmail, unreadable } = await once(loadUsersByEmail);
		return { accounts: byEmail.get(comparable(email)) ?? [], unreadable };
	},

	read: async (userId, _, { client }) => await read(userId, client),

	list: (_, client) => listOf(client),

	/** A search text is looked for in all users, since awork can't search by it. */
	async search(text, token, _, client) {
		if (text !== '') {
			const { accounts } = toCandidates(await loadAllUsers(client));
			return { accounts: accounts.filter(matchesSearch(text)), nextPage: undefined };
		}
		const number = Number(token ?? FIRST_PAGE);
		return toAccountPage(await loadPage(client, number, LIST_SIZE, 'firstName'));
	},

	deactivate: async (userId, { includeSummary }, run) =>
		await change(userId, DEACTIVATION, run, {
			path: path`/users/${userId}/deactivate`,
			query: { includeSummary: String(includeSummary) },
			schema: summary,
		}),

	reactivate: async (userId, _, run) =>
		await change(userId, REACTIVATION, run, {
			path: path`/users/${userId}/activate`,
			schema: z.undefined(),
		}),

	/** With an API key, the API user behind it. */
	async loadOwnUserId(client) {
		const { data } = await client
			.send({ method: 'GET', path: path`/users/me`, schema: z.object({ id: z.string() }) })
			.catch((error: unknown) => {
				throw aboutNobody(asFailure(error));
			});
		return data.id;
	},

	proveSeesEverybody: ensureCanReadUsers,
};
