import { z } from 'zod';
import { Violation, type Answer } from './answers.cts';
import { CROWD, seedOf, type Options } from './people.cts';
import { routesFor, type IncomingRequest, type Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer, type Service, type Simulator } from './server.cts';
import { permissionsIn, type ZitadelAccount } from './zitadel-accounts.cts';
import { limitedAnswer, refusal, violationAnswer } from './zitadel-errors.cts';
import { answerOf, authApi, protoBody, sessionApi, userApi } from './zitadel-proto.cts';
import { ZitadelSessions, type ZitadelSession } from './zitadel-sessions.cts';
import { TOKEN_BODY, tokenFailure, TokenService } from './zitadel-tokens.cts';
import { ZitadelUsers } from './zitadel-users.cts';

/** A running ZITADEL simulator. */
export interface ZitadelSimulator extends Simulator {
	/** All seeded sessions, the ended ones too. */
	sessions(): ZitadelSession[];
}

/** 1 to 200 characters (reference, section 5); none that could lead to another path. */
const ID = z.string().regex(/^[^/\s\p{Cc}]{1,200}$/u);
const USER_PARAMS = z.strictObject({ userId: ID });
const USER_SEARCH = protoBody(userApi.ListUsersRequestSchema);
const SESSION_SEARCH = protoBody(sessionApi.ListSessionsRequestSchema);
const SESSION_PARAMS = z.strictObject({ sessionId: ID });

/** ZITADEL's API. https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user */
export async function startZitadel(
	options: Options<ZitadelAccount> = {},
): Promise<ZitadelSimulator> {
	const instance = new Instance(options);
	const simulator = await startServer(instance, options);
	return Object.assign(simulator, { sessions: () => instance.sessions.all() });
}

/** All that one instance knows. */
class Instance implements Service {
	readonly name = 'zitadel';
	readonly basePath = '';
	readonly users: ZitadelUsers;
	readonly store: ZitadelUsers['store'];
	readonly sessions: ZitadelSessions;
	readonly tokens = new TokenService((userId) => this.users.isActive(userId));
	readonly routes: readonly Route[];
	readonly limitedAnswer = limitedAnswer;

	constructor(options: Options<ZitadelAccount>) {
		const seed = seedOf<ZitadelAccount>(options, SEED.zitadel.accounts, CROWD.zitadel);
		this.users = new ZitadelUsers(seed);
		this.store = this.users.store;
		this.sessions = new ZitadelSessions(this.users);
		this.routes = routesOf(this);
	}

	screen({ headers, authority }: IncomingRequest): void {
		// ExternalDomain: `localhost` is not `127.0.0.1` (section 1).
		if (headers.host !== authority) throw refusal(5, 'Instance not found');
		if (headers['x-zitadel-orgid'] !== undefined) {
			throw new Violation(400, 'x-zitadel-orgid: must not be sent (reference, section 2)');
		}
	}

	violationAnswer(violation: Violation, { path }: IncomingRequest): Answer {
		return path === '/oauth/v2/token'
			? tokenFailure('invalid_request', violation.message)
			: violationAnswer(violation);
	}

	reset(): void {
		this.sessions.reset();
		this.tokens.reset();
	}
}

function routesOf(instance: Instance): Route[] {
	const { users, sessions, tokens } = instance;
	const on = routesFor(authenticationOf(instance));
	const byId = { params: USER_PARAMS };
	return [
		on('GET /auth/v1/users/me', ({ caller: { userId, userName, state } }) =>
			answerOf(authApi.GetMyUserResponseSchema, { user: { id: userId, userName, state } }),
		),
		on(
			'POST /auth/v1/permissions/zitadel/me/_search',
			({ caller }) => {
				const result = permissionsIn(caller, caller.organizationId) ?? [];
				const body = result.length > 0 ? { result } : {};
				return answerOf(authApi.ListMyZitadelPermissionsResponseSchema, body);
			},
			{ body: protoBody(authApi.ListMyZitadelPermissionsRequestSchema) },
		),
		on('POST /v2/users', ({ caller, body, report }) => users.list(caller, body, report), {
			body: USER_SEARCH,
		}),
		on('GET /v2/users/{userId}', ({ caller, params }) => users.read(caller, params.userId), byId),
		on(
			'POST /v2/users/{userId}/deactivate',
			({ caller, params }) => users.deactivate(caller, params.userId),
			{ ...byId, body: protoBody(userApi.DeactivateUserRequestSchema) },
		),
		on(
			'POST /v2/users/{userId}/reactivate',
			({ caller, params }) => users.reactivate(caller, params.userId),
			{ ...byId, body: protoBody(userApi.ReactivateUserRequestSchema) },
		),
		on(
			'POST /v2/sessions/search',
			({ caller, body, report }) => sessions.search(caller, body, report),
			{ body: SESSION_SEARCH },
		),
		on(
			'DELETE /v2/sessions/{sessionId}',
			({ caller, params }) => sessions.end(caller, params.sessionId),
			{ params: SESSION_PARAMS, body: protoBody(sessionApi.DeleteSessionRequestSchema) },
		),
		routesFor(({ headers }) => headers.authorization)(
			'POST /oauth/v2/token',
			({ caller, body }) => tokens.issue(caller, body),
			{ body: TOKEN_BODY },
		),
	];
}

function authenticationOf({ users, tokens }: Instance) {
	return ({ headers: { authorization } }: IncomingRequest): ZitadelAccount => {
		if (authorization === undefined) throw refusal(16, 'auth header missing');
		const token = /^Bearer (.*)$/.exec(authorization)?.[1];
		if (token === undefined) throw refusal(16, 'invalid auth header', 'AUTH-toLo1');
		const caller = users.get(tokens.userOf(token) ?? '');
		// One id for wrong, expired, of a deactivated caller and without the audience: section 5.
		if (!caller) throw refusal(16, 'invalid token', 'AUTH-7fs1e');
		return caller;
	};
}
