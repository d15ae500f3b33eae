import { z } from 'zod';
import { AccountStore } from './accounts.cts';
import { limitedAnswer, refusal, violationAnswer } from './aitronos-answers.cts';
import { authenticate, refusalOf } from './aitronos-callers.cts';
import type { Caller } from './aitronos-callers.cts';
import {
	isLastOwner,
	memberBody,
	MEMBER_LIST_BODY,
	memberPage,
	snapshotOf,
	userBody,
} from './aitronos-members.cts';
import type { AitronosAccount, MemberForm, MemberRules } from './aitronos-members.cts';
import {
	DEPARTMENTS,
	isDepartment,
	ORGANIZATION_LIST_QUERY,
	organizationBody,
	organizationList,
} from './aitronos-organization.cts';
import type { OrganizationListForm } from './aitronos-organization.cts';
import { Refusal } from './answers.cts';
import type { Answer } from './answers.cts';
import { CROWD, seedOf } from './crowd.cts';
import type { SeedOptions } from './crowd.cts';
import { jsonBody, NO_FIELDS, noBody, route } from './routes.cts';
import type { Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer } from './server.cts';
import type { ServerOptions, Service, Simulator } from './server.cts';

/** How an Aitronos simulator is set up. The knobs are for what is unknown or contradictory. */
export interface AitronosOptions extends ServerOptions, SeedOptions<AitronosAccount> {
	/** What `auth/validate` says to a bad key: unknown (section 8.2), so both can be had. */
	readonly validateBadKey?: 'unauthorized' | 'invalidBody';
	/** `{users, total_users_count}` with `status` by default, or `{members, total}` (section 4). */
	readonly memberForm?: MemberForm;
	/** `InvitationSent` by default. */
	readonly inviteeStatus?: MemberRules['inviteeStatus'];
	/** Who may list members: every credential by default, or only one that may manage. */
	readonly membersListedBy?: 'anyone' | 'managers';
	/** A bare array by default, or wrapped under this name. */
	readonly organizationListForm?: OrganizationListForm;
}

/** A running Aitronos simulator. */
export interface AitronosSimulator extends Simulator {
	/**
	 * How often somebody listed the organizations, which has a side effect: it grants the caller
	 * access to organizations that match the e-mail domain (reference, section 2).
	 */
	organizationListings(): number;
}

const { organizationId } = SEED.aitronos;

const ORGANIZATION_PARAMS = z.object({ organizationId: z.string().regex(/^org_[\w-]+$/) }).strict();
const MEMBER_PARAMS = ORGANIZATION_PARAMS.extend({
	userId: z.string().regex(/^usr_[\w-]+$/),
}).strict();

const DEACTIVATE_BODY = jsonBody(
	z.object({ transfer_resources_to_department_id: z.string().regex(/^dept_[\w-]+$/) }).strict(),
);

/** Aitronos's API. https://docs.aitronos.com/docs/api-reference/users/deactivate */
export async function startAitronos(options: AitronosOptions = {}): Promise<AitronosSimulator> {
	const organization = new Organization(options);
	const simulator = await startServer(aitronosService(organization, options), options);
	return Object.assign(simulator, { organizationListings: () => organization.listings });
}

/** The seeded organization and its members. */
class Organization {
	/** How often the list of organizations was asked for. */
	listings = 0;
	readonly store: AccountStore<AitronosAccount>;
	readonly rules: MemberRules;

	constructor(private readonly options: AitronosOptions) {
		const seed = seedOf<AitronosAccount>(options, SEED.aitronos.accounts, CROWD.aitronos);
		this.store = new AccountStore(seed, ({ userId }) => userId);
		this.rules = {
			form: options.memberForm ?? 'users',
			inviteeStatus: options.inviteeStatus ?? 'InvitationSent',
		};
	}

	find(userId: string): AitronosAccount {
		const account = this.store.get(userId);
		if (account && !account.isRemoved) return account;
		// The code is likely, not documented: section 6.
		throw refusal(404, 'USER_NOT_FOUND', 'User not found', { user_id: userId });
	}

	// The order of the checks is not documented: from the caller to the account.
	deactivate(caller: Caller, userId: string, target: string): Answer {
		requireManager(caller);
		const account = this.find(userId);
		if (!isDepartment(target)) {
			throw refusal(404, 'DEPARTMENT_NOT_FOUND', 'Department not found');
		}
		if (account.state === 'deactivated') {
			throw refusal(422, 'USER_ALREADY_DEACTIVATED', 'User is already deactivated', {
				user_id: userId,
			});
		}
		// No rule is documented for deactivate; the other endpoints protect the last owner: section 7.
		if (isLastOwner(account, this.store.all())) {
			throw refusal(403, 'CANNOT_REMOVE_LAST_OWNER', 'The last owner cannot be deactivated');
		}
		account.state = 'deactivated';
		return { status: 200, body: userBody(account, organizationId) };
	}

