import { z } from 'zod';
import { AccountStore, compareText, isLast } from './accounts.cts';
import { Refusal, type Answer, type Violation } from './answers.cts';
import { ACTIVATED, DEACTIVATED, isActiveAdmin, meBody, snapshotOf } from './awork-users.cts';
import { userBody, type AworkAccount } from './awork-users.cts';
import { CROWD, seedOf, type Options } from './people.cts';
import { bearerToken, NO_FIELDS, optionalJsonBody, routesFor } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer, type Service, type Simulator } from './server.cts';

interface Caller {
	readonly userId: string;
	/** As `/me/permissions` tells it; an admin may do everything. */
	readonly isAdmin?: boolean;
	readonly permissions: Readonly<Record<string, readonly string[]>>;
}

const { secrets, accounts } = SEED.awork;
const MANAGES = { 'user-manage-config': ['read', 'write'] };
const READS = { 'user-master-data': ['read'] };

const CALLERS: ReadonlyMap<string, Caller> = new Map<string, Caller>([
	[
		secrets.valid,
		{ userId: accounts.apiUser.id, isAdmin: true, permissions: { ...MANAGES, ...READS } },
	],
	[secrets.withoutPermission, { userId: accounts.apiUserWithoutPermission.id, permissions: READS }],
	[
		secrets.withoutMasterData,
		{ userId: accounts.apiUserWithoutMasterData.id, permissions: MANAGES },
	],
]);

/** Documented as 10 in the spec and as 1000 on the page about paging (section 4). */
const DEFAULT_PAGE_SIZE = 10;
const COUNT = z
	.string()
	.regex(/^[1-9]\d{0,8}$/)
	.transform(Number);

/** The query of the user list. A filter by e-mail address is unproven, and none is needed. */
const LIST_QUERY = z.strictObject({
	page: COUNT.default('1'),
	// https://developers.awork.com/pagination
	pageSize: COUNT.pipe(z.number().max(1000)).optional(),
	orderby: z.string().optional(),
});
/** The parts of `orderby` that the documentation's own example has. */
const ORDER = /^(firstName|lastName)( asc| desc)?$/;

const USER_PARAMS = z.strictObject({ userId: z.string().uuid() });

/** awork's API. https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id */
export async function startAwork(options: Options<AworkAccount> = {}): Promise<Simulator> {
	return await startServer(new Workspace(options), options);
}

/** The users of one workspace. */
class Workspace implements Service {
	readonly name = 'awork';
	readonly basePath = '/api/v1';
	readonly store: AccountStore<AworkAccount>;
	private traces = 0;

	constructor(options: Options<AworkAccount>) {
		const seed = seedOf<AworkAccount>(options, accounts, CROWD.awork);
		this.store = new AccountStore(seed, snapshotOf);
	}

	readonly authenticate = (request: IncomingRequest): Caller => {
		const caller = CALLERS.get(bearerToken(request) ?? '');
		if (!caller) throw this.refusal(401, 'workspaceid-missing', 'The workspace id is missing.');
		return caller;
	};

	readonly routes = routesOf(this);
	readonly violationAnswer = (violation: Violation) => violationAnswer(violation, this.traceId);
	readonly limitedAnswer = (seconds: number) => limitedAnswer(seconds, this.traceId);

	screen(): void {
		this.traces += 1;
	}

	answerHeaders(): Record<string, string> {
		return { 'trace-id': this.traceId, 'x-edge-ref': `edge-${this.traceId}` };
	}

	/** Support asks for this id; one per request, in the header and in an error's body alike. */
	private get traceId(): string {
		return `awork-trace-${this.traces}`;
	}

	find(userId: string): AworkAccount {
		const account = this.store.get(userId.toLowerCase());
		if (!account) throw this.refusal(404, 'not-found', 'The user was not found.');
		return account;
	}

	/** Everybody for who may read master data, else only oneself (section 3); nobody archived. */
	list(caller: Caller, query: z.output<typeof LIST_QUERY>): Answer {
		const { page, pageSize: size = DEFAULT_PAGE_SIZE, orderby } = query;
		const seesAll = allows(caller, 'user-master-data', 'read');
		const found = this.ordered(orderby).filter(
			({ id, isArchived }) => !isArchived && (seesAll || id === caller.userId),
		);
		const rows = found.slice((page - 1) * size, page * size);
		return {
			status: 200,
			headers: {
				'aw-page': String(page),
				'aw-pagesize': String(size),
				'aw-items': String(rows.length),
				'aw-totalitems': String(found.length),
			},
			body: rows.map(userBody),
		};
	}

	/** Not every order of the grammar works: section 4. */
	private ordered(orderby: string | undefined): readonly AworkAccount[] {
		if (orderby === undefined) return this.store.all();
		const orders = orderby.split(',').map((part) => {
			const [, field, direction] = ORDER.exec(part) ?? [];
			if (!field) throw this.refusal(400, 'invalid-filter-or-order', 'The order is invalid.');
			return { field: field as 'firstName' | 'lastName', sign: direction === ' desc' ? -1 : 1 };
		});
		return this.store.sortedBy(orderby, (a, b) =>
			orders.reduce(
				(result, { field, sign }) => result || sign * compareText(a[field] ?? '', b[field] ?? ''),
				0,
			),
		);
	}

