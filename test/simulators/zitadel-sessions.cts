import { z } from 'zod';
import { Violation } from './answers.cts';
import type { Answer } from './answers.cts';
import { jsonBody } from './routes.cts';
import { holds, requirePermission } from './zitadel-accounts.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';
import type { GrpcErrors } from './zitadel-errors.cts';
import type { ZitadelUsers } from './zitadel-users.cts';
import { listBody } from './zitadel-users.cts';

/** A session of the Session API: what a person is signed in with. */
export interface ZitadelSession {
	readonly id: string;
	readonly userId: string;
	readonly ended: boolean;
}

/** One user's sessions only: without this query the service lists those of everybody. */
export const SESSION_SEARCH_BODY = jsonBody(
	z
		.object({
			query: z
				.object({
					offset: z.number().int().nonnegative().default(0),
					limit: z.number().int().positive(),
				})
				.strict(),
			queries: z
				.array(z.object({ userIdQuery: z.object({ id: z.string().min(1) }).strict() }).strict())
				.length(1)
				.transform(([query]) => query?.userIdQuery.id ?? ''),
		})
		.strict(),
);

/** A session search as a handler gets it. */
export type SessionSearch = ReturnType<typeof SESSION_SEARCH_BODY>;

/** How an instance treats sessions. */
export interface SessionRules {
	/** The flag PermissionCheckV2: roles in an organization see no sessions (section 3). */
	readonly hiddenFromOrgRoles: boolean;
	/** As since v4.12.0; earlier versions need the API to end them (section 6). */
	readonly endOnDeactivation: boolean;
}

/** All sessions of one instance. */
export class ZitadelSessions {
	private readonly ended = new Set<string>();
	/** Ends so far: the `sequence` of the answers. */
	private sequence = 0;

	constructor(
		private readonly ownerById: ReadonlyMap<string, string>,
		private readonly users: ZitadelUsers,
		private readonly errors: GrpcErrors,
		private readonly rules: SessionRules,
	) {}

	/** `totalResult` counts also what the caller may not see (section 3). */
	search(caller: ZitadelAccount, { query, queries: userId }: SessionSearch): Answer {
		const live = this.all().filter((session) => session.userId === userId && !session.ended);
		const owner = this.users.get(userId);
		const visible =
			owner !== undefined &&
			!this.rules.hiddenFromOrgRoles &&
			(owner === caller || holds(caller, 'session.read', owner));
		const rows = visible ? live.slice(query.offset, query.offset + query.limit) : [];
		return {
			status: 200,
			body: listBody(
				'sessions',
				live.length,
				rows.map(({ id }) => ({ id })),
			),
		};
	}

	/** A session that has already ended is a success, too (section 3). */
	end(caller: ZitadelAccount, id: string): Answer {
		const owner = this.users.get(this.ownerById.get(id) ?? '');
		// What the service says to an id that never was a session is not documented.
		if (!owner) throw new Violation(404, 'sessionId: not the id of a session');
		if (owner !== caller) requirePermission(this.errors, caller, 'session.delete', owner);
		this.ended.add(id);
		this.sequence += 1;
		return {
			status: 200,
			body: {
				details: {
					sequence: String(this.sequence),
					changeDate: new Date().toISOString(),
					resourceOwner: owner.organizationId,
				},
			},
		};
	}

	/** To be called for every deactivated user: whether its sessions end depends on the version. */
	ownerDeactivated(userId: string): void {
		if (!this.rules.endOnDeactivation) return;
		for (const session of this.all()) {
			if (session.userId === userId) this.ended.add(session.id);
		}
	}

	all(): ZitadelSession[] {
		return [...this.ownerById].map(([id, userId]) => ({ id, userId, ended: this.ended.has(id) }));
	}

	reset(): void {
		this.ended.clear();
		this.sequence = 0;
	}
}
