import { bearer, send } from './client.cts';
import { CROWD, crowdPerson, SEED, SERVICE_NAMES, STAFF, startSimulators } from './index.cts';
import type { Simulators } from './index.cts';

const COUNT = 10_000;

describe('a crowd', () => {
	let simulators: Simulators;

	beforeAll(async () => {
		simulators = await startSimulators({ crowd: COUNT });
	});
	afterAll(() => simulators.close());

	it.each(SERVICE_NAMES)('is at %s, before the staff', (name) => {
		const accounts = simulators[name].accounts();
		expect(accounts.length).toBeGreaterThan(COUNT);
		expect(new Set(accounts.map(({ id }) => id)).size).toBe(accounts.length);
		const last = crowdPerson(COUNT - 1);
		expect(accounts[COUNT - 1]).toMatchObject({ email: last.email, state: 'active' });
		expect(simulators[name].account(STAFF.leaver.email)).toEqual(accounts[COUNT]);
	});

	it('has well-formed ids that are known beforehand', () => {
		expect(simulators.zitadel.account(CROWD.zitadel(42).userId)?.email).toBe(crowdPerson(42).email);
		expect(simulators.awork.account(CROWD.awork(42).id)?.email).toBe(crowdPerson(42).email);
		expect(simulators.aitronos.account(CROWD.aitronos(42).userId)?.state).toBe('active');
		expect(CROWD.awork(COUNT - 1).id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
	});

	it('is read to the end, page by page, and by no other request', async () => {
		const seen = new Set<string>();
		for (let page = 1, total = 1; (page - 1) * 1000 < total; page += 1) {
			const { body, headers } = await send(simulators.awork.baseUrl, {
				method: 'GET',
				path: `/users?page=${page}&pageSize=1000&orderby=firstName,lastName`,
				headers: bearer(SEED.awork.secrets.valid),
			});
			total = Number(headers.get('aw-totalitems'));
			for (const { id } of body as Array<{ id: string }>) seen.add(id);
		}
		// Archived users are not listed.
		expect(seen.size).toBe(COUNT + Object.keys(SEED.awork.accounts).length - 1);
		expect(simulators.awork.requests).toHaveLength(11);
	});

	it('is paged at ZITADEL and Aitronos', async () => {
		const zitadel = await send(simulators.zitadel.baseUrl, {
			method: 'POST',
			path: '/v2/users',
			headers: bearer(SEED.zitadel.secrets.valid),
			json: {
				query: { offset: '9900', limit: 100, asc: true },
				sortingColumn: 'USER_FIELD_NAME_DISPLAY_NAME',
			},
		});
		expect((zitadel.body as { result: unknown[] }).result).toHaveLength(100);
		const aitronos = await send(simulators.aitronos.baseUrl, {
			method: 'POST',
			path: `/v1/organizations/${SEED.aitronos.organizationId}/users`,
			headers: { 'x-api-key': SEED.aitronos.secrets.valid },
			json: { skip: COUNT, take: 100, search_term: 'example.org' },
		});
		expect(aitronos.body).toMatchObject({
			users: expect.arrayContaining([expect.objectContaining({ email: STAFF.leaver.email })]),
		});
	});

	it('is back after a reset', () => {
		simulators.reset();
		for (const name of SERVICE_NAMES) {
			expect(simulators[name].accounts().length).toBeGreaterThan(COUNT);
		}
	});
});
