import { z } from 'zod';

import type { Client } from '../shared/http/client';
import { readAllPages, totalCount, type PagedList } from '../shared/http/pagination';
import { isSameName } from '../shared/model/email';
import { asFailure, Failure } from '../shared/model/failure';
import { path, pathSegment, type PathSegment } from '../shared/model/path';

const sessionId = pathSegment(/^.{1,200}$/, 'must be a session ID');

const ofUser = z.object({ factors: z.object({ user: z.object({ id: z.string() }) }) });

const withId = z.object({ id: sessionId });

/** `sessions` is missing where there are none. */
const sessionList = z.object({
	details: z.object({ totalResult: totalCount }),
	sessions: z.array(z.unknown()).default([]),
});

const PAGE_SIZE = 100;

/** How often the list is read again, for sessions that began meanwhile or were listed late. */
const MAX_ROUNDS = 10;

/**
 * The sessions of a user. A server that ignores the filter would list those of everybody: only
 * sessions that name the user count.
 */
async function openSessions(client: Client, userId: PathSegment): Promise<PathSegment[]> {
	const list: PagedList<unknown> = {
		async load(offset) {
			const { data } = await client.send({
				method: 'POST',
				path: path`/v2/sessions/search`,
				body: {
					query: { offset, limit: PAGE_SIZE },
					queries: [{ userIdQuery: { id: userId } }],
				},
				schema: sessionList,
			});
			const next = offset + PAGE_SIZE;
			const { totalResult = 0 } = data.details;
			const isLast = data.sessions.length < PAGE_SIZE && next >= totalResult;
			return { entries: data.sessions, ...(!isLast && { next }) };
		},
	};
	const entries = await readAllPages(list, (entry) => JSON.stringify(entry));
	return entries.flatMap((entry) => {
		const owner = ofUser.safeParse(entry).data?.factors.user.id;
		if (owner === undefined || !isSameName(owner, userId)) return [];
		const session = withId.safeParse(entry).data;
		if (session) return [session.id];
		throw new Failure('unexpectedResponse', {
			summary: "A session of the user has an ID that can't be used",
		});
	});
}

async function end(client: Client, id: PathSegment): Promise<void> {
	await client.send({
		method: 'DELETE',
		path: path`/v2/sessions/${id}`,
		body: {},
		schema: z.object({ details: z.object({}) }),
		changes: true,
	});
}

/**
 * Ends all sessions of a user. One that can't be ended does not keep the others open.
 *
 * @returns how many were ended
 * @throws Failure with the reason of the first that could not be ended
 * @see https://zitadel.com/docs/apis/resources/session_service_v2/session-service-delete-session
 */
export async function endSessions(client: Client, userId: PathSegment): Promise<number> {
	const ended = new Set<PathSegment>();
	for (let round = 0; round < MAX_ROUNDS; round++) {
		// An ended session may still be listed for a moment: only new ones count.
		const open = (await openSessions(client, userId)).filter((id) => !ended.has(id));
		if (open.length === 0) return ended.size;

		const results = await Promise.allSettled(
			open.map(async (id) => {
				await end(client, id);
				ended.add(id);
			}),
		);
		const errors = results.flatMap((result) =>
			result.status === 'rejected' ? [result.reason as unknown] : [],
		);
		if (errors.length > 0) throw partly(errors, open.length, ended.size);
	}
	throw new Failure('unexpectedResponse', {
		summary: 'The user keeps starting new sessions',
		effect: 'done',
	});
}

function partly([first, ...others]: unknown[], all: number, ended: number): Failure {
	return asFailure(first).with({
		summary: `${others.length + 1} of ${all} sessions could not be ended`,
		...(ended > 0 && { effect: 'done' }),
	});
}
