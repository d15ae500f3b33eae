import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import type { Answer } from './answers.cts';
import { CROWD, seedOf, type Options } from './people.cts';
import { bearerToken, routesFor, type IncomingRequest, type Route } from './routes.cts';
import { failure, limitedAnswer, refusal, scimAnswer, violationAnswer } from './scim-answers.cts';
import { filterOf } from './scim-filter.cts';
import { etagOf, PATCH_BODY, PUT_BODY, readActive, snapshotOf, userBody } from './scim-users.cts';
import type { ScimAccount, ScimAttributes, ScimHabits } from './scim-users.cts';
import { SEED } from './seed.cts';
import { startServer, type Service, type Simulator } from './server.cts';

/** A running SCIM simulator. */
export interface ScimSimulator extends Simulator {
	/** Its habits from now on; after a reset it has none. */
	behave(habits: ScimHabits): void;
	/** What it knows of a user, so that a test sees what a change took away. */
	attributesOf(id: string): ScimAttributes | undefined;
}

interface Caller {
	readonly mayRead: boolean;
	readonly mayChange: boolean;
	/** The precondition of a change. */
	readonly ifMatch: string | undefined;
}

const { secrets } = SEED.scim;
/** What is shown without `count`. */
const DEFAULT_COUNT = 100;

const USER_PARAMS = z.strictObject({ id: z.string().min(1) });
const WHOLE_NUMBER = z
	.string()
	.regex(/^-?\d{1,9}$/)
	.transform(Number);
const LIST_QUERY = z.strictObject({
	filter: z.string().optional(),
	startIndex: WHOLE_NUMBER.optional(),
	count: WHOLE_NUMBER.optional(),
});

/** SCIM 2.0. https://www.rfc-editor.org/rfc/rfc7644 */
export async function startScim(options: Options<ScimAccount> = {}): Promise<ScimSimulator> {
	const app = new App(options);
	const simulator = await startServer(app, options);
	return Object.assign(simulator, {
		behave: (habits: ScimHabits) => void (app.habits = habits),
		attributesOf: (id: string) => app.store.get(id)?.attributes,
	});
}

/** The users of one app. */
class App implements Service {
	readonly name = 'scim';
	readonly basePath = '/scim/v2';
	readonly store: AccountStore<ScimAccount>;
	habits: ScimHabits = {};

	constructor(options: Options<ScimAccount>) {
		const seed = seedOf<ScimAccount>(options, SEED.scim.accounts, CROWD.scim);
		this.store = new AccountStore(seed, snapshotOf);
	}

	readonly authenticate = (request: IncomingRequest): Caller => {
		const token = bearerToken(request);
		const isKnown = Object.values(secrets).some((known) => known === token);
		if (!isKnown) throw refusal(401, 'The token is missing or not valid');
		return {
			mayRead: token !== secrets.withoutReading,
			mayChange: token !== secrets.withoutPermission,
			ifMatch: request.headers['if-match'],
		};
	};

	readonly routes = routesOf(this);
	readonly limitedAnswer = limitedAnswer;
	readonly violationAnswer = violationAnswer;

	reset(): void {
		this.habits = {};
	}

	/** https://www.rfc-editor.org/rfc/rfc7643#section-5 */
	config(): Answer {
		const { config, patch, filter, etags, maxCount = 1000 } = this.habits;
		if (config === 'missing') return failure(404, 'Not found');
		const supported = (isSupported: boolean) => ({ supported: isSupported });
		return scimAnswer(200, {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
			patch: supported(patch !== 'unsupported'),
			bulk: { ...supported(false), maxOperations: 0, maxPayloadSize: 0 },
			filter: { ...supported(filter !== 'unsupported'), maxResults: maxCount },
			changePassword: supported(false),
			sort: supported(false),
			etag: supported(etags === 'required'),
			authenticationSchemes: [
				{ type: 'oauthbearertoken', name: 'Bearer', description: 'A token of the app' },
			],
		});
	}

