import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { aboutNobody } from '../shared/http/errorTable';
import { readAllPages, type Page, type PagedList } from '../shared/http/pagination';
import { isSameName, spellings } from '../shared/model/email';
import { asFailure } from '../shared/model/failure';
import { path, type Path, type PathSegment } from '../shared/model/path';
import type { AccountFacts, AccountState, Change } from '../shared/model/record';
import type { UserSelector } from '../shared/parameters/locators';
import {
	readRows,
	rowKey,
	toAccountPage,
	toCandidates,
	type Row,
	type UserDirectory,
} from '../shared/users/directory';
import { DEACTIVATION, REACTIVATION, type Goal } from '../shared/users/outcome';
import { aboutAnother } from '../shared/users/locate';
import type { RunContext } from '../shared/users/runContext';
import { userIdSchema } from './parameters';

interface InOrganization {
	organizationId: PathSegment;
}

interface OnUser extends InOrganization {
	userId: UserSelector;
}

interface ToDeactivate extends OnUser {
	transferResourcesToDepartmentId: PathSegment;
}

const optionalText = z.string().nullish().catch(undefined);

/**
 * A member as the list and the single read show it. The two pages of the documentation that
 * describe it disagree about the status; both forms are read. `id` is the membership's.
 *
 * @see https://docs.aitronos.com/docs/api-reference/organizations/members/list
 * @see https://docs.aitronos.com/docs/api-reference/organizations/members/retrieve
 */
const memberSchema = z
	.object({
		user_id: userIdSchema,
		email: optionalText,
		full_name: optionalText,
		status: z.object({ name: optionalText }).nullish().catch(undefined),
		status_name: optionalText,
	})
	.transform((member): AccountFacts => {
		const status = member.status?.name ?? member.status_name ?? undefined;
		const state = STATES.get(status);
		return {
			userId: member.user_id,
			emails: member.email ? [member.email] : [],
			name: member.full_name ?? undefined,
			state: state ?? 'unknown',
			// An organization can define its own, and a membership may be deleted.
			...(state === undefined && status && { stateName: status }),
		};
	});

/** @see https://docs.aitronos.com/docs/api-reference/objects/user-status-object */
const STATES: ReadonlyMap<string | undefined, AccountState> = new Map([
	['Active', 'active'],
	['Inactive', 'deactivated'],
	['InvitationSent', 'invited'],
	['Pending', 'invited'],
]);

const optionalCount = z.number().int().nonnegative().optional().catch(undefined);

const memberList = z.union([
	z
		.object({ users: z.array(z.unknown()), total_users_count: optionalCount })
		.transform(({ users: rows, total_users_count: total }) => ({ rows, total })),
	z
		.object({ members: z.array(z.unknown()), total: optionalCount })
		.transform(({ members: rows, total }) => ({ rows, total })),
]);

/** The most that Aitronos gives in one answer. */
const PAGE_SIZE = 100;

async function loadPage(
	client: Client,
	{ organizationId }: InOrganization,
	text: string,
	skip: number,
): Promise<Page<Row>> {
	const { data } = await client.send({
		method: 'POST',
		path: path`/v1/organizations/${organizationId}/users`,
		body: {
			skip,
			take: PAGE_SIZE,
			...(text !== '' && { search_term: text }),
			include_deleted: false,
			// By a field that a change of the account leaves as it is: rows move less.
			sort_field: 'email',
			sort_direction: 'asc',
		},
		schema: memberList,
	});
	const { rows, total } = data;
	const next = skip + rows.length;
	// A gateway may return fewer than were asked for: the total tells, if it is there.
	const isLast =
		rows.length === 0 || (total === undefined ? rows.length < PAGE_SIZE : next >= total);
	return { entries: readRows(rows, memberSchema), ...(!isLast && { next }), total };
}

function listOf(client: Client, values: InOrganization, text: string): PagedList<Row> {
	return { load: async (skip) => await loadPage(client, values, text, skip) };
}

/** `account_state` is what to trust: the documented deactivated user has `deactivated_at: null`. */
function userIn(goal: Goal) {
	return z.object({
		id: z.string(),
		email: z.string().min(1).optional().catch(undefined),
		account_state: z.literal(goal.state),
	});
}

async function change(
	userId: PathSegment,
	goal: Goal,
	{ client }: RunContext,
	call: { path: Path; body?: { transfer_resources_to_department_id: string } },
): Promise<Change> {
	const { data, response } = await client.send({
		...call,
		method: 'POST',
		schema: userIn(goal),
		changes: true,
	});
	if (!isSameName(data.id, userId)) {
		throw aboutAnother(userId, data.id).with({ effect: 'possible' });
	}
	const { email } = data;
	return { outcome: goal.done, email, stateAfter: goal.state, verified: true, response };
}

const caller = z
	.object({ id: z.string().optional(), user_id: z.string().optional() })
	.transform(({ id, user_id: userId }) => userId ?? id);

/**
 * The users of an organization.
 *
 * @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md
 * @see https://docs.aitronos.com/docs/api-reference/users/reactivate.md
 */
export const users: UserDirectory<OnUser, ToDeactivate> = {
	/** `search_term` finds parts of names and addresses: the exact match is made elsewhere. */
	async find({ name: email }, values, { client }) {
		const found = spellings(email).map(
			async (text) => await readAllPages(listOf(client, values, text), rowKey),
		);
		return toCandidates((await Promise.all(found)).flat());
	},

	async read(userId, { organizationId }, { client }) {
		const { data, response } = await client.send({
			method: 'GET',
			path: path`/v1/organizations/${organizationId}/users/${userId}`,
			schema: memberSchema,
		});
		return { facts: data, response };
	},

	list: (values, client) => listOf(client, values, ''),

	search: async (text, token, values, client) =>
		toAccountPage(await loadPage(client, values, text, Number(token ?? 0))),

	deactivate: async (userId, { organizationId, transferResourcesToDepartmentId }, run) =>
		await change(userId, DEACTIVATION, run, {
			path: path`/v1/organizations/${organizationId}/users/${userId}/deactivate`,
			body: { transfer_resources_to_department_id: transferResourcesToDepartmentId },
		}),

	reactivate: async (userId, { organizationId }, run) =>
		await change(userId, REACTIVATION, run, {
			path: path`/v1/organizations/${organizationId}/users/${userId}/reactivate`,
		}),

	/**
	 * Only an access token belongs to a person.
	 *
	 * @see https://docs.aitronos.com/docs/documentation/guides/user-data-retrieval
	 */
	async loadOwnUserId(client) {
		if (client.authentication !== 'accessToken') return undefined;
		const { data } = await client
			.send({ method: 'GET', path: path`/v1/user/me`, schema: caller })
			.catch((error: unknown) => {
				throw aboutNobody(asFailure(error));
			});
		return data;
	},
};
