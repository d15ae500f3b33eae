import { z } from 'zod';
import { AccountStore, isLast } from './accounts.cts';
import { Refusal, type Answer, type Violation } from './answers.cts';
import { CROWD, seedOf, type Options } from './people.cts';
import { bearerToken, jsonBody, routesFor, type IncomingRequest, type Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer, type Service, type Simulator } from './server.cts';

/** https://docs.langdock.com/administration/permissions */
type LangdockRole = 'member' | 'editor' | 'admin';

/** A person's place in a workspace. The API shows no id: the address is what names an account. */
export interface LangdockAccount {
	readonly email: string;
	readonly name: string;
	readonly role: LangdockRole;
	readonly state: 'active' | 'invited' | 'deactivated';
}

/** What a key may be used for. */
type Scope = 'USER_MANAGEMENT_API' | 'BILLING_API';
type Scopes = ReadonlySet<Scope>;

/** The scopes of the seeded keys, by their name in `SEED`. */
const SCOPES: ReadonlyMap<string, Scopes> = new Map<string, Scopes>([
	['valid', new Set<Scope>(['USER_MANAGEMENT_API'])],
	['withBilling', new Set<Scope>(['USER_MANAGEMENT_API', 'BILLING_API'])],
	['withoutPermission', new Set<Scope>()],
]);

/** A running Langdock or Odeus simulator. */
export interface LangdockSimulator extends Simulator {
	/** Who was sent an invitation, in order. */
	invitationMails(): readonly string[];
	/** The role of a member or invitee. */
	roleOf(email: string): LangdockRole | undefined;
}

const DEACTIVATE_BODY = jsonBody(z.strictObject({ email: z.string().email() }));

const INVITED = z.strictObject({
	email: z.string().email(),
	role: z.enum(['member', 'editor', 'admin']).default('member'),
});
const INVITE_BODY = jsonBody(z.strictObject({ users: z.array(INVITED).min(1) }));

/** https://docs.langdock.com/en/developer/billing-api/list-users.md */
const LIST_QUERY = z.strictObject({
	email: z.string().min(1).optional(),
	limit: z
		.string()
		.regex(/^\d{2,3}$/)
		.transform(Number)
		.pipe(z.number().min(50).max(250))
		.default('50'),
	cursor: z
		.string()
		.regex(/^next-\d+$/)
		.optional(),
});

// https://docs.langdock.com/en/developer/user-management-api/deactivate-user
// https://odeus.ai/docs/developer/user-management-api/deactivate-user
export async function startLangdock(
	name: 'langdock' | 'odeus' = 'langdock',
	options: Options<LangdockAccount> = {},
): Promise<LangdockSimulator> {
	const workspace = new Workspace(name, options);
	const simulator = await startServer(workspace, options);
	return Object.assign(simulator, {
		invitationMails: () => [...workspace.mails],
		roleOf: (email: string) => workspace.find(email)?.role,
	});
}

/** The people of one workspace. */
class Workspace implements Service {
	readonly basePath = '';
	readonly store: AccountStore<LangdockAccount>;
	/** Who was sent an invitation. */
	mails: string[] = [];

	constructor(
		readonly name: 'langdock' | 'odeus',
		options: Options<LangdockAccount>,
	) {
		this.store = new AccountStore<LangdockAccount>(
			seedOf<LangdockAccount>(options, SEED[name].accounts, CROWD[name]),
			({ email, name: person, state }) => ({ id: email, email, name: person, state }),
		);
	}

	readonly authenticate = (request: IncomingRequest): Scopes => {
		const key = bearerToken(request);
		const known = Object.entries(SEED[this.name].secrets).find(([, value]) => value === key);
		const scopes = SCOPES.get(known?.[0] ?? '');
		if (scopes) return scopes;
		throw new Refusal(failure(401, 'Invalid API key'));
	};

	readonly routes = routesOf(this);
	readonly violationAnswer = violationAnswer;
	readonly limitedAnswer = limitedAnswer;

	reset(): void {
		this.mails = [];
	}

	/** Status and text are not documented (section 7.1). */
	private requireScope(scopes: Scopes, scope: Scope): void {
		if (scopes.has(scope)) return;
		throw new Refusal(failure(403, `API key does not have the scope ${scope}`));
	}

	find(email: string): LangdockAccount | undefined {
		const key = email.toLowerCase();
		return this.store.all().find((one) => one.email.toLowerCase() === key);
	}

