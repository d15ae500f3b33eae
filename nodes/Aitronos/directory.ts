import { z } from 'zod';

import { accountPage, type AccountFacts, type Directory } from '../shared/users/directory';
import { pageOf, readAllPages, type Page } from '../shared/http/pagination';
import { path, type PathSegment } from '../shared/model/path';
import type { AccountState } from '../shared/model/record';
import type { Api } from '../shared/http/client';
import { userIdSchema } from './parameters';

const words = z.string().nullish().catch(undefined);

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
		email: words,
		full_name: words,
		status: z.object({ name: words }).nullish().catch(undefined),
		status_name: words,
	})
	.transform(
		(member): AccountFacts => ({
			userId: member.user_id,
			emails: member.email ? [member.email] : [],
			name: member.full_name ?? undefined,
			state: STATES.get(member.status?.name ?? member.status_name ?? '') ?? 'unknown',
		}),
	);

/** @see https://docs.aitronos.com/docs/api-reference/objects/user-status-object */
const STATES: ReadonlyMap<string, AccountState> = new Map([
	['Active', 'active'],
	['Inactive', 'deactivated'],
	['InvitationSent', 'invited'],
	['Pending', 'invited'],
]);

const memberList = z.union([
	z.object({ users: z.array(memberSchema) }).transform(({ users }) => users),
	z.object({ members: z.array(memberSchema) }).transform(({ members }) => members),
]);

/** The most that Aitronos gives in one answer. */
const PAGE_SIZE = 100;

interface InOrganization {
	organizationId: PathSegment;
}

async function page(
	api: Api,
	{ organizationId }: InOrganization,
	text: string,
	skip: number,
): Promise<Page<AccountFacts>> {
	const { data } = await api.send({
		method: 'POST',
		path: path`/v1/organizations/${organizationId}/users`,
		body: {
			skip,
			take: PAGE_SIZE,
			...(text !== '' && { search_term: text }),
			include_deleted: false,
		},
		schema: memberList,
	});
	return pageOf(data, PAGE_SIZE);
}

export const directory: Directory<InOrganization> = {
	/** `search_term` finds parts of names and addresses: the exact match is made here. */
	async find(email, values, { api }) {
		return await readAllPages(async (skip) => await page(api, values, email, skip));
	},

	async read(userId, { organizationId }, { api }) {
		const { data, response } = await api.send({
			method: 'GET',
			path: path`/v1/organizations/${organizationId}/users/${userId}`,
			schema: memberSchema,
		});
		return { facts: data, response };
	},

	async search(text, token, values, { api }) {
		const skip = Number(token ?? 0);
		return accountPage(await page(api, values, text, skip), skip);
	},
};
