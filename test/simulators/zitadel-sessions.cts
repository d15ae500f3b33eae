import { Violation, type Answer } from './answers.cts';
import { SEED } from './seed.cts';
import { pageOf, type Switchboard } from './switches.cts';
import { displayNameOf, holds, requirePermission } from './zitadel-accounts.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';
import type { GrpcErrors } from './zitadel-errors.cts';
import { answerOf, sessionApi, type SessionSearch } from './zitadel-proto.cts';
import { listBody, type PermissionRules, type ZitadelUsers } from './zitadel-users.cts';

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

/** How an instance treats sessions. */
export interface SessionRules extends PermissionRules {
	/** `end` as since v4.12.0; by default they stay, as before, and must be ended by the API. */
	readonly sessionsOnDeactivation?: 'stay' | 'end';
	/** The search ignores `userIdQuery`: it lists everybody's sessions (section 3). */
	readonly sessionFilterIgnored?: boolean;
}

/** All sessions of one instance. */
export class ZitadelSessions {
	private readonly ended = new Set<string>();

	constructor(
		private readonly users: ZitadelUsers,
		private readonly errors: GrpcErrors,
		private readonly switches: Switchboard<SessionRules>,
	) {}

	/** `totalResult` counts also what the caller may not see (section 3). */
	search(
		caller: ZitadelAccount,
		{ query, queries }: SessionSearch,
		report: (problem: string) => void,
	): Answer {
		const rules = this.switches.current;
		const wanted = queries.map(({ query: { case: kind, value } }) => {
			if (kind === undefined) throw this.errors.refusal(3, 'invalid SearchQuery.Query');
			if (kind === 'userIdQuery') return value.id;
			report(`queries: the simulator does not know ${kind}`);
			return '';
		});
		if (wanted.length === 0) report('queries: without userIdQuery it lists the sessions of all');
		if (!query?.limit) report('query.limit: must be sent, its default is 100');
		const live = this.all().filter(
			({ userId, ended }) =>
				!ended && (rules.sessionFilterIgnored || wanted.every((id) => id === userId)),
		);
		const page = { offset: Number(query?.offset ?? 0), size: query?.limit || 100 };
		const { page: found, total } = pageOf(live, page, rules);
		const rows = found.flatMap(({ id, userId }) => {
			const owner = this.users.get(userId);
			const isVisible =
				owner !== undefined &&
				!rules.permissionCheckV2 &&
				(owner === caller || holds(caller, 'session.read', owner));
			return isVisible ? [{ id, factors: { user: factorOf(owner) } }] : [];
		});
		return answerOf(sessionApi.ListSessionsResponseSchema, listBody('sessions', total, rows));
	}

	/** A session that has already ended is a success, too (section 3). */
	end(caller: ZitadelAccount, id: string): Answer {
		const owner = this.users.get(OWNERS.get(id) ?? '');
		// What the service says to an id that never was a session is not documented.
		if (!owner) throw new Violation(404, 'sessionId: not the id of a session');
		if (owner !== caller) requirePermission(this.errors, caller, 'session.delete', owner);
		this.ended.add(id);
		const body = { details: this.users.details(owner.organizationId) };
		return answerOf(sessionApi.DeleteSessionResponseSchema, body);
	}

	/** To be called for every deactivated user: whether its sessions end depends on the version. */
	ownerDeactivated(userId: string): void {
		if (this.switches.current.sessionsOnDeactivation !== 'end') return;
		for (const session of this.all()) {
			if (session.userId === userId) this.ended.add(session.id);
		}
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
