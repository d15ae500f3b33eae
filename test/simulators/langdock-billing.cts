import { z } from 'zod';
import type { AccountStore } from './accounts.cts';
import { Refusal, type Answer } from './answers.cts';
import { failure } from './langdock-answers.cts';
import type { LangdockAccount, LangdockSwitches } from './langdock.cts';
import { routesFor, type IncomingRequest, type Route } from './routes.cts';
import { langdockAccount } from './people.cts';
import { pageOf, withOddRows, type Switchboard } from './switches.cts';

/** What a key may be used for. */
export type Scope = 'USER_MANAGEMENT_API' | 'BILLING_API';
export type Scopes = ReadonlySet<Scope>;

/** The scopes of the seeded keys, by their name in `SEED`. */
export const SCOPES: ReadonlyMap<string, Scopes> = new Map<string, Scopes>([
	['valid', new Set<Scope>(['USER_MANAGEMENT_API'])],
	['withBilling', new Set<Scope>(['USER_MANAGEMENT_API', 'BILLING_API'])],
	['billingOnly', new Set<Scope>(['BILLING_API'])],
	['withoutPermission', new Set<Scope>()],
]);

/** Which of the two lists of users a workspace has (reference, section 3). */
export type BillingMode = 'bring-your-own-keys' | 'ai-models-included';
const MODES: readonly BillingMode[] = ['bring-your-own-keys', 'ai-models-included'];

/** What the Billing API needs of a workspace. */
interface BilledWorkspace {
	readonly store: AccountStore<LangdockAccount>;
	readonly switches: Switchboard<LangdockSwitches>;
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
 * The Billing API's look-up of active members.
 * https://docs.langdock.com/en/developer/billing-api/list-users.md
 */
export function billingRoutes(workspace: BilledWorkspace): Route[] {
	const on = routesFor(workspace.authenticate);
	return [
		on('GET /billing/v1/mode', ({ caller }) => {
			requireBilling(workspace, caller);
			return { status: 200, body: { mode: modeOf(workspace), currency: 'USD' } };
		}),
		...MODES.map((mode) =>
			on(
				`GET /billing/v1/${mode}/users`,
				({ caller, query }) => {
					requireBilling(workspace, caller);
					if (mode !== modeOf(workspace)) throw modeMismatch(modeOf(workspace));
					if (query.email !== undefined) workspace.requireScope(caller, 'USER_MANAGEMENT_API');
					return userList(workspace, query, caller.has('USER_MANAGEMENT_API'));
				},
				{ query: LIST_QUERY },
			),
		),
	];
}

/** Active members only; their names and addresses need the other scope, too. */
function userList(
	{ store, switches: { current } }: BilledWorkspace,
	{ email, limit, cursor }: z.output<typeof LIST_QUERY>,
	isNamed: boolean,
): Answer {
	const wanted = current.filtersIgnored ? undefined : email?.toLowerCase();
	const found = store
		.all()
		.map((account) => store.listed(account))
		.filter(
			({ state, email: address }) =>
				state === 'active' && (wanted === undefined || address.toLowerCase() === wanted),
		);
	const offset = Number(cursor?.slice('next-'.length) ?? 0);
	const { page, total = Infinity } = pageOf(found, { offset, size: limit }, current);
	const bodyOf = (account: LangdockAccount): Record<string, unknown> => ({
		id: `usr-${account.email.replace(/\W/g, '-')}`,
		...(isNamed && { email: account.email, name: account.name }),
		plan: 'standard',
	});
	const oddBody = (address: string) =>
		bodyOf(langdockAccount({ givenName: 'Odd', familyName: 'Row', email: address }));
	return {
		status: 200,
		shows: page.map((account) => account.email),
		body: {
			users: withOddRows(page.map(bodyOf), current, oddBody, 'id'),
			nextCursor: offset + limit < total ? `next-${offset + limit}` : null,
		},
	};
}

function modeOf({ switches }: BilledWorkspace): BillingMode {
	return switches.current.billingMode ?? 'bring-your-own-keys';
}

function requireBilling(workspace: BilledWorkspace, scopes: Scopes): void {
	const { billing } = workspace.switches.current;
	if (billing === 'absent') throw new Refusal(failure(404, 'Not Found'));
	workspace.requireScope(scopes, 'BILLING_API');
	if (billing === 'adminRequired') {
		const code = 'BILLING_API_ADMIN_REQUIRED';
		throw new Refusal(failure(403, 'The key owner is not an active admin', { code }));
	}
}

/** https://docs.langdock.com/en/developer/billing-api/get-mode.md */
function modeMismatch(mode: BillingMode): Refusal {
	const more = { code: 'BILLING_MODE_MISMATCH', details: { mode } };
	return new Refusal(failure(409, 'The workspace is in another billing mode', more));
}
