import { z } from 'zod';
import { AccountStore, isLast } from './accounts.cts';
import { isActiveOwner, memberBody, MEMBER_LIST_BODY, memberPage } from './aitronos-members.cts';
import { snapshotOf, userBody, type AitronosAccount } from './aitronos-members.cts';
import { Refusal, Violation, type Answer } from './answers.cts';
import { CROWD, seedOf, type Options } from './people.cts';
import { jsonBody, routesFor, type IncomingRequest, type Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer, type Service, type Simulator } from './server.cts';

/** Whoever holds a key of the organization. */
interface Caller {
	/** Admin, or has the capability for it. */
	readonly mayManage: boolean;
}

const { organizationId, departments, accounts, secrets } = SEED.aitronos;

const CALLERS = new Map<string, Caller>([
	[secrets.valid, { mayManage: true }],
	[secrets.withoutPermission, { mayManage: false }],
]);

/** https://docs.aitronos.com/docs/api-reference/organizations/management/list */
const ORGANIZATIONS = [
	{ id: organizationId, name: 'Acme', is_active: true, owner_id: accounts.lastAdmin.userId },
];

/** Takes what nobody else does; marked `is_default`. */
const DEFAULT_DEPARTMENT = 'dept_general';

/** https://docs.aitronos.com/docs/api-reference/departments/list: a bare array, no paging. */
const DEPARTMENTS = [
	department([DEFAULT_DEPARTMENT], 'General', { is_default: true }),
	department([DEFAULT_DEPARTMENT, departments.home], 'Sales'),
	department([DEFAULT_DEPARTMENT, departments.transferTarget], 'IT'),
	department([DEFAULT_DEPARTMENT, 'dept_closed'], 'Closed', { is_active: false }),
	department([DEFAULT_DEPARTMENT, departments.home, 'dept_partners'], 'Partners'),
];

/** A well-formed organization; no credential has access to another than the seeded one. */
const OWN_ORGANIZATION = z
	.string()
	.regex(/^org_[\w-]+$/)
	.transform((id) => {
		if (id === organizationId) return id;
		throw refusal(403, 'ORGANIZATION_ACCESS_DENIED', 'No access to this organization');
	});
const ORGANIZATION_PARAMS = z.strictObject({ organizationId: OWN_ORGANIZATION });
const MEMBER_PARAMS = ORGANIZATION_PARAMS.extend({ userId: z.string().regex(/^usr_[\w-]+$/) });

const COUNT = z.string().regex(/^\d+$/).optional();
/** The only organization is active, and on the first page. */
const ORGANIZATION_LIST_QUERY = z.strictObject({
	skip: COUNT,
	limit: COUNT,
	active_only: z.enum(['true', 'false']).optional(),
});

const DEACTIVATE_BODY = jsonBody(
	z.strictObject({ transfer_resources_to_department_id: z.string().regex(/^dept_[\w-]+$/) }),
);

/** Aitronos's API. https://docs.aitronos.com/docs/api-reference/users/deactivate */
export async function startAitronos(options: Options<AitronosAccount> = {}): Promise<Simulator> {
	return await startServer(new Organization(options), options);
}

/** The seeded organization and its members. */
class Organization implements Service {
	readonly name = 'aitronos';
	readonly basePath = '';
	readonly routes = routesOf(this);
	readonly violationAnswer = violationAnswer;
	readonly limitedAnswer = limitedAnswer;
	readonly store: AccountStore<AitronosAccount>;

	constructor(options: Options<AitronosAccount>) {
		const seed = seedOf<AitronosAccount>(options, accounts, CROWD.aitronos);
		this.store = new AccountStore(seed, snapshotOf);
	}

	find(userId: string): AitronosAccount {
		const account = this.store.get(userId);
		if (account) return account;
		// The code is likely, not documented: section 6.
		throw refusal(404, 'USER_NOT_FOUND', 'User not found', { user_id: userId });
	}

	// The order of the checks is not documented: from the caller to the account.
	deactivate(
		caller: Caller,
		userId: string,
		{ transfer_resources_to_department_id: target }: ReturnType<typeof DEACTIVATE_BODY>,
	): Answer {
		this.requireManager(caller);
		const account = this.find(userId);
		// Nothing is documented about inactive ones: they pass.
		if (!DEPARTMENTS.some(({ id }) => id === target)) {
			throw refusal(404, 'DEPARTMENT_NOT_FOUND', 'Department not found');
		}
		if (account.state === 'deactivated') {
			throw refusal(422, 'USER_ALREADY_DEACTIVATED', 'User is already deactivated', {
				user_id: userId,
			});
		}
		// No rule is documented for deactivate; the other endpoints protect the last owner: section 7.
		if (isLast(account, this.store.all(), isActiveOwner)) {
			throw refusal(403, 'CANNOT_REMOVE_LAST_OWNER', 'The last owner cannot be deactivated');
		}
		return this.changed(account, 'deactivated');
	}

