import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import type { AccountState } from './accounts.cts';
import { Violation } from './answers.cts';
import type { Answer } from './answers.cts';
import { jsonBody, NO_FIELDS, noBody, route } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';
import { grpcErrors } from './zitadel-errors.cts';
import type { ErrorForm } from './zitadel-errors.cts';
import { TOKEN_BODY, TokenService, tokenFailure } from './zitadel-tokens.cts';

/** Roles that the seed uses, of ZITADEL's `cmd/defaults.yaml`. */
type Role = 'ORG_USER_MANAGER' | 'ORG_OWNER_VIEWER';
type Permission = 'user.read' | 'user.write';

/** A user of the instance: a person or a machine. Deleted users are simply not there. */
export interface ZitadelAccount {
	readonly userId: string;
	readonly organizationId: string;
	/** Also the login name. */
	readonly userName: string;
	state: 'USER_STATE_ACTIVE' | 'USER_STATE_INACTIVE' | 'USER_STATE_LOCKED' | 'USER_STATE_INITIAL';
	readonly kind:
		| {
				readonly human: {
					readonly givenName: string;
					readonly familyName: string;
					readonly email: string;
				};
		  }
		| { readonly machine: { readonly name: string } };
	/** By organization. */
	readonly roles: Readonly<Record<string, Role>>;
}

/** How a ZITADEL simulator is set up. */
export interface ZitadelOptions extends ServerOptions {
	/** `/api` behind ZITADEL's compose file; none by default. */
	readonly basePath?: string;
	readonly accounts?: readonly ZitadelAccount[];
	/** The form of error bodies: `details` (array) by default; the others are documented too. */
	readonly errorForm?: ErrorForm;
}

const PERMISSIONS: Record<Role, readonly Permission[]> = {
	ORG_USER_MANAGER: ['user.read', 'user.write'],
	ORG_OWNER_VIEWER: ['user.read'],
};

const STATES: Record<ZitadelAccount['state'], AccountState> = {
	USER_STATE_ACTIVE: 'active',
	USER_STATE_INACTIVE: 'deactivated',
	USER_STATE_LOCKED: 'locked',
	USER_STATE_INITIAL: 'invited',
};

const USER_PARAMS = z
	.object({
		// 1 to 200 characters (reference, section 5); none that could lead to another path.
		userId: z.string().regex(/^[^/\s\p{Cc}]{1,200}$/u),
	})
	.strict();

/** Numbers in proto JSON may come as numbers or as strings. */
const UINT = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/)]).transform(Number);

/** The real service ignores an unknown field and then lists everybody: here it is refused. */
const LIST_BODY = jsonBody(
	z
		.object({ query: z.object({ offset: UINT.optional(), limit: UINT.optional() }).strict() })
		.strict(),
);

/** ZITADEL's API. https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user */
export function startZitadel(options: ZitadelOptions = {}): Promise<Simulator> {
	return startServer(zitadelService(options), options);
}

