import { z } from 'zod';

import { Failure } from '../shared/failure';
import { path, pathSegment, type PathSegment } from '../shared/path';
import type { Api } from '../shared/request';

const sessionId = pathSegment(/^.{1,200}$/, 'must be a session ID');

/** `sessions` is missing where there are none; `totalResult` may be more than the rows. */
const sessionList = z.object({
	details: z.object({}),
	sessions: z.array(z.object({ id: sessionId })).default([]),
});

const PAGE_SIZE = 100;

async function list(api: Api, userId: PathSegment): Promise<PathSegment[]> {
	const { data } = await api.send({
		method: 'POST',
		path: path`/v2/sessions/search`,
		body: { query: { limit: PAGE_SIZE }, queries: [{ userIdQuery: { id: userId } }] },
		schema: sessionList,
	});
	return data.sessions.map(({ id }) => id);
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
	for (;;) {
		// An ended session may still be listed for a moment: only new ones count.
		const open = (await list(api, userId)).filter((id) => !ended.has(id));
		if (open.length === 0) return ended.size;

		const results = await Promise.allSettled(
			open.map(async (id) => {
				await api.send({
					method: 'DELETE',
					path: path`/v2/sessions/${id}`,
					body: {},
					schema: z.object({ details: z.object({}) }),
				});
				ended.add(id);
			}),
		);
		const failed = results.filter((result) => result.status === 'rejected');
		const [first] = failed;
		if (first) throw partly(first.reason, failed.length, open.length);
	}
}

function partly(error: unknown, failed: number, all: number): unknown {
	if (!(error instanceof Failure)) return error;
	return new Failure(error.reason, {
		...error.facts,
		summary: `${failed} of ${all} sessions could not be ended`,
	});
}
