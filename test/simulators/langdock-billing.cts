import { z } from 'zod';
import type { AccountStore } from './accounts.cts';
import { Refusal, type Answer } from './answers.cts';
import { failure } from './langdock-answers.cts';
import type { LangdockAccount } from './langdock.cts';
import { routesFor, type IncomingRequest, type Route } from './routes.cts';

/** What a key may be used for. */
export type Scope = 'USER_MANAGEMENT_API' | 'BILLING_API';
export type Scopes = ReadonlySet<Scope>;

/** The scopes of the seeded keys, by their name in `SEED`. */
export const SCOPES: ReadonlyMap<string, Scopes> = new Map<string, Scopes>([
	['valid', new Set<Scope>(['USER_MANAGEMENT_API'])],
	['withBilling', new Set<Scope>(['USER_MANAGEMENT_API', 'BILLING_API'])],
	['withoutPermission', new Set<Scope>()],
]);

/** What the Billing API needs of a workspace. */
interface BilledWorkspace {
	readonly store: AccountStore<LangdockAccount>;
	readonly authenticate: (request: IncomingRequest) => Scopes;
	requireScope(scopes: Scopes, scope: Scope): void;
}

const LIST_QUERY = z
	.object({
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
	})
	.strict();

/**
 * The Billing API's look-up of active members. The workspace is in the billing mode
 * `bring-your-own-keys`; the list of the other mode is refused (reference, section 3).
 * https://docs.langdock.com/en/developer/billing-api/list-users.md
 */
export function billingRoutes(workspace: BilledWorkspace): Route[] {
	const on = routesFor(workspace.authenticate);
	return [
		on(
			'GET /billing/v1/bring-your-own-keys/users',
			({ caller, query }) => {
				workspace.requireScope(caller, 'BILLING_API');
				if (query.email !== undefined) workspace.requireScope(caller, 'USER_MANAGEMENT_API');
				return userList(workspace.store, query, caller.has('USER_MANAGEMENT_API'));
			},
			{ query: LIST_QUERY },
		),
		on(
			'GET /billing/v1/ai-models-included/users',
			({ caller }) => {
				workspace.requireScope(caller, 'BILLING_API');
				const more = {
					code: 'BILLING_MODE_MISMATCH',
					details: { mode: 'bring-your-own-keys' },
				};
				throw new Refusal(failure(409, 'The workspace is in another billing mode', more));
			},
			{ query: LIST_QUERY },
		),
	];
}

/** Active members only; their names and addresses need the other scope, too. */
function userList(
	store: AccountStore<LangdockAccount>,
	{ email, limit, cursor }: z.output<typeof LIST_QUERY>,
	isNamed: boolean,
): Answer {
	const wanted = email?.toLowerCase();
	const found = store
		.all()
		.filter(
			({ state, email: address }) =>
				state === 'active' && (wanted === undefined || address.toLowerCase() === wanted),
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