function zitadelService(options: ZitadelOptions): Service {
	const store = new AccountStore<ZitadelAccount>(
		options.accounts ?? Object.values(SEED.zitadel.accounts),
		({ userId }) => userId,
	);
	const tokens = new TokenService((userId) => store.get(userId)?.state === 'USER_STATE_ACTIVE');
	const errors = grpcErrors(options.errorForm ?? 'details');
	/** Events of a user so far: the `sequence` of its answers. */
	const sequences = new Map<string, number>();

	const authenticate = ({ headers }: IncomingRequest): ZitadelAccount => {
		const { authorization } = headers;
		if (authorization === undefined) throw errors.refusal(16, 'auth header missing');
		const token = /^Bearer (.*)$/.exec(authorization)?.[1];
		if (token === undefined) throw errors.refusal(16, 'invalid auth header', 'AUTH-toLo1');
		const userId = tokens.userOf(token);
		const caller = userId === undefined ? undefined : store.get(userId);
		// One id for wrong, expired, of a deactivated caller and without the audience: section 5.
		if (!caller) throw errors.refusal(16, 'invalid token', 'AUTH-7fs1e');
		return caller;
	};

	const requirePermission = (
		caller: ZitadelAccount,
		permission: Permission,
		target: ZitadelAccount,
	): void => {
		const role = caller.roles[target.organizationId];
		if (!role) throw errors.refusal(5, 'membership not found', 'AUTHZ-cdgFk');
		if (!PERMISSIONS[role].includes(permission)) {
			throw errors.refusal(7, 'No matching permissions found', 'AUTH-AWfge');
		}
	};

	const mayRead = (caller: ZitadelAccount, target: ZitadelAccount): boolean => {
		const role = caller.roles[target.organizationId];
		return target === caller || (role !== undefined && PERMISSIONS[role].includes('user.read'));
	};

	const changeDetails = (account: ZitadelAccount): Record<string, string> => {
		const sequence = (sequences.get(account.userId) ?? 1) + 1;
		sequences.set(account.userId, sequence);
		return {
			sequence: String(sequence),
			changeDate: new Date().toISOString(),
			resourceOwner: account.organizationId,
		};
	};

	// The order of the checks is that of section 5: the states come before the permission.
	const deactivate = (caller: ZitadelAccount, userId: string): Answer => {
		const account = store.get(userId);
		if (!account) throw errors.refusal(5, 'User could not be found', 'COMMAND-5gp2p62iin');
		if (account.state === 'USER_STATE_INITIAL') {
			throw errors.refusal(9, 'Initial user can only be deleted', 'COMMAND-gvx4kct9r2');
		}
		if (account.state === 'USER_STATE_INACTIVE') {
			throw errors.refusal(9, 'User already inactive', 'COMMAND-5gunjw0cd7');
		}
		requirePermission(caller, 'user.write', account);
		account.state = 'USER_STATE_INACTIVE';
		return { status: 200, body: { details: changeDetails(account) } };
	};

	const read = (caller: ZitadelAccount, userId: string): Answer => {
		const account = store.get(userId);
		if (!account) throw errors.refusal(5, 'User could not be found', 'QUERY-Dfbg2');
		if (account !== caller) requirePermission(caller, 'user.read', account);
		return { status: 200, body: { user: userBody(account) } };
	};

	const list = (caller: ZitadelAccount, offset: number, limit: number): Answer => {
		const visible = store.all().filter((account) => mayRead(caller, account));
		const result = visible.slice(offset, offset + limit).map(userBody);
		return {
			status: 200,
			body: {
				details: { totalResult: String(visible.length) },
				...(result.length > 0 ? { result } : {}),
			},
		};
	};

	const routes: Route[] = [
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
			body: LIST_BODY,
			handle: ({ caller, body: { query } }) =>
				list(caller, query.offset ?? 0, query.limit ?? Infinity),
		}),
		route({
			method: 'GET',
			path: '/v2/users/{userId}',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller, params }) => read(caller, params.userId),
		}),
		route({
			method: 'POST',
			path: '/v2/users/{userId}/deactivate',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: jsonBody(NO_FIELDS),
			handle: ({ caller, params }) => deactivate(caller, params.userId),
		}),
	];

	return {
		name: 'zitadel',
		basePath: options.basePath ?? '',
		routes,
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
		accounts: () =>
			store.all().map((account) => ({
				id: account.userId,
				email: 'human' in account.kind ? account.kind.human.email : null,
				name: displayName(account),
				state: STATES[account.state],
			})),
		reset: () => {
			store.reset();
			tokens.reset();
			sequences.clear();
		},
	};
}

function displayName({ kind }: ZitadelAccount): string {
	return 'human' in kind ? `${kind.human.givenName} ${kind.human.familyName}` : kind.machine.name;
}

/** Section 3. A machine's empty `description` is left out, as all unset fields are. */
function userBody(account: ZitadelAccount): Record<string, unknown> {
	const { userId, userName, state, organizationId, kind } = account;
	return {
		userId,
		details: { resourceOwner: organizationId },
		state,
		username: userName,
		loginNames: [userName],
		preferredLoginName: userName,
		...('human' in kind ? { human: humanBody(account, kind.human) } : { machine: kind.machine }),
	};
}

function humanBody(
	account: ZitadelAccount,
	human: { readonly givenName: string; readonly familyName: string; readonly email: string },
): Record<string, unknown> {
	const { givenName, familyName, email } = human;
	const isVerified = account.state === 'USER_STATE_INITIAL' ? {} : { isVerified: true };
	return {
		profile: { givenName, familyName, displayName: displayName(account) },
		email: { email, ...isVerified },
	};
}
