import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import { Refusal, Violation } from './answers.cts';
import type { Answer } from './answers.cts';
import { bearerToken, jsonBody, NO_FIELDS, noBody, route } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';

/** A person's membership of the seeded organization. */
export interface AitronosAccount {
	readonly userId: string;
	readonly email: string;
	readonly fullName: string;
	readonly userName: string;
	/** `invited` is not documented as an `account_state` (reference, section 3). */
	state: 'active' | 'deactivated' | 'invited';
	readonly isOwner: boolean;
	readonly roleIds: readonly string[];
	readonly departmentIds: readonly string[];
}

/** How an Aitronos simulator is set up. */
export interface AitronosOptions extends ServerOptions {
	readonly accounts?: readonly AitronosAccount[];
	/** What `auth/validate` says to a bad key: unknown (section 8.2), so both can be had. */
	readonly validateBadKey?: 'unauthorized' | 'invalidBody';
}

interface Caller {
	readonly mayDeactivate: boolean;
}

const { secrets, organizationId, departments } = SEED.aitronos;

const CALLERS_BY_KEY = new Map<string, Caller>([
	[secrets.valid, { mayDeactivate: true }],
	[secrets.withoutPermission, { mayDeactivate: false }],
]);
const CALLERS_BY_TOKEN = new Map<string, Caller>([
	[secrets.validToken, { mayDeactivate: true }],
	[secrets.tokenWithoutPermission, { mayDeactivate: false }],
]);
/** Codes of https://docs.aitronos.com/docs/api-reference/error-codes. */
const REFUSED_KEYS = new Map<string, string>([
	[secrets.expired, 'API_KEY_EXPIRED'],
	[secrets.paused, 'API_KEY_PAUSED'],
	[secrets.deactivated, 'API_KEY_DEACTIVATED'],
]);
const REFUSED_TOKENS = new Map<string, string>([[secrets.expiredToken, 'TOKEN_EXPIRED']]);

/** Status names of the member list, which has no `account_state`: section 4. */
const MEMBER_STATUS = {
	active: { id: 1, name: 'Active' },
	deactivated: { id: 2, name: 'Inactive' },
	invited: { id: 3, name: 'InvitationSent' },
} as const;

const MEMBER_PARAMS = z
	.object({
		organizationId: z.string().regex(/^org_[\w-]+$/),
		userId: z.string().regex(/^usr_[\w-]+$/),
	})
	.strict();

const DEACTIVATE_BODY = jsonBody(
	z.object({ transfer_resources_to_department_id: z.string().regex(/^dept_[\w-]+$/) }).strict(),
);

/** Aitronos's API. https://docs.aitronos.com/docs/api-reference/users/deactivate */
export function startAitronos(options: AitronosOptions = {}): Promise<Simulator> {
	return startServer(aitronosService(options), options);
}

function aitronosService(options: AitronosOptions): Service {
	const store = new AccountStore<AitronosAccount>(
		options.accounts ?? Object.values(SEED.aitronos.accounts),
		({ userId }) => userId,
	);

	const find = (userId: string): AitronosAccount => {
		const account = store.get(userId);
		// The code is likely, not documented: section 6.
		if (!account) throw refusal(404, 'USER_NOT_FOUND', 'User not found', { user_id: userId });
		return account;
	};

	// The order of the checks is not documented: from the caller to the account.
	const deactivate = (caller: Caller, organization: string, userId: string, target: string) => {
		requireOwnOrganization(organization);
		if (!caller.mayDeactivate) {
			throw refusal(403, 'INSUFFICIENT_PERMISSIONS', 'Capability deactivate_users is required');
		}
		const account = find(userId);
		if (!Object.values<string>(departments).includes(target)) {
			throw refusal(404, 'DEPARTMENT_NOT_FOUND', 'Department not found');
		}
		if (account.state === 'deactivated') {
			throw refusal(422, 'USER_ALREADY_DEACTIVATED', 'User is already deactivated', {
				user_id: userId,
			});
		}
		// No rule is documented for deactivate; the other endpoints protect the last owner: section 7.
		if (isLastOwner(account, store.all())) {
			throw refusal(403, 'CANNOT_REMOVE_LAST_OWNER', 'The last owner cannot be deactivated');
		}
		account.state = 'deactivated';
		return { status: 200, body: userBody(account) };
	};

	const routes: Route[] = [
		route({
			method: 'GET',
			path: '/v1/auth/validate',
			authenticate: (request) =>
				options.validateBadKey === 'invalidBody' ? refusalOf(request) : authenticate(request),
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller }) => validation(caller instanceof Refusal ? 'Invalid API key' : null),
		}),
		route({
			method: 'GET',
			path: '/v1/organizations/{organizationId}/users/{userId}',
			authenticate,
			params: MEMBER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ params }) => {
				requireOwnOrganization(params.organizationId);
				return { status: 200, body: memberBody(find(params.userId)) };
			},
		}),
		route({
			method: 'POST',
			path: '/v1/organizations/{organizationId}/users/{userId}/deactivate',
			authenticate,
			params: MEMBER_PARAMS,
			query: NO_FIELDS,
			body: DEACTIVATE_BODY,
			handle: ({ caller, params, body }) =>
				deactivate(
					caller,
					params.organizationId,
					params.userId,
					body.transfer_resources_to_department_id,
				),
		}),
	];

	return {
		name: 'aitronos',
		basePath: '',
		routes,
		violationAnswer,
		accounts: () =>
			store.all().map(({ userId, email, fullName, state }) => ({
				id: userId,
				email,
				name: fullName,
				state,
			})),
		reset: () => store.reset(),
	};
}