	deactivate(scopes: Scopes, email: string): Answer {
		this.requireScope(scopes, 'USER_MANAGEMENT_API');
		const account = this.find(email);
		// One answer for unknown, invited and already deactivated: section 2.
		if (account?.state !== 'active') {
			return failure(404, 'User not found or not an active member');
		}
		if (isLast(account, this.store.all(), isActiveAdmin)) {
			// Not documented for this endpoint: the answer of update-user-role is taken.
			return failure(400, 'The last remaining admin stays', { code: 'BAD_REQUEST' });
		}
		this.store.update(account, { state: 'deactivated' });
		return { status: 200, body: { status: 'success', message: 'User deactivated' } };
	}

	/** Always a 200, even if nobody was invited: section 2. */
	invite(scopes: Scopes, { users }: ReturnType<typeof INVITE_BODY>): Answer {
		this.requireScope(scopes, 'USER_MANAGEMENT_API');
		const successfulInvites: string[] = [];
		const invalidEmails: string[] = [];
		for (const { email, role } of users) {
			// No mail can reach such a domain, by RFC 2606.
			if (email.toLowerCase().endsWith('.invalid')) invalidEmails.push(email);
			else if (this.inviteOne(email, role)) successfulInvites.push(email);
		}
		const message = 'Invitations processed';
		return { status: 200, body: { status: 'success', message, successfulInvites, invalidEmails } };
	}

	/** Whether the answer names the address among those that succeeded. */
	private inviteOne(email: string, role: LangdockRole): boolean {
		const account = this.find(email);
		// `successfulInvites` leaves out members who are skipped: section 2.
		if (account?.state === 'active') return false;
		if (account) {
			this.store.update(account, { state: 'invited', role });
		} else {
			this.store.add({ email, name: email, role, state: 'invited' });
		}
		this.mails.push(email);
		return true;
	}

	/** Active members only; their names and addresses need the other scope, too. */
	list(scopes: Scopes, { email, limit, cursor }: z.output<typeof LIST_QUERY>): Answer {
		this.requireScope(scopes, 'BILLING_API');
		if (email !== undefined) this.requireScope(scopes, 'USER_MANAGEMENT_API');
		const isNamed = scopes.has('USER_MANAGEMENT_API');
		const wanted = (email ?? '').toLowerCase();
		const found = this.store
			.all()
			.filter(
				(account) =>
					account.state === 'active' && ['', account.email.toLowerCase()].includes(wanted),
			);
		const offset = Number(cursor?.slice('next-'.length) ?? 0);
		const users = found.slice(offset, offset + limit).map((account) => ({
			id: `usr-${account.email.replace(/\W/g, '-')}`,
			...(isNamed && { email: account.email, name: account.name }),
			plan: 'standard',
		}));
		const nextCursor = offset + limit < found.length ? `next-${offset + limit}` : null;
		return { status: 200, body: { users, nextCursor } };
	}

	/** The list of the billing mode that the workspace is not in: section 3. */
	otherList(scopes: Scopes): Answer {
		this.requireScope(scopes, 'BILLING_API');
		return failure(409, 'The workspace is in another billing mode', {
			code: 'BILLING_MODE_MISMATCH',
			details: { mode: 'bring-your-own-keys' },
		});
	}
}

function routesOf(workspace: Workspace): Route[] {
	const on = routesFor(workspace.authenticate);
	return [
		on(
			'POST /user-management/v1/deactivate-user',
			({ caller, body }) => workspace.deactivate(caller, body.email),
			{ body: DEACTIVATE_BODY },
		),
		on('POST /user-management/v1/invite', ({ caller, body }) => workspace.invite(caller, body), {
			body: INVITE_BODY,
		}),
		on(
			'GET /billing/v1/bring-your-own-keys/users',
			({ caller, query }) => workspace.list(caller, query),
			{ query: LIST_QUERY },
		),
		on('GET /billing/v1/ai-models-included/users', ({ caller }) => workspace.otherList(caller), {
			query: LIST_QUERY,
		}),
	];
}

const isActiveAdmin = ({ role, state }: LangdockAccount) => role === 'admin' && state === 'active';

/** The flat envelope of section 4. */
function failure(status: number, message: string, more: Record<string, unknown> = {}): Answer {
	return { status, body: { message, ...more } };
}

/** A wrong body is answered as invite documents it (section 2), an unknown path by a web server. */
function violationAnswer({ status, message, issues }: Violation): Answer {
	if (status === 404) {
		return { status, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
	}
	return issues.length > 0
		? failure(status, 'Invalid request body', { errors: issues })
		: failure(status, message);
}

/** Not documented: section 4. */
function limitedAnswer(seconds: number): Answer {
	return { ...failure(429, 'Too many requests'), headers: { 'retry-after': String(seconds) } };
}
