import { ADDRESS_PATTERN, API_KEY, BenchService } from './service.cts';
import type { Conditions, Says } from './service.cts';
import type { Turn, TurnNode } from './turns.cts';

/** One way to deactivate many people in n8n, at one service. */
export interface Side {
	node(baseUrl: string): TurnNode;
	readonly says: Says;
}

const WARM_UP_USERS = 500;

/** A side that works on so many people, at a service that is like that. */
export function turn({ node, says }: Side, users: number, conditions: Conditions): Turn {
	return {
		users,
		async open(isWarmUp) {
			const count = isWarmUp ? Math.min(users, WARM_UP_USERS) : users;
			const { service, baseUrl } = await BenchService.start(
				count,
				isWarmUp ? { latencyMs: 0 } : conditions,
			);
			return {
				people: { count, pattern: ADDRESS_PATTERN },
				nodes: [node(baseUrl)],
				credentials: {
					langdockAdminApi: { baseUrl, apiKey: API_KEY },
					httpHeaderAuth: { name: 'Authorization', value: `Bearer ${API_KEY}` },
				},
				judge: (items) => service.judge(says, items),
			};
		},
	};
}

const EMAIL = '={{ $json.email }}';

/** @param options as people choose them in the editor: those that are not given have their defaults */
export function ours(
	options: { parallelRequests?: number; ifAlreadyDeactivated?: 'succeed' } = {},
): Side {
	return {
		node: () => ({
			type: 'n8n-nodes-offboarding.langdock',
			parameters: {
				operation: 'deactivate',
				email: EMAIL,
				// The default limit is there to stop what happens here.
				options: { safetyLimit: 0, ...options },
			},
		}),
		says: (item, email, isUnknowable) =>
			has(item, { outcome: 'deactivated', changed: true, email }) ||
			(isUnknowable && has(item, { outcome: 'alreadyDeactivated', changed: false, email })),
	};
}

export const byDefault = ours();

const saysSuccess = (item: unknown) => has(item, { status: 'success' });

/** The thinnest node there can be. */
export function thin(parallelRequests: number): Side {
	return {
		node: () => ({
			type: 'n8n-nodes-bench.thin',
			parameters: { email: EMAIL, parallelRequests },
		}),
		says: saysSuccess,
	};
}

/** HTTP Request of n8n, with a header for the credential and these parameters. */
export const request = (parameters: object): TurnNode => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.5,
	parameters: {
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		options: {},
		...parameters,
	},
});

/** Default options, and all items at once. */
export const httpRequest: Side = {
	node: (baseUrl) =>
		request({
			method: 'POST',
			url: `${baseUrl}/user-management/v1/deactivate-user`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ { "email": $json.email } }}',
		}),
	says: saysSuccess,
};

/** Whether an item has these values, and possibly more. */
export function has(item: unknown, facts: object): boolean {
	const fields = new Map(Object.entries(item ?? {}));
	return Object.entries(facts).every(([key, value]) => fields.get(key) === value);
}
