import { AccountStore, findAccount } from './accounts.cts';
import { bearer, send, sendRaw } from './client.cts';
import { SEED, startAwork } from './index.cts';
import type { Fault, Simulator } from './index.cts';
import { NO_FIELDS, noBody, route } from './routes.cts';
import { startServer } from './server.cts';

const { secrets, accounts } = SEED.awork;
const leaverId = accounts.leaver.id;

/** awork stands for all: faults, logs and paths are the server's, whatever the service. */
describe('server', () => {
	let simulator: Simulator;

	const sent = (userId: string) => ({
		method: 'POST',
		path: `/users/${userId}/deactivate?includeSummary=true`,
		headers: bearer(secrets.valid),
	});
	const deactivate = (userId: string = leaverId) => send(simulator.baseUrl, sent(userId));
	const leaverState = () => simulator.account(leaverId)?.state;
	const onlyRequest = () => {
		expect(simulator.requests).toHaveLength(1);
		return simulator.requests[0];
	};

	beforeEach(async () => {
		simulator = await startAwork();
	});
	afterEach(() => simulator.close());

	describe('faults', () => {
		it.each<[Fault, number, unknown, 'active' | 'deactivated']>([
			[{ kind: 'status', status: 503 }, 503, undefined, 'active'],
			[{ kind: 'status', status: 500, body: { code: 'x' } }, 500, { code: 'x' }, 'active'],
			[{ kind: 'status', status: 504, acts: true }, 504, undefined, 'deactivated'],
			[
				{ kind: 'delay', ms: 1 },
				200,
				{ privateProjectManagersReassignedCount: 3, privateProjectsDeletedCount: 2 },
				'deactivated',
			],
		])('%j', async (fault, status, body, state) => {
			simulator.next(fault);
			const received = await deactivate();
			expect(received.status).toBe(status);
			expect(received.body).toEqual(body);
			expect(leaverState()).toBe(state);
			expect(onlyRequest()).toMatchObject({ status, fault: fault.kind });
		});

		it('an HTML page although the change was made', async () => {
			simulator.next({ kind: 'html', acts: true });
			await expect(deactivate()).rejects.toThrow('not valid JSON');
			expect(leaverState()).toBe('deactivated');
			expect(onlyRequest()).toMatchObject({ status: 200, handled: 200 });
		});

		it('a good answer under another name', async () => {
			simulator.next({ kind: 'mislabelled' });
			const received = await deactivate();
			expect(received.headers.get('content-type')).toBe('text/plain');
			expect(received.body).toHaveProperty('privateProjectsDeletedCount');
		});

		it('an answer that drips in', async () => {
			simulator.next({ kind: 'drip', ms: 50 });
			const since = performance.now();
			const received = await deactivate();
			expect(received.body).toHaveProperty('privateProjectsDeletedCount');
			expect(performance.now() - since).toBeGreaterThan(40);
		});

		it.each(['seconds', 'date'] as const)('a refusal that names the %s', async (as) => {
			simulator.next({ kind: 'limited', seconds: 30, ...(as === 'date' && { as }) });
			const { status, headers } = await deactivate();
			expect(status).toBe(429);
			expect(headers.get('ratelimit-reset')).toBe('30');
			const moment = Date.parse(headers.get('retry-after') ?? '');
			if (as === 'date') expect(moment - Date.now()).toBeGreaterThan(20_000);
			expect(leaverState()).toBe('active');
			expect(onlyRequest()).not.toHaveProperty('handled');
		});

		it('bad weather, until the reset', async () => {
			simulator.weather({ seed: 1, share: 1, inARow: 1 });
			await deactivate().catch(() => undefined);
			expect(onlyRequest()?.fault).toBeDefined();
			await deactivate();
			expect(simulator.requests[1]).not.toHaveProperty('fault');
			simulator.reset();
			await deactivate();
			expect(onlyRequest()).not.toHaveProperty('fault');
		});

		it('a status with headers', async () => {
			simulator.next({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
			expect((await deactivate()).headers.get('retry-after')).toBe('2');
		});

		it.each([
			[undefined, 200],
			[502, 502],
		])('an HTML page with status %s', async (status, expected) => {
			simulator.next(status === undefined ? { kind: 'html' } : { kind: 'html', status });
			const { method, path, headers } = sent(leaverId);
			const response = await fetch(`${simulator.baseUrl}${path}`, { method, headers });
			expect(response.status).toBe(expected);
			expect(response.headers.get('content-type')).toMatch(/^text\/html/);
			expect(await response.text()).toMatch(/^<!doctype html>/);
			expect(leaverState()).toBe('active');
		});

		it('a redirect', async () => {
			simulator.next({ kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere' });
			const received = await deactivate();
			expect(received.status).toBe(307);
			expect(received.headers.get('location')).toBe('http://127.0.0.1:1/elsewhere');
			expect(leaverState()).toBe('active');
		});

		it.each([
			['with a body', '?includeSummary=true'],
			['without one', ''],
		])('an answer %s, cut in the middle', async (_case, query) => {
			simulator.next({ kind: 'truncated' });
			const response = await fetch(`${simulator.baseUrl}/users/${leaverId}/deactivate${query}`, {
				method: 'POST',
				headers: bearer(secrets.valid),
			});
			expect(response.status).toBe(200);
			await expect(response.text()).rejects.toThrow();
			expect(leaverState()).toBe('deactivated');
		});

		it.each([
			['cutBefore', 'active'],
			['cutAfter', 'deactivated'],
		] as const)('%s', async (kind, state) => {
			simulator.next({ kind });
			await expect(deactivate()).rejects.toThrow();
			expect(leaverState()).toBe(state);
			expect(onlyRequest()).toMatchObject({ status: null, fault: kind });
		});

		it('hits only the requests that it matches, as often as told, first come first served', async () => {
			simulator.next({ kind: 'status', status: 503 }, { method: 'POST', times: 2 });
			simulator.next({ kind: 'status', status: 500 }, { path: /\/deactivate$/ });
			const me = { method: 'GET', path: '/users/me', headers: bearer(secrets.valid) };
			expect((await send(simulator.baseUrl, me)).status).toBe(200);
			const statuses = [];
			for (let call = 0; call < 4; call += 1) statuses.push((await deactivate()).status);
			expect(statuses).toEqual([503, 503, 500, 200]);
		});
	});

	it('is back to the seed after a reset', async () => {
		const seed = simulator.accounts();
		await deactivate();
		await send(simulator.baseUrl, { ...sent(leaverId), method: 'PUT' });
		simulator.next({ kind: 'cutBefore' });
		simulator.reset();
		expect(simulator.accounts()).toEqual(seed);
		expect(simulator.requests).toEqual([]);
		expect(simulator.violations).toEqual([]);
		expect((await deactivate()).status).toBe(200);
	});

	it('keeps no secret in its logs', async () => {
		await deactivate();
		await send(simulator.baseUrl, { ...sent(leaverId), json: { token: secrets.valid } });
		const logs = JSON.stringify([simulator.requests, simulator.violations]);
		expect(logs).not.toContain(secrets.valid);
	});

	it.each([
		['a segment that leads elsewhere', '/users/../users/me', 400],
		['the same, encoded', '/users/%2E%2E/deactivate', 400],
		['broken encoding', '/users/%zz', 400],
		['another base', '/../v2/users', 400],
	])('refuses and records %s', async (_case, path, status) => {
		const headers = bearer(secrets.valid);
		expect(await sendRaw(simulator.baseUrl, { method: 'GET', path, headers })).toBe(status);
		expect(simulator.violations).toHaveLength(1);
	});

	it('refuses and records too large a body', async () => {
		const received = await send(simulator.baseUrl, {
			...sent(leaverId),
			text: ' '.repeat(1024 * 1024 + 1),
		});
		expect(received.status).toBe(413);
		expect(simulator.violations).toHaveLength(1);
	});

	it('closes at once, with an answer still to come, and twice without harm', async () => {
		simulator.next({ kind: 'delay', ms: 600_000 });
		const pending = deactivate().catch(() => 'cut');
		while (leaverState() === 'active') await new Promise(setImmediate);
		await simulator.close();
		await simulator.close();
		expect(await pending).toBe('cut');
	});

	it('names the port that is in use, and the service', async () => {
		const port = Number(new URL(simulator.baseUrl).port);
		await expect(startAwork({ port })).rejects.toThrow(
			`Port ${port} on 127.0.0.1, needed for awork, is already in use.`,
		);
	});

	it('reports a fault of its own', async () => {
		const broken = await startServer({
			name: 'broken',
			basePath: '',
			routes: [
				route({
					method: 'GET',
					path: '/x',
					authenticate: () => null,
					params: NO_FIELDS,
					query: NO_FIELDS,
					body: noBody,
					handle: () => {
						throw new Error('a mistake');
					},
				}),
			],
			violationAnswer: ({ status }) => ({ status }),
			limitedAnswer: () => ({ status: 429 }),
			accounts: () => [],
			reset: () => undefined,
		});
		const received = await send(broken.baseUrl, { method: 'GET', path: '/x' });
		await broken.close();
		expect(received.status).toBe(500);
		expect(broken.violations).toEqual([
			expect.objectContaining({ problem: expect.stringContaining('a mistake') }),
		]);
	});
});

describe('accounts', () => {
	const twin = (id: string) =>
		({ id, email: 'Twin@example.org', name: id, state: 'active' }) as const;

	it('are found by id or by e-mail, ignoring case, and never by chance', () => {
		expect(findAccount([twin('1'), twin('2')], '2')?.id).toBe('2');
		expect(findAccount([twin('1')], 'twin@EXAMPLE.org')?.id).toBe('1');
		expect(findAccount([twin('1')], 'nobody@example.org')).toBeUndefined();
		expect(() => findAccount([twin('1'), twin('2')], 'twin@example.org')).toThrow('2 accounts');
	});

	it('are copies of the seed, which stays as it is', () => {
		const seed = [{ id: '1', on: true }];
		const store = new AccountStore(seed, ({ id }) => id);
		for (const account of store.all()) account.on = false;
		expect(seed).toEqual([{ id: '1', on: true }]);
		store.reset();
		expect(store.get('1')).toEqual({ id: '1', on: true });
	});
});
