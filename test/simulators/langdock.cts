import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import { Refusal, Violation } from './answers.cts';
import type { Answer } from './answers.cts';
import { bearerToken, jsonBody, NO_FIELDS, route } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';

/** A person's place in a workspace. The API shows no id: the address is what names an account. */
export interface LangdockAccount {
	readonly email: string;
	readonly name: string;
	readonly role: 'member' | 'editor' | 'admin';
	state: 'active' | 'invited' | 'deactivated';
}

/** How a Langdock or Odeus simulator is set up. */
export interface LangdockOptions extends ServerOptions {
	/** `/api/public` for a dedicated deployment; none by default, as on the public host. */
	readonly basePath?: string;
	readonly accounts?: readonly LangdockAccount[];
	/** Unknown at the service (reference, section 7.2); other endpoints ignore case. */
	readonly emailCase?: 'ignored' | 'exact';
}

const DEACTIVATE_BODY = jsonBody(z.object({ email: z.string().email() }).strict());

/**
 * Langdock's user management API, which is also that of Odeus.
 * https://docs.langdock.com/en/developer/user-management-api/deactivate-user
 * https://odeus.ai/docs/developer/user-management-api/deactivate-user
 */
export function startLangdock(
	name: 'langdock' | 'odeus' = 'langdock',
	options: LangdockOptions = {},
): Promise<Simulator> {
	return startServer(langdockService(name, options), options);
}

function langdockService(name: 'langdock' | 'odeus', options: LangdockOptions): Service {
	const seed = SEED[name];
	const store = new AccountStore<LangdockAccount>(
		options.accounts ?? Object.values(seed.accounts),
		({ email }) => email.toLowerCase(),
	);

	const authenticate = (request: IncomingRequest): void => {
		const key = bearerToken(request);
		if (key === seed.secrets.valid) return;
		// Status and text are not documented (section 7.1); 403 is what a third-party client expects.
		if (key === seed.secrets.withoutPermission) {
			throw new Refusal(failure(403, 'API key does not have the scope USER_MANAGEMENT_API'));
		}
		const creatorGone = key === seed.secrets.creatorGone;
		throw new Refusal(failure(401, creatorGone ? 'API key creator not found' : 'Invalid API key'));
	};

	const find = (email: string): LangdockAccount | undefined => {
		const account = store.get(email.toLowerCase());
		return options.emailCase === 'exact' && account?.email !== email ? undefined : account;
	};

	const deactivate = (email: string): Answer => {
		const account = find(email);
		// One answer for unknown, invited and already deactivated: section 2.
		if (account?.state !== 'active') {
			return failure(404, 'User not found or not an active member');
		}
		if (isLastAdmin(account, store.all())) {
			// Not documented for this endpoint: the answer of update-user-role is taken.
			return failure(400, 'The last remaining admin cannot be deactivated', {
				code: 'BAD_REQUEST',
			});
		}
		account.state = 'deactivated';
		return { status: 200, body: { status: 'success', message: 'User deactivated' } };
	};

	const routes: Route[] = [
		route({
			method: 'POST',
			path: '/user-management/v1/deactivate-user',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: DEACTIVATE_BODY,
			handle: ({ body }) => deactivate(body.email),
		}),
	];

	return {
		name,
		basePath: options.basePath ?? '',
		routes,
		screen: refuseBrowsers,
		violationAnswer,
		accounts: () =>
			store.all().map(({ email, name: person, state }) => ({
				id: email,
				email,
				name: person,
				state,
			})),
		reset: () => store.reset(),
	};
}

/** "Browser-origin requests are blocked", the status is not documented: section 1. */
function refuseBrowsers({ headers }: IncomingRequest): void {
	if (headers.origin !== undefined) {
		throw new Violation(403, 'origin: requests from browsers are blocked');
	}
}

function isLastAdmin(account: LangdockAccount, all: readonly LangdockAccount[]): boolean {
	const admins = all.filter(({ role, state }) => role === 'admin' && state === 'active');
	return account.role === 'admin' && admins.length === 1;
}

function failure(status: number, message: string, more: Record<string, unknown> = {}): Answer {
	return { status, body: { message, ...more } };
}

/** A body of the wrong form is answered as the invite endpoint documents it: section 2. */
function violationAnswer({ status, message, issues }: Violation): Answer {
	return issues.length > 0
		? failure(status, 'Invalid request body', { errors: issues })
		: failure(status, message);
}
