/** The type of a node and its parameters, as in a workflow. */
export interface SideNode {
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: object;
	/** The credential that it takes. */
	readonly credential: 'langdockAdminApi' | 'httpHeaderAuth';
}

/** One way to deactivate many people in n8n. */
export interface Side {
	/** For people. */
	readonly title: string;
	readonly node: (baseUrl: string) => SideNode;
	/** Whether an item that comes out says that the account of this address is deactivated. */
	readonly says: (item: unknown, email: string) => boolean;
}

const EMAIL = '={{ $json.email }}';

/** @param options for people in the editor: those that are not given have their defaults */
function ours(title: string, options: { readonly parallelRequests?: number }): Side {
	return {
		title,
		node: () => ({
			type: 'n8n-nodes-offboarding.langdock',
			typeVersion: 1,
			// The default limit is there to stop what happens here.
			parameters: {
				operation: 'deactivate',
				email: EMAIL,
				options: { safetyLimit: 0, ...options },
			},
			credential: 'langdockAdminApi',
		}),
		says: (item, email) => has(item, { outcome: 'deactivated', changed: true, email }),
	};
}

function other(title: string, node: Side['node']): Side {
	return { title, node, says: (item) => has(item, { status: 'success' }) };
}

function thin(title: string, parallelRequests: number): Side {
	return other(title, () => ({
		type: 'n8n-nodes-bench.thin',
		typeVersion: 1,
		parameters: { email: EMAIL, parallelRequests },
		credential: 'langdockAdminApi',
	}));
}

/** Default options, and all items at once. */
const httpRequest = other('HTTP Request of n8n', (baseUrl) => ({
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
	credential: 'httpHeaderAuth',
}));

/** Whoever is measured, by the name that the results have. */
export const SIDES = {
	ours: ours('ours, default options (10 in parallel)', {}),
	ours50: ours('ours, 50 in parallel', { parallelRequests: 50 }),
	httpRequest,
	sequential: thin('one after the other', 1),
	thin10: thin('thinnest node, 10 in parallel', 10),
	thin50: thin('thinnest node, 50 in parallel', 50),
} as const satisfies Record<string, Side>;

export type SideName = keyof typeof SIDES;

function has(item: unknown, facts: object): boolean {
	const fields = new Map(Object.entries(item ?? {}));
	return Object.entries(facts).every(([key, value]) => fields.get(key) === value);
}
