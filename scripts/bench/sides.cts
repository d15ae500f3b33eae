import { ADDRESS_PATTERN, API_KEY } from './place.cts';
import type { Conditions } from './place.cts';
import type { Turn, TurnNode } from './turns.cts';
import { judge } from './verdict.cts';

/** One way to deactivate many people in n8n, at one service. */
export interface Side {
	/** For people. */
	readonly title: string;
	node(baseUrl: string): TurnNode;
	/**
	 * Whether an item that comes out says that the account of this address is deactivated.
	 * @param isUnknowable whether the answer to the request that deactivated it got lost
	 */
	says(item: unknown, email: string, isUnknowable: boolean): boolean;
}

const WARM_UP_USERS = 500;

/** A side that works on so many people, at a service that is like that. */
export function turn(side: Side, users: number, conditions: Conditions): Turn {
	return {
		title: side.title,
		users,
		open({ service }, { name, isWarmUp }) {
			const count = isWarmUp ? Math.min(users, WARM_UP_USERS) : users;
			const place = service.open(name, count, isWarmUp ? { latencyMs: 0 } : conditions);
			return {
				people: { count, pattern: ADDRESS_PATTERN },
				node: side.node(place.baseUrl),
				judge: (items) => judge(side, name, items, place),
			};
		},
	};
}

const EMAIL = '={{ $json.email }}';

const langdockCredential = (baseUrl: string) => ({
	langdockAdminApi: { baseUrl, apiKey: API_KEY },
});

/** @param options as people choose them in the editor: those that are not given have their defaults */
export function ours(
	title: string,
	options: { parallelRequests?: number; ifAlreadyDeactivated?: 'succeed' } = {},
): Side {
	return {
		title: `ours, ${title}`,
		node: (baseUrl) => ({
			type: 'n8n-nodes-offboarding.langdock',
			typeVersion: 1,
			parameters: {
				operation: 'deactivate',
				email: EMAIL,
				// The default limit is there to stop what happens here.
				options: { safetyLimit: 0, ...options },
			},
			credentials: langdockCredential(baseUrl),
		}),
		says: (item, email, isUnknowable) =>
			has(item, { outcome: 'deactivated', changed: true, email }) ||
			(isUnknowable && has(item, { outcome: 'alreadyDeactivated', changed: false, email })),
	};
}

export const byDefault = ours('default options');

const saysSuccess = (item: unknown) => has(item, { status: 'success' });

/** The thinnest node there can be. */
export function thin(parallelRequests: number): Side {
	return {
		title: `thinnest node, ${parallelRequests} in parallel`,
		node: (baseUrl) => ({
			type: 'n8n-nodes-bench.thin',
			typeVersion: 1,
			parameters: { email: EMAIL, parallelRequests },
			credentials: langdockCredential(baseUrl),
		}),
		says: saysSuccess,
	};
}

/** Default options, and all items at once. */
export const httpRequest: Side = {
	title: 'HTTP Request of n8n',
	node: (baseUrl) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url: `${baseUrl}/user-management/v1/deactivate-user`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ { "email": $json.email } }}',
			options: {},
		},
		credentials: { httpHeaderAuth: { name: 'Authorization', value: `Bearer ${API_KEY}` } },
	}),
	says: saysSuccess,
};

/** Whether an item has these values, and possibly more. */
export function has(item: unknown, facts: object): boolean {
	const fields = new Map(Object.entries(item ?? {}));
	return Object.entries(facts).every(([key, value]) => fields.get(key) === value);
}