	// The order of the checks is not documented: from the caller to the account.
	deactivate(caller: Caller, userId: string, includeSummary: boolean): Answer {
		const account = this.manageable(caller, userId);
		if (account.isDeactivated) {
			throw this.refusal(400, 'deactivated-user', 'The user is already deactivated.');
		}
		if (isLast(account, this.store.all(), isActiveAdmin)) {
			throw this.refusal(400, 'invalid-operation', 'The last admin cannot be deactivated.');
		}
		const { reassigned, deleted } = account.privateProjects;
		this.store.update(account, DEACTIVATED());
		const summary = {
			privateProjectManagersReassignedCount: reassigned,
			privateProjectsDeletedCount: deleted,
		};
		return includeSummary ? { status: 200, body: summary } : { status: 204 };
	}

	/** The user is told by e-mail (section 3). The answer for an active user is not documented. */
	activate(caller: Caller, userId: string): Answer {
		const account = this.manageable(caller, userId);
		if (!account.isDeactivated) {
			throw this.refusal(400, 'invalid-operation', 'The user is not deactivated.');
		}
		this.store.update(account, ACTIVATED);
		return { status: 204 };
	}

	reset(): void {
		this.traces = 0;
	}

	private manageable(caller: Caller, userId: string): AworkAccount {
		if (!allows(caller, 'user-manage-config', 'write')) {
			throw this.refusal(401, 'unauthorized', 'user-manage-config:write is missing.');
		}
		const account = this.find(userId);
		if (account.isArchived) throw this.refusal(400, 'entity-archived', 'The user is archived.');
		return account;
	}

	private refusal(status: number, code: string, description: string): Refusal {
		return new Refusal(failure(status, code, description, this.traceId));
	}
}

function routesOf(workspace: Workspace): Route[] {
	const on = routesFor(workspace.authenticate);
	const byId = { params: USER_PARAMS };
	return [
		on(
			'GET /users',
			({ caller, query, report }) => {
				if (query.pageSize === undefined) {
					report('query.pageSize: must be sent, its default is contradictory');
				}
				return workspace.list(caller, query);
			},
			{ query: LIST_QUERY },
		),
		on('GET /users/me', ({ caller }) => ({
			status: 200,
			body: meBody(workspace.find(caller.userId)),
		})),
		on('GET /me/permissions', ({ caller }) => ({ status: 200, body: permissionsBody(caller) })),
		on(
			'GET /users/{userId}',
			({ params }) => ({ status: 200, body: userBody(workspace.find(params.userId)) }),
			byId,
		),
		on(
			'POST /users/{userId}/deactivate',
			({ caller, params, query }) =>
				workspace.deactivate(caller, params.userId, query.includeSummary === 'true'),
			{
				...byId,
				query: z.strictObject({ includeSummary: z.enum(['true', 'false']).optional() }),
				// The spec has no body, the documentation's example sends `{}`: section 3.
				body: optionalJsonBody(NO_FIELDS),
			},
		),
		on(
			'POST /users/{userId}/activate',
			({ caller, params }) => workspace.activate(caller, params.userId),
			byId,
		),
	];
}

function allows({ isAdmin, permissions }: Caller, feature: string, level: string): boolean {
	return isAdmin === true || (permissions[feature] ?? []).includes(level);
}

/** `GET /me/permissions`: section 4. */
function permissionsBody({ isAdmin = false, permissions }: Caller): Record<string, unknown> {
	const list = Object.entries(permissions);
	return {
		userPermission: {
			isAdmin,
			permissions: list.map(([feature, accessLevels]) => ({ feature, accessLevels })),
		},
	};
}

/** The error form of https://developers.awork.com/error-handling. */
function failure(
	status: number,
	code: string,
	description: string,
	traceId: string,
	validationErrors: readonly { property: string; message: string }[] | null = null,
): Answer {
	const link = 'https://developers.awork.com/error-handling';
	return {
		status,
		body: { code, description, link, traceId, details: null, validationErrors },
	};
}

/** A request that is not documented, in the same form. */
function violationAnswer({ status, message, issues }: Violation, traceId: string): Answer {
	if (status === 404) return failure(404, 'not-found', message, traceId);
	const errors = issues.map((issue) => ({
		property: issue.path.join('.'),
		message: issue.message,
	}));
	return failure(status, 'validation-failed', message, traceId, errors);
}

/** With awork's own headers and no `Retry-After`: https://developers.awork.com/rate-limits */
function limitedAnswer(seconds: number, traceId: string): Answer {
	return {
		...failure(429, 'rate-limit', 'Too many requests.', traceId),
		headers: {
			'ratelimit-limit': '50',
			'ratelimit-remaining': '0',
			'ratelimit-reset': String(seconds),
			'x-ratelimit-limit-second': '50',
			'x-ratelimit-remaining-second': '0',
		},
	};
}
