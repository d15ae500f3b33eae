import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import { Refusal, Violation } from './answers.cts';
import type { Answer } from './answers.cts';
import { CROWD, seedOf } from './crowd.cts';
import type { SeedOptions } from './crowd.cts';
import { bearerToken, jsonBody, NO_FIELDS, route } from './routes.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';

/** https://docs.langdock.com/administration/permissions */
type LangdockRole = 'member' | 'editor' | 'admin';

/** A person's place in a workspace. The API shows no id: the address is what names an account. */
export interface LangdockAccount {
	readonly email: string;
	readonly name: string;
	role: LangdockRole;
	state: 'active' | 'invited' | 'deactivated';
}

/** How a Langdock or Odeus simulator is set up. */
export interface LangdockOptions extends ServerOptions, SeedOptions<LangdockAccount> {
	/** `/api/public` for a dedicated deployment; none by default, as on the public host. */
	readonly basePath?: string;
	/** Unknown at the service (reference, section 7.2); other endpoints ignore case. */
	readonly emailCase?: 'ignored' | 'exact';
	/** As what a deactivated person who is invited comes back (section 7.7); `invited` by default. */
	readonly returningAs?: 'invited' | 'active';
	/** Whether `successfulInvites` names members who are skipped: not by default (section 2). */
	readonly skippedMembers?: 'leftOut' | 'listed';
}

/** A running Langdock or Odeus simulator. */
export interface LangdockSimulator extends Simulator {
	/** Who was sent an invitation, in order. */
	invitationMails(): readonly string[];
	/** The role of a member or invitee. */
	roleOf(email: string): LangdockRole | undefined;
}

const DEACTIVATE_BODY = jsonBody(z.object({ email: z.string().email() }).strict());

const INVITE_BODY = jsonBody(
	z
		.object({
			users: z
				.array(
					z
						.object({
							email: z.string().email(),
							role: z.enum(['member', 'editor', 'admin']).default('member'),
						})
						.strict(),
				)
				.min(1),
		})
		.strict(),
);

/**
 * Langdock's user management API, which is also that of Odeus.
 * https://docs.langdock.com/en/developer/user-management-api/deactivate-user
 * https://odeus.ai/docs/developer/user-management-api/deactivate-user
 */
export async function startLangdock(
	name: 'langdock' | 'odeus' = 'langdock',
	options: LangdockOptions = {},
): Promise<LangdockSimulator> {
	const workspace = new Workspace(name, options);
	const simulator = await startServer(langdockService(name, workspace, options), options);
	return Object.assign(simulator, {
		invitationMails: () => [...workspace.mails],
		roleOf: (email: string) => workspace.find(email)?.role,
	});
}

/** The people of one workspace. */
class Workspace {
	readonly store: AccountStore<LangdockAccount>;
	/** Who was sent an invitation. */
	mails: string[] = [];

	constructor(
		name: 'langdock' | 'odeus',
		private readonly options: LangdockOptions,
	) {
		this.store = new AccountStore<LangdockAccount>(
			seedOf<LangdockAccount>(options, SEED[name].accounts, CROWD[name]),
			({ email }) => this.keyOf(email),
		);
	}

	find(email: string): LangdockAccount | undefined {
		return this.store.get(this.keyOf(email));
	}

	deactivate(email: string): Answer {
		const account = this.find(email);
		// One answer for unknown, invited and already deactivated: section 2.
		if (account?.state !== 'active') {
			return failure(404, 'User not found or not an active member');
		}
		if (isLastAdmin(account, this.store.all())) {
			// Not documented for this endpoint: the answer of update-user-role is taken.
			return failure(400, 'The last remaining admin cannot be deactivated', {
				code: 'BAD_REQUEST',
			});
		}
		account.state = 'deactivated';
		return { status: 200, body: { status: 'success', message: 'User deactivated' } };
	}

	/** Always a 200, even if nobody was invited: section 2. */
	invite({ users }: ReturnType<typeof INVITE_BODY>): Answer {
		const successfulInvites: string[] = [];
		const invalidEmails: string[] = [];
		for (const { email, role } of users) {
			if (isUnreachable(email)) invalidEmails.push(email);
			else if (this.inviteOne(email, role)) successfulInvites.push(email);
		}
		const body = {
			status: 'success',
			message: 'Invitations processed',
			successfulInvites,
			invalidEmails,
		};
		return { status: 200, body };
	}

	reset(): void {
		this.store.reset();
		this.mails = [];
	}

	/** Whether the answer names the address among those that succeeded. */
	private inviteOne(email: string, role: LangdockRole): boolean {
		const account = this.find(email);
		if (account?.state === 'active') return this.options.skippedMembers === 'listed';
		if (account) {
			account.state =
				account.state === 'deactivated' ? (this.options.returningAs ?? 'invited') : 'invited';
			account.role = role;
		} else {
			this.store.add({ email, name: email, role, state: 'invited' });
		}
		this.mails.push(email);
		return true;
	}

	private keyOf(email: string): string {
		return this.options.emailCase === 'exact' ? email : email.toLowerCase();
	}
}

function langdockService(
	name: 'langdock' | 'odeus',
	workspace: Workspace,
	options: LangdockOptions,
): Service {
	const authenticate = authenticationOf(SEED[name].secrets);
	const routes: Route[] = [
		route({
			method: 'POST',
			path: '/user-management/v1/deactivate-user',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: DEACTIVATE_BODY,
			handle: ({ body }) => workspace.deactivate(body.email),
		}),
		route({
			method: 'POST',
			path: '/user-management/v1/invite',
			authenticate,
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: INVITE_BODY,
			handle: ({ body }) => workspace.invite(body),
		}),
	];

	return {
		name,
		basePath: options.basePath ?? '',
		routes,
		screen: refuseBrowsers,
		violationAnswer,
		// Not documented: section 4.
		limitedAnswer: (seconds) => ({
			...failure(429, 'Too many requests'),
			headers: { 'retry-after': String(seconds) },
		}),
		accounts: () =>
			workspace.store.all().map(({ email, name: person, state }) => ({
				id: email,
				email,
				name: person,
				state,
			})),
		reset: () => workspace.reset(),
	};
}

function authenticationOf(secrets: (typeof SEED)['langdock' | 'odeus']['secrets']) {
	return (request: IncomingRequest): void => {
		const key = bearerToken(request);
		if (key === secrets.valid) return;
		// Status and text are not documented (section 7.1); 403 is what a third-party client expects.
		if (key === secrets.withoutPermission) {
			throw new Refusal(failure(403, 'API key does not have the scope USER_MANAGEMENT_API'));
		}
		const creatorGone = key === secrets.creatorGone;
		throw new Refusal(failure(401, creatorGone ? 'API key creator not found' : 'Invalid API key'));
	};
}

/** Domains that no mail can reach, by RFC 2606. */
function isUnreachable(email: string): boolean {
	return email.toLowerCase().endsWith('.invalid');
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