	/** The right that it takes is not documented (section 7): the same as for deactivate. */
	reactivate(caller: Caller, userId: string): Answer {
		this.requireManager(caller);
		const account = this.find(userId);
		if (account.state !== 'deactivated') {
			throw refusal(422, 'USER_NOT_DEACTIVATED', 'User is not deactivated', { user_id: userId });
		}
		return this.changed(account, 'active');
	}

	private requireManager({ mayManage }: Caller): void {
		if (!mayManage) {
			throw refusal(403, 'INSUFFICIENT_PERMISSIONS', 'Capability deactivate_users is required');
		}
	}

	private changed(account: AitronosAccount, state: 'active' | 'deactivated'): Answer {
		this.store.update(account, { state });
		return { status: 200, body: userBody(account, organizationId) };
	}
}

function routesOf(organization: Organization): Route[] {
	const on = routesFor(authenticate);
	const ofOne = '/v1/organizations/{organizationId}' as const;
	const byId = { params: MEMBER_PARAMS };
	return [
		on(`POST ${ofOne}/users`, ({ body }) => memberPage(organization.store, body), {
			params: ORGANIZATION_PARAMS,
			body: MEMBER_LIST_BODY,
		}),
		on(
			`GET ${ofOne}/users/{userId}`,
			({ params }) => ({ status: 200, body: memberBody(organization.find(params.userId)) }),
			byId,
		),
		on(
			`POST ${ofOne}/users/{userId}/deactivate`,
			({ caller, params, body }) => organization.deactivate(caller, params.userId, body),
			{ ...byId, body: DEACTIVATE_BODY },
		),
		on(
			`POST ${ofOne}/users/{userId}/reactivate`,
			({ caller, params }) => organization.reactivate(caller, params.userId),
			byId,
		),
		on('GET /v1/user/me', () => {
			// A key belongs to nobody: section 2.
			throw refusal(401, 'AUTHENTICATION_REQUIRED', 'A user is required');
		}),
		// https://docs.aitronos.com/docs/api-reference/authentication/validate-token
		on('GET /v1/auth/validate', () => ({
			status: 200,
			body: { is_valid: true, error: null, requires_reconnect: false },
		})),
		on('GET /v1/organizations', () => ({ status: 200, body: ORGANIZATIONS }), {
			query: ORGANIZATION_LIST_QUERY,
		}),
		on(`GET ${ofOne}/departments`, () => ({ status: 200, body: DEPARTMENTS }), {
			params: ORGANIZATION_PARAMS,
		}),
	];
}

/** By key only. The vendor lets a key win over a token; a client must not rely on it. */
function authenticate({ headers }: IncomingRequest): Caller {
	const key = headers['x-api-key'];
	if (key !== undefined && headers.authorization !== undefined) {
		throw new Violation(400, 'headers: send either X-API-Key or Authorization, not both');
	}
	if (typeof key !== 'string') {
		throw refusal(401, 'AUTHENTICATION_REQUIRED', 'Authentication is required');
	}
	const caller = CALLERS.get(key);
	if (!caller) throw refusal(401, 'INVALID_API_KEY', 'The API key is not valid');
	return caller;
}

/** The error envelope of section 6: https://docs.aitronos.com/docs/api-reference/error-codes */
function refusal(status: number, code: string, message: string, details?: object): Refusal {
	const error = {
		code,
		message,
		system_message: message,
		type: 'client_error',
		status,
		...(details && { details }),
		trace_id: `trace-${code.toLowerCase()}`,
		timestamp: new Date().toISOString(),
	};
	return new Refusal({ status, body: { success: false, error } });
}

/** The framework itself answers for paths and methods, in its own form: section 6. */
function violationAnswer({ status, message }: Violation): Answer {
	return status === 404 || status === 405
		? { status, body: { detail: message } }
		: refusal(422, 'VALIDATION_ERROR', message).answer;
}

/** 429 carries `Retry-After`; the code is not documented: section 6. */
function limitedAnswer(seconds: number): Answer {
	const { answer } = refusal(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests');
	return { ...answer, headers: { 'retry-after': String(seconds) } };
}

/** @param chain the ids from the topmost department to this one: what `path` is made of */
function department(
	chain: readonly string[],
	name: string,
	facts: { readonly is_active?: boolean; readonly is_default?: boolean } = {},
) {
	const [id, parentId = null] = [...chain].reverse();
	return {
		id,
		name,
		parent_id: parentId,
		path: `/${chain.join('/')}`,
		depth: chain.length - 1,
		is_active: true,
		is_default: false,
		...facts,
	};
}
