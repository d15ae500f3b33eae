import { z } from 'zod';
import { Violation } from './answers.cts';
import { CROWD, seedOf } from './crowd.cts';
import type { SeedOptions } from './crowd.cts';
import { jsonBody, NO_FIELDS, noBody, route } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';
import type { ZitadelAccount } from './zitadel-accounts.cts';
import { grpcErrors } from './zitadel-errors.cts';
import type { ErrorForm, GrpcErrors } from './zitadel-errors.cts';
import { USER_SEARCH_BODY } from './zitadel-search.cts';
import { SESSION_SEARCH_BODY, ZitadelSessions } from './zitadel-sessions.cts';
import type { ZitadelSession } from './zitadel-sessions.cts';
import { TOKEN_BODY, TokenService, tokenFailure } from './zitadel-tokens.cts';
import { ZitadelUsers } from './zitadel-users.cts';

/** How a ZITADEL simulator is set up. */
export interface ZitadelOptions extends ServerOptions, SeedOptions<ZitadelAccount> {
	/** `/api` behind ZITADEL's compose file; none by default. */
	readonly basePath?: string;
	/** The form of error bodies: `details` (array) by default; the others are documented too. */
	readonly errorForm?: ErrorForm;
	/** The list is eventually consistent: it misses the last change until `settle` is called. */
	readonly listLags?: boolean;
	/** `end` as since v4.12.0; by default they stay, as before, and must be ended by the API. */
	readonly sessionsOnDeactivation?: 'stay' | 'end';
	/** The flag PermissionCheckV2: a role in an organization sees no sessions. */
	readonly sessionsHidden?: boolean;
}

/** A running ZITADEL simulator. */
export interface ZitadelSimulator extends Simulator {
	/** All seeded sessions, the ended ones too. */
	sessions(): ZitadelSession[];
	/** Brings the list up to date, for an instance with `listLags`. */
	settle(): void;
}

/** All that one instance knows. */
interface Instance {
	readonly users: ZitadelUsers;
	readonly sessions: ZitadelSessions;
	readonly tokens: TokenService;
	readonly errors: GrpcErrors;
}

/** 1 to 200 characters (reference, section 5); none that could lead to another path. */
const ID = z.string().regex(/^[^/\s\p{Cc}]{1,200}$/u);
const USER_PARAMS = z.object({ userId: ID }).strict();
const SESSION_PARAMS = z.object({ sessionId: ID }).strict();

/** ZITADEL's API. https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user */
export async function startZitadel(options: ZitadelOptions = {}): Promise<ZitadelSimulator> {
	const instance = instanceOf(options);
	const simulator = await startServer(zitadelService(instance, options), options);
	return Object.assign(simulator, {
		sessions: () => instance.sessions.all(),
		settle: () => instance.users.settle(),
	});
}

function instanceOf(options: ZitadelOptions): Instance {
	const errors = grpcErrors(options.errorForm ?? 'details');
	const users = new ZitadelUsers(
		seedOf<ZitadelAccount>(options, SEED.zitadel.accounts, CROWD.zitadel),
		errors,
		options.listLags ?? false,
	);
	const owners = Object.entries(SEED.zitadel.sessions).flatMap(([owner, ids]) =>
		ids.map((id): [string, string] => [
			id,
			SEED.zitadel.accounts[owner as keyof typeof SEED.zitadel.sessions].userId,
		]),
	);
	const sessions = new ZitadelSessions(new Map(owners), users, errors, {
		hiddenFromOrgRoles: options.sessionsHidden ?? false,
		endOnDeactivation: options.sessionsOnDeactivation === 'end',
	});
	return { users, sessions, errors, tokens: new TokenService((userId) => users.isActive(userId)) };
}

function zitadelService(instance: Instance, options: ZitadelOptions): Service {
	const { users, sessions, tokens, errors } = instance;
	return {
		name: 'zitadel',
		basePath: options.basePath ?? '',
		routes: [...accountRoutes(instance), ...sessionRoutes(instance)],
		screen: ({ headers, authority }) => {
			// ExternalDomain: `localhost` is not `127.0.0.1` (section 1).
			if (headers.host !== authority) throw errors.refusal(5, 'Instance not found');
			if (headers['x-zitadel-orgid'] !== undefined) {
				throw new Violation(400, 'x-zitadel-orgid: must not be sent (reference, section 2)');
			}
		},
		violationAnswer: (violation, { path }) =>
			path.endsWith('/oauth/v2/token')
				? tokenFailure('invalid_request', violation.message)
				: errors.violationAnswer(violation),
		limitedAnswer: () => errors.limitedAnswer(),
		accounts: () => users.snapshots(),
		reset: () => {
			users.reset();
			sessions.reset();
			tokens.reset();
		},
	};
}

function accountRoutes(instance: Instance): Route[] {
	const { users, sessions, tokens } = instance;
	const authenticate = authenticationOf(instance);
	return [
		route({
			method: 'GET',
			path: '/auth/v1/users/me',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller: { userId, userName } }) => ({
				status: 200,
				body: { user: { id: userId, userName } },
			}),
		}),
		route({
			method: 'POST',
			path: '/v2/users',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: USER_SEARCH_BODY,
			handle: ({ caller, body }) => users.list(caller, body),
		}),
		route({
			method: 'GET',
			path: '/v2/users/{userId}',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller, params }) => users.read(caller, params.userId),
		}),
		route({
			method: 'POST',
			path: '/v2/users/{userId}/deactivate',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: jsonBody(NO_FIELDS),
			handle: ({ caller, params: { userId } }) => {
				const answer = users.deactivate(caller, userId);
				tokens.revokeAccessTokensOf(userId);
				sessions.ownerDeactivated(userId);
				return answer;
			},
		}),
		route({
			method: 'POST',
			path: '/v2/users/{userId}/reactivate',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: jsonBody(NO_FIELDS),
			handle: ({ caller, params }) => users.reactivate(caller, params.userId),
		}),
	];
}

function sessionRoutes(instance: Instance): Route[] {
	const { sessions, tokens } = instance;
	const authenticate = authenticationOf(instance);
	return [
		route({
			method: 'POST',
			path: '/oauth/v2/token',
			authenticate: ({ headers }) => headers.authorization,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: TOKEN_BODY,
			handle: ({ caller, body }) => tokens.issue(caller, body),
		}),
		route({
			method: 'POST',
			path: '/v2/sessions/search',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: SESSION_SEARCH_BODY,
			handle: ({ caller, body }) => sessions.search(caller, body),
		}),
		route({
			method: 'DELETE',
			path: '/v2/sessions/{sessionId}',
			authenticate,
			params: SESSION_PARAMS,
			query: NO_FIELDS,
			body: jsonBody(NO_FIELDS),
			handle: ({ caller, params }) => sessions.end(caller, params.sessionId),
		}),
	];
}

function authenticationOf({ users, tokens, errors }: Instance) {
	return ({ headers: { authorization } }: IncomingRequest): ZitadelAccount => {
		if (authorization === undefined) throw errors.refusal(16, 'auth header missing');
		const token = /^Bearer (.*)$/.exec(authorization)?.[1];
		if (token === undefined) throw errors.refusal(16, 'invalid auth header', 'AUTH-toLo1');
		const caller = users.get(tokens.userOf(token) ?? '');
		// One id for wrong, expired, of a deactivated caller and without the audience: section 5.
		if (!caller) throw errors.refusal(16, 'invalid token', 'AUTH-7fs1e');
		return caller;
	};
}