	/** The right that it takes is not documented (section 7): the same as for deactivate. */
	reactivate(caller: Caller, userId: string): Answer {
		requireManager(caller);
		const account = this.find(userId);
		if (account.state !== 'deactivated') {
			throw refusal(422, 'USER_NOT_DEACTIVATED', 'User is not deactivated', { user_id: userId });
		}
		account.state = 'active';
		return { status: 200, body: userBody(account, organizationId) };
	}

	requireLister(caller: Caller): void {
		if (this.options.membersListedBy === 'managers') requireManager(caller);
	}

	reset(): void {
		this.store.reset();
		this.listings = 0;
	}
}

function aitronosService(organization: Organization, options: AitronosOptions): Service {
	return {
		name: 'aitronos',
		basePath: '',
		routes: [...memberRoutes(organization), ...otherRoutes(organization, options)],
		violationAnswer,
		limitedAnswer,
		accounts: () =>
			organization.store
				.all()
				.filter(({ isRemoved }) => !isRemoved)
				.map(snapshotOf),
		reset: () => organization.reset(),
	};
}

function memberRoutes(organization: Organization): Route[] {
	return [
		route({
			method: 'POST',
			path: '/v1/organizations/{organizationId}/users',
			authenticate,
			params: ORGANIZATION_PARAMS,
			query: NO_FIELDS,
			body: MEMBER_LIST_BODY,
			handle: ({ caller, params, body }) => {
				requireOwnOrganization(params.organizationId);
				organization.requireLister(caller);
				return {
					status: 200,
					body: memberPage(organization.store.all(), body, organization.rules),
				};
			},
		}),
		route({
			method: 'GET',
			path: '/v1/organizations/{organizationId}/users/{userId}',
			authenticate,
			params: MEMBER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ params }) => {
				requireOwnOrganization(params.organizationId);
				const account = organization.find(params.userId);
				return { status: 200, body: memberBody(account, organization.rules) };
			},
		}),
		route({
			method: 'POST',
			path: '/v1/organizations/{organizationId}/users/{userId}/deactivate',
			authenticate,
			params: MEMBER_PARAMS,
			query: NO_FIELDS,
			body: DEACTIVATE_BODY,
			handle: ({ caller, params, body }) => {
				requireOwnOrganization(params.organizationId);
				const target = body.transfer_resources_to_department_id;
				return organization.deactivate(caller, params.userId, target);
			},
		}),
		route({
			method: 'POST',
			path: '/v1/organizations/{organizationId}/users/{userId}/reactivate',
			authenticate,
			params: MEMBER_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller, params }) => {
				requireOwnOrganization(params.organizationId);
				return organization.reactivate(caller, params.userId);
			},
		}),
	];
}

function otherRoutes(organization: Organization, options: AitronosOptions): Route[] {
	return [
		route({
			method: 'GET',
			path: '/v1/auth/validate',
			authenticate: (request) =>
				options.validateBadKey === 'invalidBody' ? refusalOf(request) : authenticate(request),
			params: NO_FIELDS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ caller }) => validation(caller instanceof Refusal ? 'Invalid API key' : null),
		}),
		route({
			method: 'GET',
			path: '/v1/organizations',
			authenticate,
			params: NO_FIELDS,
			query: ORGANIZATION_LIST_QUERY,
			body: noBody,
			handle: ({ query }) => {
				organization.listings += 1;
				return {
					status: 200,
					body: organizationList(query, options.organizationListForm ?? 'array'),
				};
			},
		}),
		route({
			method: 'GET',
			path: '/v1/organizations/{organizationId}',
			authenticate,
			params: ORGANIZATION_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ params }) => {
				requireOwnOrganization(params.organizationId);
				return { status: 200, body: organizationBody() };
			},
		}),
		route({
			method: 'GET',
			path: '/v1/organizations/{organizationId}/departments',
			authenticate,
			params: ORGANIZATION_PARAMS,
			query: NO_FIELDS,
			body: noBody,
			handle: ({ params }) => {
				requireOwnOrganization(params.organizationId);
				return { status: 200, body: DEPARTMENTS };
			},
		}),
	];
}

function requireOwnOrganization(organization: string): void {
	if (organization !== organizationId) {
		throw refusal(403, 'ORGANIZATION_ACCESS_DENIED', 'No access to this organization');
	}
}

function requireManager({ mayManage }: Caller): void {
	if (!mayManage) {
		throw refusal(403, 'INSUFFICIENT_PERMISSIONS', 'Capability deactivate_users is required');
	}
}

/** https://docs.aitronos.com/docs/api-reference/authentication/validate-token */
function validation(error: string | null): Answer {
	return { status: 200, body: { is_valid: error === null, error, requires_reconnect: false } };
}
