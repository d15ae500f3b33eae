import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import type { AccountState } from './accounts.cts';
import { Refusal } from './answers.cts';
import type { Answer, Violation } from './answers.cts';
import { bearerToken, NO_FIELDS, noBody, optionalJsonBody, route } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';

/** A user of the workspace: a person, or the API user behind a key (without an address). */
export interface AworkAccount {
	readonly id: string;
	readonly firstName: string;
	readonly lastName: string | null;
	readonly email: string | null;
	readonly isAdmin: boolean;
	isDeactivated: boolean;
	deactivatedOn: string | null;
	readonly isArchived: boolean;
	readonly invitationAccepted: boolean;
	/** What becomes of the user's private projects on deactivation. */
	readonly privateProjects: { readonly reassigned: number; readonly deleted: number };
}

/** How an awork simulator is set up. The knobs are for what is unknown (reference, section 9). */
export interface AworkOptions extends ServerOptions {
	readonly accounts?: readonly AworkAccount[];
	/** Whether `includeSummary` is heeded (by default), or the answer is one or the other always. */
	readonly deactivateAnswer?: 'asAsked' | 'summary' | 'empty';
	/** What a second deactivation gets: 400 with this code (default `deactivated-user`) or success. */
	readonly alreadyDeactivated?: 'deactivated-user' | 'invalid-operation' | 'success';
}

interface Caller {
	readonly userId: string;
	readonly mayManageUsers: boolean;
}

const { secrets, accounts } = SEED.awork;

const CALLERS: ReadonlyMap<string, Caller> = new Map([
	[secrets.valid, { userId: accounts.apiUser.id, mayManageUsers: true }],
	[
		secrets.withoutPermission,
		{ userId: accounts.apiUserWithoutPermission.id, mayManageUsers: false },
	],
]);

const USER_PARAMS = z.object({ userId: z.string().uuid() }).strict();

/** awork's API. https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id */
export function startAwork(options: AworkOptions = {}): Promise<Simulator> {
	return startServer(aworkService(options), options);
}

function aworkService(options: AworkOptions): Service {
	const store = new AccountStore<AworkAccount>(
		options.accounts ?? Object.values(accounts),
		({ id }) => id,
	);
	// Support asks for this id; one per request, in the header and in an error's body alike.
	let traces = 0;
	const traceId = () => `awork-trace-${traces}`;

	const refusal = (status: number, code: string, description: string) =>
		new Refusal(failure(status, code, description, traceId()));

	const authenticate = (request: IncomingRequest): Caller => {
		const caller = CALLERS.get(bearerToken(request) ?? '');
		if (!caller) throw refusal(401, 'workspaceid-missing', 'The workspace id is missing.');
		return caller;
	};

	const find = (userId: string): AworkAccount => {
		const account = store.get(userId.toLowerCase());
		if (!account) throw refusal(404, 'not-found', 'The user was not found.');
		return account;
	};

	// The order of the checks is not documented: from the caller to the account.
	const deactivate = (caller: Caller, userId: string, includeSummary: boolean): Answer => {
		if (!caller.mayManageUsers) {
			throw refusal(401, 'unauthorized', 'The permission user-manage-config:write is missing.');
		}
		const account = find(userId);
		if (account.isArchived) {
			throw refusal(400, 'entity-archived', 'The user is archived.');
		}
		const repeated = options.alreadyDeactivated ?? 'deactivated-user';
		if (account.isDeactivated && repeated !== 'success') {
			throw refusal(400, repeated, 'The user is already deactivated.');
		}
		if (isLastAdmin(account, store.all())) {
			throw refusal(400, 'invalid-operation', 'The last admin cannot be deactivated.');
		}
		const summary = deactivateAccount(account);
		const answer = options.deactivateAnswer ?? 'asAsked';
		return answer === 'summary' || (answer === 'asAsked' && includeSummary)
			? { status: 200, body: summary }
			: { status: 204 };
	};

	const routes: Route[] = [
		route({
			method: 'GET',
			path: '/users/me',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller }) => ({ status: 200, body: meBody(find(caller.userId)) }),
		}),
		route({
			method: 'GET',
			path: '/users/{userId}',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ params }) => ({ status: 200, body: userBody(find(params.userId)) }),
		}),
		route({
			method: 'POST',
			path: '/users/{userId}/deactivate',
			authenticate,
			params: USER_PARAMS,
			query: z.object({ includeSummary: z.enum(['true', 'false']).optional() }).strict(),
			// The spec has no body, the documentation's example sends `{}`: section 3.
			body: optionalJsonBody(NO_FIELDS),
			handle: ({ caller, params, query }) =>
				deactivate(caller, params.userId, query.includeSummary === 'true'),
		}),
	];

	return {
		name: 'awork',
		basePath: '/api/v1',
		routes,
		screen: () => {
			traces += 1;
		},
		answerHeaders: () => ({ 'trace-id': traceId(), 'x-edge-ref': `edge-${traceId()}` }),
		violationAnswer: (violation) => violationAnswer(violation, traceId()),
		accounts: () =>
			store.all().map((account) => ({
				id: account.id,
				email: account.email,
				name: [account.firstName, account.lastName].filter(Boolean).join(' '),
				state: stateOf(account),
			})),
		reset: () => {
			store.reset();
			traces = 0;
		},
	};
}

function stateOf({ isArchived, isDeactivated, invitationAccepted }: AworkAccount): AccountState {
	if (isArchived) return 'archived';
	if (isDeactivated) return 'deactivated';
	return invitationAccepted ? 'active' : 'invited';
}

function isLastAdmin(account: AworkAccount, all: readonly AworkAccount[]): boolean {
	const admins = all.filter(({ isAdmin, isDeactivated }) => isAdmin && !isDeactivated);
	return admins.length === 1 && admins[0] === account;
}

/** Returns the summary; a repeat finds no private projects left. */
function deactivateAccount(account: AworkAccount): Record<string, number> {
	const { reassigned, deleted } = account.isDeactivated
		? { reassigned: 0, deleted: 0 }
		: account.privateProjects;
	account.deactivatedOn ??= new Date().toISOString();
	account.isDeactivated = true;
	return {
		privateProjectManagersReassignedCount: reassigned,
		privateProjectsDeletedCount: deleted,
	};
}

/** Section 3: there is no `email` field, and contact infos may be null. */
function userBody(account: AworkAccount): Record<string, unknown> {
	return {
		id: account.id,
		firstName: account.firstName,
		lastName: account.lastName,
		isDeactivated: account.isDeactivated,
		deactivatedOn: account.deactivatedOn,
		isArchived: account.isArchived,
		isExternal: false,
		isAgent: false,
		deletedOn: null,
		status: {
			invitationAccepted: account.invitationAccepted,
			isDeactivated: account.isDeactivated,
		},
		userContactInfos:
			account.email === null
				? null
				: [{ id: account.id, type: 'email', subType: 'work', value: account.email }],
		teams: [],
		tags: [],
	};
}

function meBody(account: AworkAccount): Record<string, unknown> {
	return {
		...userBody(account),
		accountId: account.id,
		workspace: { id: '6f1c0000-0000-4000-9000-000000000001', name: 'Acme', url: 'acme' },
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

function violationAnswer({ status, message, issues }: Violation, traceId: string): Answer {
	if (status === 404) return failure(404, 'not-found', message, traceId);
	const errors = issues.map((issue) => ({
		property: issue.path.join('.'),
		message: issue.message,
	}));
	return failure(status, 'validation-failed', message, traceId, errors);
}
