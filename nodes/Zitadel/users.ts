import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { aboutNobody } from '../shared/http/errorTable';
import { readAllPages, totalCount, type Page, type PagedList } from '../shared/http/pagination';
import { spellings } from '../shared/model/email';
import { asFailure, Failure, lookInto } from '../shared/model/failure';
import { path, type PathSegment } from '../shared/model/path';
import type { Change, Reading } from '../shared/model/record';
import type { UserSelector } from '../shared/parameters/locators';
import {
	readRows,
	rowKey,
	toAccountPage,
	toCandidates,
	type Row,
	type UserDirectory,
} from '../shared/users/directory';
import { aboutUser } from '../shared/users/locate';
import { DEACTIVATION, REACTIVATION, type Goal } from '../shared/users/outcome';
import type { RunContext } from '../shared/users/runContext';
import { hasUnknownPrecondition, NEVER_ACTIVATED } from './errors';
import { ensureCanReadUsers } from './permissions';
import { endSessions } from './sessions';
import { userSchema } from './user';

/** `result` is missing where nobody matches; uint64 are strings, and zero is left out. */
const userList = z.object({
	details: z.object({ totalResult: totalCount }),
	result: z.array(z.unknown()).default([]),
});

const oneUser = z.object({ user: userSchema });

/** ZITADEL's own default. */
const PAGE_SIZE = 100;

/**
 * A page that is not full is not the last: ZITADEL applies the limit first and then drops the users
 * that the credential may not read, while `totalResult` counts all.
 */
async function loadPage(
	client: Client,
	queries: IDataObject[],
	offset: number,
): Promise<Page<Row>> {
	const { data } = await client.send({
		method: 'POST',
		path: path`/v2/users`,
		body: {
			query: { offset: String(offset), limit: PAGE_SIZE, asc: true },
			sortingColumn: 'USER_FIELD_NAME_DISPLAY_NAME',
			queries,
		},
		schema: userList,
	});
	const { totalResult } = data.details;
	const next = offset + PAGE_SIZE;
	const isLast = totalResult === undefined ? data.result.length === 0 : next >= totalResult;
	return { entries: readRows(data.result, userSchema), ...(!isLast && { next }) };
}

function listOf(client: Client, queries: IDataObject[]): PagedList<Row> {
	return { load: async (offset) => await loadPage(client, queries, offset) };
}

const contains = { method: 'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE' };

/** An empty text would match everybody anyway, so it is not sent. */
function matching(text: string): IDataObject[] {
	if (text === '') return [];
	const queries = [
		{ displayNameQuery: { displayName: text, ...contains } },
		{ emailQuery: { emailAddress: text, ...contains } },
		{ loginNameQuery: { loginName: text, ...contains } },
	];
	return [{ orQuery: { queries } }];
}

async function read(userId: PathSegment, client: Client): Promise<Reading> {
	const { data, response } = await client.send({
		method: 'GET',
		path: path`/v2/users/${userId}`,
		schema: oneUser,
	});
	return aboutUser(userId, { facts: data.user, response });
}

const mutation = z.object({ details: z.object({ changeDate: z.string().optional() }) });

/**
 * Changes a user. ZITADEL's error ids may differ between versions: where one is unknown but says that
 * the state does not allow the change, the state is read.
 */
async function change(
	userId: PathSegment,
	goal: Goal,
	{ client }: RunContext,
	changePath: ReturnType<typeof path>,
): Promise<Change> {
	const { response } = await client
		.send({ method: 'POST', path: changePath, body: {}, schema: mutation, changes: true })
		.catch(async (error: unknown) => {
			const failure = asFailure(error);
			if (!hasUnknownPrecondition(failure)) throw failure;
			const { facts } = await lookInto(failure, read(userId, client));
			throw facts.state === goal.state ? failure.with({}, goal.already) : failure;
		});
	return { outcome: goal.done, stateAfter: goal.state, response };
}

const me = z.object({ user: z.object({ id: z.string() }) });

/**
 * The users of an instance. The list shows those that the credential may read, and is a moment
 * behind; a single user is read as of now.
 *
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-list-users
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-reactivate-user
 */
export const users: UserDirectory<{ userId: UserSelector }> = {
	async find({ name: email }, _, { client }) {
		// The default method is case-sensitive. Addresses are not unique, so all pages are read.
		const queries = spellings(email).map((emailAddress) => ({
			emailQuery: { emailAddress, method: 'TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE' },
		}));
		const anyOf = queries.length === 1 ? queries : [{ orQuery: { queries } }];
		return toCandidates(await readAllPages(listOf(client, anyOf), rowKey));
	},

	read: async (userId, _, { client }) => await read(userId, client),

	list: (_, client) => listOf(client, []),

	search: async (text, token, _, client) =>
		toAccountPage(await loadPage(client, matching(text), Number(token ?? 0))),

	/** @see console/src/app/pages/users/users-routing.module.ts of ZITADEL v4 */
	pageOf: (userId, baseUrl) =>
		`${new URL(baseUrl).origin}/ui/console/users/${encodeURIComponent(userId)}`,

	deactivate: async (userId, _, run) =>
		await change(userId, DEACTIVATION, run, path`/v2/users/${userId}/deactivate`),

	reactivate: async (userId, _, run) =>
		await change(userId, REACTIVATION, run, path`/v2/users/${userId}/reactivate`),

	refusal: ({ state }, goal) =>
		goal === DEACTIVATION && state === 'invited'
			? new Failure('refused', NEVER_ACTIVATED)
			: undefined,

	/**
	 * ZITADEL itself lets a credential deactivate its own account, which ends its token.
	 *
	 * @see https://zitadel.com/docs/reference/api/auth/zitadel.auth.v1.AuthService.GetMyUser
	 */
	async loadOwnUserId(client) {
		const { data } = await client
			.send({ method: 'GET', path: path`/auth/v1/users/me`, schema: me })
			.catch((error: unknown) => {
				throw aboutNobody(asFailure(error));
			});
		return data.user.id;
	},

	proveSeesEverybody: ensureCanReadUsers,

	endSessions: async (userId, { client }) => await endSessions(client, userId),
};
