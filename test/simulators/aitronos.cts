import { z } from 'zod';
import { AccountStore, isLast } from './accounts.cts';
import { authenticate, limitedAnswer, refusal, violationAnswer } from './aitronos-callers.cts';
import type { Caller } from './aitronos-callers.cts';
import { isActiveOwner, memberBody, MEMBER_LIST_BODY, memberPage } from './aitronos-members.cts';
import { snapshotOf, userBody, type AitronosAccount } from './aitronos-members.cts';
import { DEPARTMENTS, isDepartment, ORGANIZATION_LIST_QUERY } from './aitronos-organization.cts';
import { ORGANIZATIONS } from './aitronos-organization.cts';
import type { Answer } from './answers.cts';
import { CROWD, seedOf, type Options } from './people.cts';
import { jsonBody, routesFor, type Route } from './routes.cts';
import { SEED } from './seed.cts';
import { startServer, type Service, type Simulator } from './server.cts';

const { organizationId } = SEED.aitronos;

/** A well-formed organization; no credential has access to another than the seeded one. */
const OWN_ORGANIZATION = z
	.string()
	.regex(/^org_[\w-]+$/)
	.transform((id) => {
		if (id === organizationId) return id;
		throw refusal(403, 'ORGANIZATION_ACCESS_DENIED', 'No access to this organization');
	});
const ORGANIZATION_PARAMS = z.object({ organizationId: OWN_ORGANIZATION }).strict();
const MEMBER_PARAMS = ORGANIZATION_PARAMS.extend({
	userId: z.string().regex(/^usr_[\w-]+$/),
}).strict();

const DEACTIVATE_BODY = jsonBody(
	z.object({ transfer_resources_to_department_id: z.string().regex(/^dept_[\w-]+$/) }).strict(),
);

/** Aitronos's API. https://docs.aitronos.com/docs/api-reference/users/deactivate */
export async function startAitronos(options: Options<AitronosAccount> = {}): Promise<Simulator> {
	return await startServer(new Organization(options), options);
}

/** The seeded organization and its members. */
class Organization implements Service {
	readonly name = 'aitronos';
	readonly basePath = '';
	readonly routes = [...memberRoutes(this), ...otherRoutes(this)];
	readonly violationAnswer = violationAnswer;
	readonly limitedAnswer = limitedAnswer;
	readonly store: AccountStore<AitronosAccount>;

	constructor(options: Options<AitronosAccount>) {
		const seed = seedOf<AitronosAccount>(options, SEED.aitronos.accounts, CROWD.aitronos);
		this.store = new AccountStore(seed, snapshotOf);
	}

	find(userId: string): AitronosAccount {
		const account = this.store.get(userId);
		if (account) return account;
		// The code is likely, not documented: section 6.
		throw refusal(404, 'USER_NOT_FOUND', 'User not found', { user_id: userId });
	}

	// The order of the checks is not documented: from the caller to the account.
	deactivate(
		caller: Caller,
		userId: string,
		{ transfer_resources_to_department_id: target }: ReturnType<typeof DEACTIVATE_BODY>,
	): Answer {
		this.requireManager(caller);
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
		if (isLast(account, this.store.all(), isActiveOwner)) {
			throw refusal(403, 'CANNOT_REMOVE_LAST_OWNER', 'The last owner cannot be deactivated');
		}
		return this.changed(account, 'deactivated');
	}

	/** The right that it takes is not documented (section 7): the same as for deactivate. */
	reactivate(caller: Caller, userId: string): Answer {
		this.requireManager(caller);
		const account = this.find(userId);
		if (account.state !== 'deactivated') {
			throw refusal(422, 'USER_NOT_DEACTIVATED', 'User is not deactivated', { user_id: userId });
		}
		return this.changed(account, 'active');
	}

	/** Bearer tokens only: a key belongs to nobody (section 2). The form of the answer is a guess. */
	me({ userId }: Caller): Answer {
		if (userId === undefined) throw refusal(401, 'AUTHENTICATION_REQUIRED', 'A user is required');
		const { fullName, email, userName } = this.find(userId);
		const body = { id: userId, full_name: fullName, email, user_name: userName };
		return { status: 200, body };
	}

	private requireManager({ mayManage }: Caller): void {
		if (!mayManage) {
			throw refusal(403, 'INSUFFICIENT_PERMISSIONS', 'Capability deactivate_users is required');
		}
	}

	private changed(account: AitronosAccount, state: 'active' | 'deactivated'): Answer {
		this.store.update(account, { state });
		return { status: 200, body: userBody(account, organizationId) };
	}
}

function memberRoutes(organization: Organization): Route[] {
	const on = routesFor(authenticate);
	const users = '/v1/organizations/{organizationId}/users' as const;
	return [
		on(`POST ${users}`, ({ body }) => memberPage(organization.store, body), {
			params: ORGANIZATION_PARAMS,
			body: MEMBER_LIST_BODY,
		}),
		on(
			`GET ${users}/{userId}`,
			({ params }) => ({ status: 200, body: memberBody(organization.find(params.userId)) }),
			{
				params: MEMBER_PARAMS,
			},
		),
		on(
			`POST ${users}/{userId}/deactivate`,
			({ caller, params, body }) => organization.deactivate(caller, params.userId, body),
			{ params: MEMBER_PARAMS, body: DEACTIVATE_BODY },
		),
		on(
			`POST ${users}/{userId}/reactivate`,
			({ caller, params }) => organization.reactivate(caller, params.userId),
			{ params: MEMBER_PARAMS },
		),
	];
}

function otherRoutes(organization: Organization): Route[] {
	const on = routesFor(authenticate);
	return [
		on('GET /v1/user/me', ({ caller }) => organization.me(caller)),
		// https://docs.aitronos.com/docs/api-reference/authentication/validate-token
		on('GET /v1/auth/validate', () => ({
			status: 200,
			body: { is_valid: true, error: null, requires_reconnect: false },
		})),
		on('GET /v1/organizations', () => ({ status: 200, body: ORGANIZATIONS }), {
			query: ORGANIZATION_LIST_QUERY,
		}),
		on(
			'GET /v1/organizations/{organizationId}/departments',
			() => ({ status: 200, body: DEPARTMENTS }),
			{ params: ORGANIZATION_PARAMS },
		),
	];
}
