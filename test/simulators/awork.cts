import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import { Refusal } from './answers.cts';
import type { Answer } from './answers.cts';
import { failure, limitedAnswer, violationAnswer } from './awork-answers.cts';
import { LIST_QUERY, userPage } from './awork-list.cts';
import type { UserListQuery } from './awork-list.cts';
import { deactivateAccount, isLastAdmin, meBody, snapshotOf, userBody } from './awork-users.cts';
import type { AworkAccount } from './awork-users.cts';
import { CROWD, seedOf } from './crowd.cts';
import type { SeedOptions } from './crowd.cts';
import { bearerToken, NO_FIELDS, noBody, optionalJsonBody, route } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';

/** How an awork simulator is set up. The knobs are for what is unknown (reference, section 9). */
export interface AworkOptions extends ServerOptions, SeedOptions<AworkAccount> {
	/** Whether `includeSummary` is heeded (by default), or the answer is one or the other always. */
	readonly deactivateAnswer?: 'asAsked' | 'summary' | 'empty';
	/** What a second deactivation gets: 400 with this code (default `deactivated-user`) or success. */
	readonly alreadyDeactivated?: 'deactivated-user' | 'invalid-operation' | 'success';
	/** What activating an active user gets: success, with another mail, or 400 by default. */
	readonly alreadyActive?: 'invalid-operation' | 'success';
	/** Whether there is a seat left for somebody to be activated; yes by default. */
	readonly seatsLeft?: boolean;
	/** Whether lists carry `aw-page` and its siblings; yes by default. */
	readonly pagingHeaders?: boolean;
}

/** A running awork simulator. */
export interface AworkSimulator extends Simulator {
	/** The ids of the users who were told by e-mail that they are active again, in order. */
	activationMails(): readonly string[];
}

interface Caller {
	readonly userId: string;
	/** `user-manage-config:write` */
	readonly mayManageUsers: boolean;
	/** `user-master-data` read */
	readonly mayReadUsers: boolean;
}

const { secrets, accounts } = SEED.awork;

const CALLERS: ReadonlyMap<string, Caller> = new Map([
	[secrets.valid, { userId: accounts.apiUser.id, mayManageUsers: true, mayReadUsers: true }],
	[
		secrets.withoutPermission,
		{ userId: accounts.apiUserWithoutPermission.id, mayManageUsers: false, mayReadUsers: true },
	],
	[
		secrets.withoutMasterData,
		{ userId: accounts.apiUserWithoutMasterData.id, mayManageUsers: true, mayReadUsers: false },
	],
]);

const USER_PARAMS = z.object({ userId: z.string().uuid() }).strict();

/** awork's API. https://developers.awork.com/apiv1/users/post-user-deactivate-by-user-id */
export async function startAwork(options: AworkOptions = {}): Promise<AworkSimulator> {
	const workspace = new Workspace(options);
	const simulator = await startServer(aworkService(workspace), options);
	return Object.assign(simulator, { activationMails: () => [...workspace.mails] });
}

/** The users of one workspace. */
class Workspace {
	readonly store: AccountStore<AworkAccount>;
	/** Who was told by e-mail. */
	mails: string[] = [];
	private traces = 0;

	constructor(private readonly options: AworkOptions) {
		const seed = seedOf<AworkAccount>(options, accounts, CROWD.awork);
		this.store = new AccountStore(seed, ({ id }) => id);
	}

	readonly authenticate = (request: IncomingRequest): Caller => {
		const caller = CALLERS.get(bearerToken(request) ?? '');
		if (!caller) throw this.refusal(401, 'workspaceid-missing', 'The workspace id is missing.');
		return caller;
	};

	/** Support asks for this id; one per request, in the header and in an error's body alike. */
	get traceId(): string {
		return `awork-trace-${this.traces}`;
	}

	nextTrace(): void {
		this.traces += 1;
	}

	find(userId: string): AworkAccount {
		const account = this.store.get(userId.toLowerCase());
		if (!account) throw this.refusal(404, 'not-found', 'The user was not found.');
		return account;
	}