	/** https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2 */
	list({ mayRead }: Caller, { filter, startIndex, count }: z.output<typeof LIST_QUERY>): Answer {
		const fits = filterOf(filter, this.habits);
		const found = this.store
			.all()
			.filter((account) => mayRead && !account.isRemoved && fits(account));
		const start = Math.max(1, startIndex ?? 1);
		const { maxCount = Infinity } = this.habits;
		const size = Math.min(Math.max(0, count ?? DEFAULT_COUNT), maxCount);
		const page = found.slice(start - 1, start - 1 + size);
		return scimAnswer(200, {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
			totalResults: found.length,
			startIndex: start,
			itemsPerPage: page.length,
			// RFC 7644: required only if there are results, on this page or on others.
			...(found.length > 0 && { Resources: page.map((account) => this.bodyOf(account)) }),
		});
	}

	patch(
		caller: Caller,
		id: string,
		[operation]: ReturnType<typeof PATCH_BODY>['Operations'],
	): Answer {
		const { patch } = this.habits;
		if (patch === 'unsupported') throw refusal(501, 'PATCH is not implemented');
		const account = this.changeable(caller, id);
		const hasPath = 'path' in operation;
		if (patch === (hasPath ? 'withoutPathOnly' : 'withPathOnly')) {
			throw refusal(400, 'The operation has the wrong form', 'invalidSyntax');
		}
		const value: unknown = hasPath
			? operation.value
			: (operation.value as { active?: unknown }).active;
		const active = this.activeIn(value);
		return patch === 'ignored' ? this.answerFor(account) : this.change(account, { active });
	}

	/** What is not sent is gone: https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1 */
	put(caller: Caller, id: string, sent: ReturnType<typeof PUT_BODY>): Answer {
		const account = this.changeable(caller, id);
		const facts = { ...sent, active: this.activeIn(sent.active) };
		return this.habits.put === 'ignored' ? this.answerFor(account) : this.change(account, facts);
	}

	find({ mayRead }: Caller, id: string): ScimAccount {
		const account = this.store.get(id);
		if (!account || account.isRemoved || !mayRead) throw refusal(404, `User ${id} not found`);
		return account;
	}

	private changeable(caller: Caller, id: string): ScimAccount {
		if (!caller.mayChange) throw refusal(403, 'The token may not change users');
		const account = this.find(caller, id);
		const { etags } = this.habits;
		// RFC 6585, section 3.
		if (etags === 'required' && caller.ifMatch === undefined) throw refusal(428, 'Send If-Match');
		// Without support no ETag matches: they are compared strongly (RFC 9110, section 13.1.1).
		const matches = etags === 'required' && caller.ifMatch === etagOf(account);
		if (caller.ifMatch !== undefined && !matches) throw refusal(412, 'The resource has changed');
		return account;
	}

	private activeIn(value: unknown): boolean {
		const active = readActive(value, this.habits);
		if (active === undefined) throw refusal(400, 'active must be a boolean', 'invalidValue');
		return active;
	}

	private change(account: ScimAccount, facts: Partial<ScimAccount>): Answer {
		const isRemoved = this.habits.deactivated === 'removed' && facts.active === false;
		this.store.update(account, { ...facts, isRemoved, version: account.version + 1 });
		return isRemoved ? { status: 204 } : this.answerFor(account);
	}

	answerFor(account: ScimAccount): Answer {
		const etag = this.habits.etags === undefined ? undefined : { etag: etagOf(account) };
		return scimAnswer(200, this.bodyOf(account), etag);
	}

	private bodyOf(account: ScimAccount): object {
		const location = `${this.basePath}/Users/${encodeURIComponent(account.id)}`;
		return userBody(account, location, this.habits);
	}
}

function routesOf(app: App): Route[] {
	const on = routesFor(app.authenticate);
	const byId = { params: USER_PARAMS };
	return [
		// Discovery asks for no token: RFC 7644, section 4.
		routesFor(() => undefined)('GET /ServiceProviderConfig', () => app.config()),
		on('GET /Users', ({ caller, query }) => app.list(caller, query), { query: LIST_QUERY }),
		on('GET /Users/{id}', ({ caller, params }) => app.answerFor(app.find(caller, params.id)), byId),
		on(
			'PATCH /Users/{id}',
			({ caller, params, body }) => app.patch(caller, params.id, body.Operations),
			{ ...byId, body: PATCH_BODY },
		),
		on('PUT /Users/{id}', ({ caller, params, body }) => app.put(caller, params.id, body), {
			...byId,
			body: PUT_BODY,
		}),
	];
}
