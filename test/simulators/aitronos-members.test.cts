import { bearer, send } from './client.cts';
import type { Sent } from './client.cts';
import { SEED, STAFF, startAitronos } from './index.cts';
import type { AitronosOptions, AitronosSimulator } from './index.cts';

const { secrets, accounts, organizationId, departments } = SEED.aitronos;
const ORGANIZATION = `/v1/organizations/${organizationId}`;
const FOREIGN = `/v1/organizations/${SEED.aitronos.foreignOrganizationId}`;
const apiKey = (key: string) => ({ 'x-api-key': key });
const { leaver, namesake, removed, deactivated, invitee } = accounts;

describe('aitronos', () => {
	let simulator: AitronosSimulator;

	const start = async (options: AitronosOptions = {}) => {
		simulator = await startAitronos(options);
	};
	const call = (method: string, path: string, changes: Partial<Sent> = {}) =>
		send(simulator.baseUrl, { method, path, headers: apiKey(secrets.valid), ...changes });
	const list = (json: object, changes: Partial<Sent> = {}) =>
		call('POST', `${ORGANIZATION}/users`, { json, ...changes });

	afterEach(() => simulator.close());

	describe('reactivate', () => {
		const reactivate = (userId: string, changes: Partial<Sent> = {}) =>
			call('POST', `${ORGANIZATION}/users/${userId}/reactivate`, changes);

		it('reactivates, and says so the second time', async () => {
			await start();
			const { userId } = deactivated;
			const body = { id: userId, account_state: 'active', organization_id: organizationId };
			expect(await reactivate(userId)).toMatchObject({ status: 200, body });
			expect(simulator.account(userId)?.state).toBe('active');
			expect(await reactivate(userId)).toMatchObject({
				status: 422,
				body: { error: { code: 'USER_NOT_DEACTIVATED', details: { user_id: userId } } },
			});
			expect(simulator.violations).toEqual([]);
		});

		it.each<[string, number, string, string, Partial<Sent>]>([
			['an invitee', 422, 'USER_NOT_DEACTIVATED', invitee.userId, {}],
			['an unknown user', 404, 'USER_NOT_FOUND', SEED.aitronos.unknownUserId, {}],
			['a removed user', 404, 'USER_NOT_FOUND', removed.userId, {}],
			[
				'a key without permission',
				403,
				'INSUFFICIENT_PERMISSIONS',
				deactivated.userId,
				{ headers: apiKey(secrets.withoutPermission) },
			],
			['a stranger', 401, 'TOKEN_INVALID', deactivated.userId, { headers: bearer('x') }],
			[
				'another organization',
				403,
				'ORGANIZATION_ACCESS_DENIED',
				deactivated.userId,
				{ path: `${FOREIGN}/users/${deactivated.userId}/reactivate` },
			],
		])('refuses %s', async (_case, status, code, userId, changes) => {
			await start();
			const before = simulator.accounts();
			const received = await reactivate(userId, changes);
			expect(received).toMatchObject({ status, body: { error: { code } } });
			expect(simulator.accounts()).toEqual(before);
			expect(simulator.violations).toEqual([]);
		});

		it('takes no body', async () => {
			await start();
			expect((await reactivate(deactivated.userId, { json: {} })).status).toBe(422);
			expect(simulator.violations).toHaveLength(1);
		});
	});

	describe('members', () => {
		const idsOf = (body: unknown) =>
			(body as { users: Array<{ user_id: string }> }).users.map((user) => user.user_id);

		it.each([
			[
				'users',
				{ users: [{ status: { id: 1, name: 'Active' } }], total_users_count: 2 },
				'status_name',
			],
			['members', { members: [{ status_name: 'Active' }], total: 2 }, 'status'],
		] as const)('can answer in the form %s', async (memberForm, form, other) => {
			await start({ memberForm });
			const { body } = await list({ search_term: STAFF.leaver.email, take: 1 });
			expect(body).toMatchObject(form);
			const get = await call('GET', `${ORGANIZATION}/users/${leaver.userId}`);
			const item = Object.values(body as object).flat()[0];
			expect(item).toEqual(get.body);
			expect(item).toEqual({
				id: leaver.userId.replace('usr_', 'orguser_'),
				user_id: leaver.userId,
				email: leaver.email,
				full_name: leaver.fullName,
				...(memberForm === 'users'
					? { status: { id: 1, name: 'Active' } }
					: { status_name: 'Active' }),
			});
			expect(item).not.toHaveProperty(other);
		});

		const named = (...members: Array<{ userId: string }>) => members.map(({ userId }) => userId);
		it.each([
			['an address, also as a part', { search_term: STAFF.leaver.email }, named(leaver, namesake)],
			['a full name', { search_term: 'Pat Past' }, named(deactivated)],
			['a user name', { search_term: 'noa' }, named(invitee)],
			['whatever case', { search_term: 'JOAKIM' }, named(namesake)],
			['nobody', { search_term: 'nobody' }, []],
			['no removed member', { search_term: STAFF.removed.email }, []],
			[
				'a removed member on request',
				{ search_term: STAFF.removed.email, include_deleted: true },
				named(removed),
			],
			['a status', { status_id: 2 }, named(deactivated)],
			['a role', { role_id: 'role_other' }, []],
			[
				'members in order',
				{ sort_field: 'email', sort_direction: 'desc', take: 2 },
				named(accounts.colleague, deactivated),
			],
		])('finds %s', async (_case, search, ids) => {
			await start();
			const { status, body } = await list({ skip: 0, take: 100, ...search });
			expect(status).toBe(200);
			expect(idsOf(body)).toEqual(ids);
			expect(simulator.violations).toEqual([]);
		});

		it('gives ten at a time unless told, and pages to the end', async () => {
			await start({ crowd: 15 });
			const total = Object.values(accounts).length - 1 + 15;
			expect(idsOf((await list({})).body)).toHaveLength(10);
			const seen: string[] = [];
			for (let skip = 0; skip < total; skip += 8) {
				const { body } = await list({ skip, take: 8 });
				expect(body).toMatchObject({ total_users_count: total });
				seen.push(...idsOf(body));
			}
			expect(new Set(seen).size).toBe(total);
		});

		it.each([
			[leaver, {}, 'Active'],
			[deactivated, {}, 'Inactive'],
			[invitee, {}, 'InvitationSent'],
			[invitee, { inviteeStatus: 'Pending' } as const, 'Pending'],
			[removed, {}, 'Deleted'],
		])('shows %j with %j as %s', async ({ email }, options, name) => {
			await start(options);
			const search = { search_term: email, include_deleted: true, sort_field: 'email' };
			const { body } = await list({ ...search, sort_direction: 'desc' });
			expect(body).toMatchObject({
				users: expect.arrayContaining([
					expect.objectContaining({ email, status: expect.objectContaining({ name }) }),
				]),
			});
		});

		it.each([
			[{}, 200],
			[{ membersListedBy: 'managers' } as const, 403],
		])('lists for a key without permission, with %j: %i', async (options, status) => {
			await start(options);
			const headers = apiKey(secrets.withoutPermission);
			expect((await list({}, { headers })).status).toBe(status);
		});

		it.each<[string, Partial<Sent>, string]>([
			['too large a page', { json: { take: 101 } }, 'body.take'],
			['an empty page', { json: { take: 0 } }, 'body.take'],
			['a number as text', { json: { skip: '0' } }, 'body.skip'],
			['an unknown field', { json: { email: 'x' } }, "'email'"],
			['an unknown order', { json: { sort_field: 'x' } }, 'body.sort_field'],
			['a query parameter', { path: `${ORGANIZATION}/users?take=1` }, 'query'],
		])('refuses and records %s', async (_case, changes, problem) => {
			await start();
			const received = await list({}, changes);
			const body = { error: { code: 'VALIDATION_ERROR' } };
			expect(received).toMatchObject({ status: 422, body });
			expect(simulator.violations).toEqual([
				expect.objectContaining({ problem: expect.stringContaining(problem) }),
			]);
		});
	});

	describe('organizations and departments', () => {
		const organization = {
			id: organizationId,
			name: expect.any(String),
			is_active: true,
			owner_id: accounts.lastAdmin.userId,
		};

		it.each([
			['array', [organization]],
			['organizations', { organizations: [organization] }],
			['items', { items: [organization] }],
			['data', { data: [organization] }],
		] as const)('lists organizations as %s, and counts it', async (organizationListForm, body) => {
			await start({ organizationListForm });
			expect(simulator.organizationListings()).toBe(0);
			const received = await call('GET', '/v1/organizations?skip=0&limit=10&active_only=true');
			expect(received).toMatchObject({ status: 200, body });
			await call('GET', '/v1/organizations', { headers: apiKey('x') });
			expect(simulator.organizationListings()).toBe(1);
			simulator.reset();
			expect(simulator.organizationListings()).toBe(0);
			expect(simulator.violations).toEqual([]);
		});

		it('shows one organization with its owner, without listing', async () => {
			await start();
			expect(await call('GET', ORGANIZATION)).toMatchObject({ status: 200, body: organization });
			expect(simulator.organizationListings()).toBe(0);
		});

		it('lists departments as a bare array', async () => {
			await start();
			const { body } = await call('GET', `${ORGANIZATION}/departments`);
			const facts = { id: expect.any(String), path: expect.any(String), is_active: true };
			expect(body).toEqual([
				expect.objectContaining({ id: SEED.aitronos.defaultDepartmentId, is_default: true }),
				expect.objectContaining({ ...facts, id: departments.home, is_default: false }),
				expect.objectContaining({ ...facts, id: departments.transferTarget }),
				expect.objectContaining({ id: SEED.aitronos.inactiveDepartmentId, is_active: false }),
			]);
		});

		it.each(['', '/departments', '/users/usr_kim'])(
			'refuses another organization: %s',
			async (path) => {
				await start();
				const body = { error: { code: 'ORGANIZATION_ACCESS_DENIED' } };
				expect(await call('GET', `${FOREIGN}${path}`)).toMatchObject({ status: 403, body });
			},
		);
	});
});
