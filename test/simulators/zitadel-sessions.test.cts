import { bearer, send } from './client.cts';
import type { Sent } from './client.cts';
import { SEED, startZitadel } from './index.cts';
import type { ZitadelOptions, ZitadelSimulator } from './index.cts';

const { secrets, accounts, sessions, unknownUserId } = SEED.zitadel;
const { leaver, deactivated, foreigner, invitee, locked, userManager } = accounts;
const [first, second] = sessions.leaver;

describe('zitadel', () => {
	let simulator: ZitadelSimulator;

	const start = async (options: ZitadelOptions = {}) => {
		simulator = await startZitadel(options);
	};
	const call = (method: string, path: string, json: unknown, token: string = secrets.valid) =>
		send(simulator.baseUrl, { method, path, headers: bearer(token), json });

	afterEach(() => simulator.close());

	const reactivate = (userId: string, token?: string) =>
		call('POST', `/v2/users/${userId}/reactivate`, {}, token);
	const deactivate = (userId: string) => call('POST', `/v2/users/${userId}/deactivate`, {});

	describe('reactivate', () => {
		it.each([
			['who was deactivated long ago', deactivated, false],
			['who was deactivated just now', leaver, true],
			['who was locked before, and is not any more', locked, true],
		])('reactivates a user %s', async (_case, { userId }, first) => {
			await start();
			if (first) await deactivate(userId);
			const received = await reactivate(userId);
			expect(received).toMatchObject({
				status: 200,
				body: { details: { sequence: expect.stringMatching(/^\d+$/) } },
			});
			expect(simulator.account(userId)?.state).toBe('active');
			const again = { status: 400, body: { code: 9, details: [{ id: 'COMMAND-s5qqcz97hf' }] } };
			expect(await reactivate(userId)).toMatchObject(again);
			expect(simulator.violations).toEqual([]);
		});

		it.each([
			['an unknown user', unknownUserId, secrets.valid, 404, 'COMMAND-9hy5kzbuk6'],
			['an active user', leaver.userId, secrets.valid, 400, 'COMMAND-s5qqcz97hf'],
			['a locked user', locked.userId, secrets.valid, 400, 'COMMAND-s5qqcz97hf'],
			['an initial user', invitee.userId, secrets.valid, 400, 'COMMAND-s5qqcz97hf'],
			['the state before the role', foreigner.userId, secrets.valid, 400, 'COMMAND-s5qqcz97hf'],
			['a viewer', deactivated.userId, secrets.withoutPermission, 403, 'AUTH-AWfge'],
			['a stranger', deactivated.userId, secrets.withoutRole, 404, 'AUTHZ-cdgFk'],
		])('refuses %s', async (_case, userId, token, status, id) => {
			await start();
			const before = simulator.accounts();
			const received = await reactivate(userId, token);
			expect(received).toMatchObject({ status, body: { details: [{ id }] } });
			expect(simulator.accounts()).toEqual(before);
		});

		it('does not bring back the personal access tokens of a machine', async () => {
			const other = { ...accounts.viewer, roles: userManager.roles };
			await start({ accounts: [...Object.values(accounts), other] });
			await deactivate(userManager.userId);
			await reactivate(userManager.userId, secrets.withoutPermission);
			expect(simulator.account(userManager.userId)?.state).toBe('active');
			expect((await call('POST', '/v2/users', { query: { limit: 1 } })).status).toBe(401);
			simulator.reset();
			expect((await call('POST', '/v2/users', { query: { limit: 1 } })).status).toBe(200);
		});
	});

	it('does not show a user to a role without user.read', async () => {
		await start();
		const received = await send(simulator.baseUrl, {
			method: 'GET',
			path: `/v2/users/${leaver.userId}`,
			headers: bearer(secrets.withoutReading),
		});
		expect(received).toMatchObject({ status: 403, body: { details: [{ id: 'AUTH-AWfge' }] } });
	});

	describe('sessions', () => {
		const of = (id: string, query: object = { limit: 100 }) => ({
			query,
			queries: [{ userIdQuery: { id } }],
		});
		const search = (body: unknown, token?: string) =>
			call('POST', '/v2/sessions/search', body, token);
		const end = (id: string, token?: string) => call('DELETE', `/v2/sessions/${id}`, {}, token);
		const live = () => simulator.sessions().filter(({ ended }) => !ended);

		it('lists the sessions of one user and ends them one by one', async () => {
			await start();
			expect((await search(of(leaver.userId))).body).toEqual({
				details: { totalResult: '2' },
				sessions: [{ id: first }, { id: second }],
			});
			const ended = { status: 200, body: { details: { sequence: expect.any(String) } } };
			expect(await end(first)).toMatchObject(ended);
			expect(await end(first)).toMatchObject(ended);
			expect((await search(of(leaver.userId))).body).toMatchObject({ sessions: [{ id: second }] });
			await end(second);
			expect((await search(of(leaver.userId))).body).toEqual({ details: {} });
			expect(live().map(({ userId }) => userId)).not.toContain(leaver.userId);
			expect(live()).toHaveLength(2);
			expect(simulator.violations).toEqual([]);
			simulator.reset();
			expect(live()).toHaveLength(4);
		});

		it('pages', async () => {
			await start();
			const page = await search(of(leaver.userId, { offset: 1, limit: 1 }));
			expect(page.body).toEqual({ details: { totalResult: '2' }, sessions: [{ id: second }] });
		});

		it.each<[string, ZitadelOptions, number]>([
			['stay after a deactivation', {}, 2],
			['can end with it', { sessionsOnDeactivation: 'end' }, 0],
		])('%s', async (_case, options, count) => {
			await start(options);
			await deactivate(leaver.userId);
			expect(live().filter(({ userId }) => userId === leaver.userId)).toHaveLength(count);
			expect(live().filter(({ userId }) => userId !== leaver.userId)).toHaveLength(2);
		});

		it.each<[string, ZitadelOptions, string]>([
			['from a role in an organization', { sessionsHidden: true }, secrets.valid],
			['from a viewer', {}, secrets.withoutPermission],
		])('can be hidden %s, and are counted all the same', async (_case, options, token) => {
			await start(options);
			const received = await search(of(leaver.userId), token);
			expect(received).toMatchObject({ status: 200, body: { details: { totalResult: '2' } } });
			expect(received.body).not.toHaveProperty('sessions');
		});

		it.each([
			['a viewer', secrets.withoutPermission, 403, 'AUTH-AWfge'],
			['a stranger', secrets.withoutRole, 404, 'AUTHZ-cdgFk'],
		])('are not ended for %s', async (_case, token, status, id) => {
			await start();
			expect(await end(first, token)).toMatchObject({ status, body: { details: [{ id }] } });
			expect(live()).toHaveLength(4);
		});

		const entry = { userIdQuery: { id: leaver.userId } };
		it.each<[string, Partial<Sent>, string]>([
			['a search for everybody', { json: { query: { limit: 1 }, queries: [] } }, 'queries'],
			['no queries', { json: { query: { limit: 1 } } }, 'queries'],
			['a misspelt field', { json: { query: { limit: 1 }, filters: [entry] } }, "'filters'"],
			['no limit', { json: { query: {}, queries: [entry] } }, 'limit'],
			[
				'an end without a body',
				{ method: 'DELETE', path: `/v2/sessions/${first}` },
				'content-type',
			],
			['an unknown session', { method: 'DELETE', path: '/v2/sessions/1', json: {} }, 'sessionId'],
		])('refuse and record %s', async (_case, changes, problem) => {
			await start();
			const received = await send(simulator.baseUrl, {
				method: 'POST',
				path: '/v2/sessions/search',
				headers: bearer(secrets.valid),
				...changes,
			});
			expect(received.status).toBeGreaterThanOrEqual(400);
			expect(simulator.violations).toEqual([
				expect.objectContaining({ problem: expect.stringContaining(problem) }),
			]);
			expect(live()).toHaveLength(4);
		});
	});
});