	list(caller: Caller, query: UserListQuery): Answer {
		return userPage(this.store, ({ id }) => caller.mayReadUsers || id === caller.userId, query, {
			pagingHeaders: this.options.pagingHeaders ?? true,
			refuse: () => {
				throw this.refusal(400, 'invalid-filter-or-order', 'The filter or order is invalid.');
			},
		});
	}

	// The order of the checks is not documented: from the caller to the account.
	deactivate(caller: Caller, userId: string, includeSummary: boolean): Answer {
		const account = this.manageable(caller, userId);
		const repeated = this.options.alreadyDeactivated ?? 'deactivated-user';
		if (account.isDeactivated && repeated !== 'success') {
			throw this.refusal(400, repeated, 'The user is already deactivated.');
		}
		if (isLastAdmin(account, this.store.all())) {
			throw this.refusal(400, 'invalid-operation', 'The last admin cannot be deactivated.');
		}
		const summary = deactivateAccount(account);
		const answer = this.options.deactivateAnswer ?? 'asAsked';
		return answer === 'summary' || (answer === 'asAsked' && includeSummary)
			? { status: 200, body: summary }
			: { status: 204 };
	}

	/** The user is told by e-mail (section 3). The answer for an active user is not documented. */
	activate(caller: Caller, userId: string): Answer {
		const account = this.manageable(caller, userId);
		if (!account.isDeactivated && this.options.alreadyActive !== 'success') {
			throw this.refusal(400, 'invalid-operation', 'The user is not deactivated.');
		}
		if (this.options.seatsLeft === false) {
			throw this.refusal(400, 'insufficient-seats', 'There are not enough seats.');
		}
		account.isDeactivated = false;
		account.deactivatedOn = null;
		this.mails.push(account.id);
		return { status: 204 };
	}

	reset(): void {
		this.store.reset();
		this.mails = [];
		this.traces = 0;
	}

	private manageable(caller: Caller, userId: string): AworkAccount {
		if (!caller.mayManageUsers) {
			throw this.refusal(
				401,
				'unauthorized',
				'The permission user-manage-config:write is missing.',
			);
		}
		const account = this.find(userId);
		if (account.isArchived) throw this.refusal(400, 'entity-archived', 'The user is archived.');
		return account;
	}

	private refusal(status: number, code: string, description: string): Refusal {
		return new Refusal(failure(status, code, description, this.traceId));
	}
}

function aworkService(workspace: Workspace): Service {
	return {
		name: 'awork',
		basePath: '/api/v1',
		routes: routesOf(workspace),
		screen: () => workspace.nextTrace(),
		answerHeaders: () => ({
			'trace-id': workspace.traceId,
			'x-edge-ref': `edge-${workspace.traceId}`,
		}),
		violationAnswer: (violation) => violationAnswer(violation, workspace.traceId),
		limitedAnswer: (seconds) => limitedAnswer(seconds, workspace.traceId),
		accounts: () => workspace.store.all().map(snapshotOf),
		reset: () => workspace.reset(),
	};
}

function routesOf(workspace: Workspace): Route[] {
	const { authenticate } = workspace;
	return [
		route({
			method: 'GET',
			path: '/users',
			authenticate,
			params: NO_FIELDS,
			query: LIST_QUERY,
			body: noBody,
			handle: ({ caller, query }) => workspace.list(caller, query),
		}),
		route({
			method: 'GET',
			path: '/users/me',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller }) => ({ status: 200, body: meBody(workspace.find(caller.userId)) }),
		}),
		route({
			method: 'GET',
			path: '/users/{userId}',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ params }) => ({ status: 200, body: userBody(workspace.find(params.userId)) }),
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
				workspace.deactivate(caller, params.userId, query.includeSummary === 'true'),
		}),
		route({
			method: 'POST',
			path: '/users/{userId}/activate',
			authenticate,
			params: USER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller, params }) => workspace.activate(caller, params.userId),
		}),
	];
}
