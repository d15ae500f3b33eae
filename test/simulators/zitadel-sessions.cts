import { Violation, type Answer } from './answers.cts';
import { SEED } from './seed.cts';
import { displayNameOf, holds, requirePermission } from './zitadel-accounts.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';
import { refusal } from './zitadel-errors.cts';
import { answerOf, sessionApi, type SessionSearch } from './zitadel-proto.cts';
import { listBody, type ZitadelUsers } from './zitadel-users.cts';

/** A session of the Session API: what a person is signed in with. */
export interface ZitadelSession {
	readonly id: string;
	readonly userId: string;
	readonly ended: boolean;
}

const { sessions, accounts } = SEED.zitadel;
/** Whose each session is. */
const OWNERS: ReadonlyMap<string, string> = new Map(
	(['leaver', 'colleague', 'deactivated'] as const).flatMap((owner) =>
		sessions[owner].map((id): [string, string] => [id, accounts[owner].userId]),
	),
);

/** All sessions of one instance. */
export class ZitadelSessions {
	private readonly ended = new Set<string>();

	constructor(private readonly users: ZitadelUsers) {}

	/** `totalResult` counts also what the caller may not see (section 3). */
	search(
		caller: ZitadelAccount,
		{ query, queries }: SessionSearch,
		report: (problem: string) => void,
	): Answer {
		const wanted = queries.map(({ query: { case: kind, value } }) => {
			if (kind === undefined) throw refusal(3, 'invalid SearchQuery.Query');
			if (kind === 'userIdQuery') return value.id;
			report(`queries: the simulator does not know ${kind}`);
			return '';
		});
		if (wanted.length === 0) report('queries: without userIdQuery it lists the sessions of all');
		if (!query?.limit) report('query.limit: must be sent, its default is 100');
		const live = this.all().filter(
			({ userId, ended }) => !ended && wanted.every((id) => id === userId),
		);
		const offset = Number(query?.offset ?? 0);
		const rows = live.slice(offset, offset + (query?.limit || 100)).flatMap(({ id, userId }) => {
			const owner = this.users.get(userId);
			const isVisible =
				owner !== undefined && (owner === caller || holds(caller, 'session.read', owner));
			return isVisible ? [{ id, factors: { user: factorOf(owner) } }] : [];
		});
		return answerOf(sessionApi.ListSessionsResponseSchema, listBody('sessions', live.length, rows));
	}

	/** A session that has already ended is a success, too (section 3). */
	end(caller: ZitadelAccount, id: string): Answer {
		const owner = this.users.get(OWNERS.get(id) ?? '');
		// What the service says to an id that never was a session is not documented.
		if (!owner) throw new Violation(404, 'sessionId: not the id of a session');
		if (owner !== caller) requirePermission(caller, 'session.delete', owner);
		this.ended.add(id);
		const body = { details: this.users.details(owner.organizationId) };
		return answerOf(sessionApi.DeleteSessionResponseSchema, body);
	}

	all(): ZitadelSession[] {
		return [...OWNERS].map(([id, userId]) => ({ id, userId, ended: this.ended.has(id) }));
	}

	reset(): void {
		this.ended.clear();
	}
}

function factorOf(owner: ZitadelAccount): Record<string, unknown> {
	return {
		id: owner.userId,
		loginName: owner.userName,
		displayName: displayNameOf(owner),
		organizationId: owner.organizationId,
	};
}
