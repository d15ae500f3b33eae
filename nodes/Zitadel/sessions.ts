import { z } from 'zod';

import { asFailure } from '../shared/n8n/errors';
import { Failure } from '../shared/model/failure';
import { pageOf, readAllPages } from '../shared/http/pagination';
import { path, pathSegment, type PathSegment } from '../shared/model/path';
import type { Api } from '../shared/http/client';

const sessionId = pathSegment(/^.{1,200}$/, 'must be a session ID');

/** `sessions` is missing where there are none; `totalResult` may be more than the rows. */
const sessionList = z.object({
	details: z.object({}),
	sessions: z.array(z.object({ id: sessionId })).default([]),
});

const PAGE_SIZE = 100;

/** How often the list is read again, for sessions that began meanwhile or were listed late. */
const MAX_ROUNDS = 10;

async function list(api: Api, userId: PathSegment): Promise<PathSegment[]> {
	return await readAllPages(async (offset) => {
		const { data } = await api.send({
			method: 'POST',
			path: path`/v2/sessions/search`,
			body: {
				query: { offset, limit: PAGE_SIZE },
				queries: [{ userIdQuery: { id: userId } }],
			},
			schema: sessionList,
		});
		return pageOf(
			data.sessions.map(({ id }) => id),
			PAGE_SIZE,
		);
	});
}

async function end(api: Api, id: PathSegment): Promise<void> {
	await api.send({
		method: 'DELETE',
		path: path`/v2/sessions/${id}`,
		body: {},
		schema: z.object({ details: z.object({}) }),
	});
}

/**
 * Ends all sessions of a user. One that cannot be ended does not keep the others open.
 *
 * @returns how many were ended
 * @throws Failure with the reason of the first that could not be ended
 * @see https://zitadel.com/docs/apis/resources/session_service_v2/session-service-delete-session
 */
export async function endSessions(api: Api, userId: PathSegment): Promise<number> {
	const ended = new Set<PathSegment>();
	for (let round = 0; round < MAX_ROUNDS; round++) {
		// An ended session may still be listed for a moment: only new ones count.
		const open = (await list(api, userId)).filter((id) => !ended.has(id));
		if (open.length === 0) return ended.size;

		const errors: unknown[] = [];
		for (const id of open) {
			await end(api, id).then(
				() => ended.add(id),
				(error: unknown) => errors.push(error),
			);
		}
		if (errors.length > 0) throw partly(errors, open.length);
	}
	throw new Failure('unexpectedResponse', { summary: 'New sessions keep coming' });
}

function partly([first, ...others]: unknown[], all: number): Failure {
	const { reason, facts } = asFailure(first);
	return new Failure(reason, {
		...facts,
		summary: `${others.length + 1} of ${all} sessions could not be ended`,
	});
}
