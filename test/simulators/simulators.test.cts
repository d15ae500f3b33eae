import { SEED, SERVICE_NAMES, STAFF, startSimulators } from './index.cts';
import type { ServiceName, Simulators } from './index.cts';

interface Sent {
	readonly method: string;
	readonly path: string;
	readonly body?: unknown;
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const workspace: Sent = {
	method: 'POST',
	path: '/user-management/v1/deactivate-user',
	body: { email: STAFF.leaver.email },
};

/** How the leaver is deactivated at each service. */
const DEACTIVATE: Record<ServiceName, Sent> = {
	langdock: workspace,
	odeus: workspace,
	aitronos: {
		method: 'POST',
		path: `/v1/organizations/${SEED.aitronos.organizationId}/users/usr_kim/deactivate`,
		body: { transfer_resources_to_department_id: SEED.aitronos.departments.transferTarget },
	},
	zitadel: {
		method: 'POST',
		path: `/v2/users/${SEED.zitadel.accounts.leaver.userId}/deactivate`,
		body: {},
	},
	awork: { method: 'POST', path: `/users/${SEED.awork.accounts.leaver.id}/deactivate` },
	scim: {
		method: 'PATCH',
		path: `/Users/${encodeURIComponent(SEED.scim.accounts.leaver.id)}`,
		body: {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			Operations: [{ op: 'replace', path: 'active', value: false }],
		},
	},
};

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterAll(async () => await simulators.close());

async function send(name: ServiceName, { method, path, body }: Sent, key: string): Promise<number> {
	const headers = name === 'aitronos' ? { 'x-api-key': key } : bearer(key);
	const response = await fetch(`${simulators[name].baseUrl}${path}`, {
		method,
		headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return response.status;
}

it.each(SERVICE_NAMES)(
	'%s deactivates, refuses, reports what is wrong, and resets',
	async (name) => {
		const key = SEED[name].secrets.valid;
		const simulator = simulators[name];
		const stateOf = () => simulator.account(STAFF.leaver.email)?.state;

		expect(await send(name, DEACTIVATE[name], 'unknown')).toBe(401);
		expect(stateOf()).toBe('active');
		expect(await send(name, DEACTIVATE[name], key)).toBe(name === 'awork' ? 204 : 200);
		expect(stateOf()).toBe('deactivated');
		expect(simulator.violations).toEqual([]);
		await send(name, { ...DEACTIVATE[name], body: { force: true } }, key);
		await send(name, { method: 'POST', path: '/no/such/path', body: {} }, key);
		expect(simulator.violations).toHaveLength(2);
		simulator.reset();
		expect([stateOf(), simulator.requests]).toEqual(['active', []]);
	},
);
