import { bearer, send } from './client.cts';
import type { Sent } from './client.cts';
import { SEED, STAFF, startAwork } from './index.cts';
import type { AworkOptions, AworkSimulator } from './index.cts';

const { secrets, accounts, unknownUserId } = SEED.awork;
const ALL = Object.values(accounts).length;

interface User {
	readonly id: string;
	readonly firstName: string;
	readonly userContactInfos: ReadonlyArray<{ type: string; value: string }> | null;
}

describe('awork', () => {
	let simulator: AworkSimulator;

	const start = async (options: AworkOptions = {}) => {
		simulator = await startAwork(options);
	};
	const call = (method: string, path: string, changes: Partial<Sent> = {}) =>
		send(simulator.baseUrl, { method, path, headers: bearer(secrets.valid), ...changes });
	const list = async (query: string, key: string = secrets.valid) => {
		const received = await call('GET', `/users?${query}`, { headers: bearer(key) });
		return { ...received, users: received.body as User[] };
	};

	afterEach(() => simulator.close());

	describe('list', () => {
		it('pages a bare array, and tells of it in the headers', async () => {
			await start();
			const seen: string[] = [];
			for (let page = 1; (page - 1) * 5 < ALL; page += 1) {
				const { users, headers } = await list(`page=${page}&pageSize=5&showArchived=true`);
				expect(headers.get('aw-page')).toBe(String(page));
				expect(headers.get('aw-pagesize')).toBe('5');
				expect(headers.get('aw-items')).toBe(String(users.length));
				expect(headers.get('aw-totalitems')).toBe(String(ALL));
				seen.push(...users.map(({ id }) => id));
			}
			expect(new Set(seen).size).toBe(ALL);
			expect((await list('page=99&pageSize=5')).users).toEqual([]);
			expect(simulator.violations).toEqual([]);
		});

		it('can leave the headers out', async () => {
			await start({ pagingHeaders: false });
			const { headers, users } = await list('page=1&pageSize=1000');
			expect([...headers.keys()].filter((name) => name.startsWith('aw-'))).toEqual([]);
			expect(users).toHaveLength(ALL - 1);
		});

		it('gives ten without a page size, and records that', async () => {
			await start({ crowd: 20 });
			expect((await list('page=1')).users).toHaveLength(10);
			expect(simulator.violations).toEqual([
				expect.objectContaining({ problem: expect.stringContaining('pageSize') }),
			]);
		});

		const found = (email: string) => (users: readonly User[]) =>
			users
				.filter(({ userContactInfos }) =>
					userContactInfos?.some(
						({ type, value }) => type === 'email' && value.toLowerCase() === email,
					),
				)
				.map(({ id }) => id);
		it.each([
			['one person', STAFF.leaver.email, [accounts.leaver]],
			['two with one address', STAFF.twin.email, [accounts.twin1, accounts.twin2]],
			['two but for the case', STAFF.lowerCase.email, [accounts.mixedCase, accounts.lowerCase]],
			['no archived person', STAFF.archived.email, []],
		])('has %s', async (_case, email, expected) => {
			await start();
			const { users } = await list('page=1&pageSize=1000');
			expect(found(email)(users)).toEqual(expected.map(({ id }) => id));
		});

		it('has addresses that are no e-mail addresses', async () => {
			await start();
			const { users } = await list('page=1&pageSize=1000');
			const mentions = users.filter((user) =>
				JSON.stringify(user).includes(`"${STAFF.leaver.email}"`),
			);
			expect(mentions.map(({ id }) => id)).toEqual([accounts.leaver.id, accounts.namesake.id]);
		});

		it.each([
			['firstName', ['Ada', 'Alex']],
			['firstName desc', ['Sam', 'Reporting']],
			['lastName desc,firstName', ['Alex', 'Alex']],
			['lastName,firstName desc', ['Reporting', 'Offboarding']],
		])('sorts by %s', async (orderby, names) => {
			await start();
			const { users } = await list(`page=1&pageSize=2&orderby=${encodeURIComponent(orderby)}`);
			expect(users.map(({ firstName }) => firstName)).toEqual(names);
		});

		it.each([
			['isDeactivated eq true', [accounts.deactivated.id]],
			['isDeactivated eq false', undefined],
		])('filters by %s', async (filter, ids) => {
			await start();
			const { users } = await list(`page=1&pageSize=1000&filterby=${encodeURIComponent(filter)}`);
			if (ids) expect(users.map(({ id }) => id)).toEqual(ids);
			else expect(users).toHaveLength(ALL - 2);
		});

		it.each([
			['orderby', 'firstName, lastName'],
			['orderby', 'email'],
			['filterby', "userContactInfos/any(c: c/type eq 'email' and c/value eq 'a@b.c')"],
		])('does not know every %s: %s', async (name, value) => {
			await start();
			const received = await list(`page=1&pageSize=1&${name}=${encodeURIComponent(value)}`);
			expect(received).toMatchObject({ status: 400, body: { code: 'invalid-filter-or-order' } });
			expect(simulator.violations).toEqual([]);
		});

		it('shows a key without user-master-data only itself', async () => {
			await start();
			const { users, headers } = await list('page=1&pageSize=1000', secrets.withoutMasterData);
			expect(users.map(({ id }) => id)).toEqual([accounts.apiUserWithoutMasterData.id]);
			expect(headers.get('aw-totalitems')).toBe('1');
		});

		it.each([
			['page=0&pageSize=1', 'query.page'],
			['page=1&pageSize=1001', 'query.pageSize'],
			['page=1&pageSize=x', 'query.pageSize'],
			['page=1&pageSize=1&filterBy=x', "'filterBy'"],
			['page=1&pageSize=1&showArchived=1', 'query.showArchived'],
		])('refuses and records %s', async (query, problem) => {
			await start();
			expect(await list(query)).toMatchObject({ status: 400, body: { code: 'validation-failed' } });
			expect(simulator.violations).toEqual([
				expect.objectContaining({ problem: expect.stringContaining(problem) }),
			]);
		});
	});

	describe('activate', () => {
		const activate = (userId: string, changes: Partial<Sent> = {}) =>
			call('POST', `/users/${userId}/activate`, changes);
		const { id } = accounts.deactivated;

		it('activates, and mails the person', async () => {
			await start();
			const received = await activate(id);
			expect(received).toMatchObject({ status: 204, body: undefined });
			expect(simulator.account(id)?.state).toBe('active');
			expect(simulator.activationMails()).toEqual([id]);
			const read = await call('GET', `/users/${id}`);
			expect(read.body).toMatchObject({ isDeactivated: false, deactivatedOn: null });
			expect(simulator.violations).toEqual([]);
			simulator.reset();
			expect(simulator.activationMails()).toEqual([]);
		});

		it.each([
			['an active user', accounts.leaver.id, secrets.valid, {}, 400, 'invalid-operation'],
			['an archived user', accounts.archived.id, secrets.valid, {}, 400, 'entity-archived'],
			['an unknown user', unknownUserId, secrets.valid, {}, 404, 'not-found'],
			['one too many', id, secrets.valid, { seatsLeft: false }, 400, 'insufficient-seats'],
			['a key without permission', id, secrets.withoutPermission, {}, 401, 'unauthorized'],
			['a bad key', id, 'x', {}, 401, 'workspaceid-missing'],
		])('refuses %s', async (_case, userId, key, options, status, code) => {
			await start(options);
			const before = simulator.accounts();
			const received = await activate(userId, { headers: bearer(key) });
			expect(received).toMatchObject({ status, body: { code } });
			expect(simulator.accounts()).toEqual(before);
			expect(simulator.activationMails()).toEqual([]);
			expect(simulator.violations).toEqual([]);
		});

		it('can succeed, and mail again, for an active user', async () => {
			await start({ alreadyActive: 'success' });
			expect((await activate(accounts.leaver.id)).status).toBe(204);
			expect(simulator.activationMails()).toEqual([accounts.leaver.id]);
		});

		it('takes no body', async () => {
			await start();
			expect((await activate(id, { json: {} })).status).toBe(400);
			expect(simulator.violations).toHaveLength(1);
		});
	});
});