/** One of two schemes. The vendor lets the key win over the token; a client must not rely on it. */
function authenticate(request: IncomingRequest): Caller {
	const key = request.headers['x-api-key'];
	if (key !== undefined && request.headers.authorization !== undefined) {
		throw new Violation(400, 'headers: send either X-API-Key or Authorization, not both');
	}
	if (typeof key === 'string') {
		const caller = CALLERS_BY_KEY.get(key);
		if (caller) return caller;
		throw refusal(401, REFUSED_KEYS.get(key) ?? 'INVALID_API_KEY', 'The API key is not valid');
	}
	if (request.headers.authorization === undefined) {
		throw refusal(401, 'AUTHENTICATION_REQUIRED', 'Authentication is required');
	}
	const token = bearerToken(request) ?? '';
	const caller = CALLERS_BY_TOKEN.get(token);
	if (caller) return caller;
	throw refusal(401, REFUSED_TOKENS.get(token) ?? 'TOKEN_INVALID', 'The token is not valid');
}

/** Whoever calls, or the refusal as a value, for an answer that tells of it in a 200. */
function refusalOf(request: IncomingRequest): Caller | Refusal {
	try {
		return authenticate(request);
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
}

function requireOwnOrganization(organization: string): void {
	if (organization !== organizationId) {
		throw refusal(403, 'ORGANIZATION_ACCESS_DENIED', 'No access to this organization');
	}
}

function isLastOwner(account: AitronosAccount, all: readonly AitronosAccount[]): boolean {
	const owners = all.filter(({ isOwner, state }) => isOwner && state === 'active');
	return account.isOwner && owners.length === 1;
}

/** https://docs.aitronos.com/docs/api-reference/authentication/validate-token */
function validation(error: string | null): Answer {
	return { status: 200, body: { is_valid: error === null, error, requires_reconnect: false } };
}

/** The V2 user. `deactivated_at` stays null on a deactivated user, as documented: section 3. */
function userBody(account: AitronosAccount): Record<string, unknown> {
	return {
		id: account.userId,
		full_name: account.fullName,
		email: account.email,
		user_name: account.userName,
		account_state: account.state,
		role_ids: account.roleIds,
		department_ids: account.departmentIds,
		organization_id: organizationId,
		invitation_link: null,
		invited_at: null,
		deactivated_at: null,
	};
}

/** The member object: section 4. */
function memberBody(account: AitronosAccount): Record<string, unknown> {
	return {
		id: account.userId.replace(/^usr_/, 'orguser_'),
		user_id: account.userId,
		email: account.email,
		full_name: account.fullName,
		status: MEMBER_STATUS[account.state],
	};
}

function refusal(
	status: number,
	code: string,
	message: string,
	details?: Record<string, unknown>,
): Refusal {
	return new Refusal(failure(status, code, message, details));
}

/** The error envelope: section 6. */
function failure(
	status: number,
	code: string,
	message: string,
	details?: Record<string, unknown>,
): Answer {
	return {
		status,
		body: {
			success: false,
			error: {
				code,
				message,
				system_message: message,
				type: 'client_error',
				status,
				...(details ? { details } : {}),
				trace_id: `trace-${code.toLowerCase()}`,
				timestamp: new Date().toISOString(),
			},
		},
	};
}

/** The framework itself answers for paths and methods, in its own form: section 6. */
function violationAnswer({ status, message }: Violation): Answer {
	return status === 404 || status === 405
		? { status, body: { detail: message } }
		: failure(422, 'VALIDATION_ERROR', message);
}
