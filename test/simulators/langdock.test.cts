import { bearer, send } from './client.cts';
import type { Sent } from './client.cts';
import { SEED, STAFF, startLangdock, UNKNOWN_EMAIL } from './index.cts';
import type { LangdockOptions, Simulator } from './index.cts';

const PATH = '/user-management/v1/deactivate-user';
const DONE = { status: 'success', message: 'User deactivated' };
const NOT_ACTIVE = { message: 'User not found or not an active member' };

describe.each(['langdock', 'odeus'] as const)('%s', (name) => {
	const { secrets } = SEED[name];
	let simulator: Simulator;

	const start = async (options: LangdockOptions = {}) => {
		simulator = await startLangdock(name, options);
	};
	const deactivate = (email: string, key: string = secrets.valid) =>
		send(simulator.baseUrl, { method: 'POST', path: PATH, headers: bearer(key), json: { email } });

	afterEach(() => simulator.close());

	it('deactivates an active person, and answers 404 the second time', async () => {
		await start();
		expect(await deactivate(STAFF.leaver.email)).toMatchObject({ status: 200, body: DONE });
		expect(simulator.account(STAFF.leaver.email)?.state).toBe('deactivated');
		expect(await deactivate(STAFF.leaver.email)).toMatchObject({ status: 404, body: NOT_ACTIVE });
		expect(simulator.violations).toEqual([]);
		expect(simulator.requests).toEqual([
			{ method: 'POST', path: PATH, status: 200, handled: 200 },
			{ method: 'POST', path: PATH, status: 404, handled: 404 },
		]);
	});

	it.each([
		['unknown', UNKNOWN_EMAIL],
		['an impossible address, as a credential test sends', 'nobody@check.invalid'],
		['invited', STAFF.invitee.email],
		['already deactivated', STAFF.deactivated.email],
	])('gives the same 404 for a person who is %s', async (_case, email) => {
		await start();
		expect(await deactivate(email)).toMatchObject({ status: 404, body: NOT_ACTIVE });
		expect(simulator.violations).toEqual([]);
	});

	it('refuses to deactivate the last admin', async () => {
		await start();
		const received = await deactivate(STAFF.lastAdmin.email);
		expect(received).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
		expect(simulator.account(STAFF.lastAdmin.email)?.state).toBe('active');
	});

	it.each([
		['ignored', 200],
		['exact', 404],
	] as const)('takes the case of the address as %s', async (emailCase, status) => {
		await start({ emailCase });
		expect((await deactivate('Kim.Lee@Example.org')).status).toBe(status);
	});

	it.each([
		['none', undefined, 401],
		['unknown', 'sk-ld-unknown', 401],
		['of the other product', SEED[name === 'odeus' ? 'langdock' : 'odeus'].secrets.valid, 401],
		['of a creator who is gone', secrets.creatorGone, 401],
		['without the scope', secrets.withoutPermission, 403],
	])('refuses a key: %s', async (_case, key, status) => {
		await start();
		const received = await send(simulator.baseUrl, {
			method: 'POST',
			path: PATH,
			headers: key === undefined ? {} : bearer(key),
			json: { email: STAFF.leaver.email },
		});
		expect(received).toMatchObject({ status, body: { message: expect.any(String) } });
		expect(simulator.account(STAFF.leaver.email)?.state).toBe('active');
		expect(simulator.violations).toEqual([]);
	});

	const json = { email: STAFF.leaver.email };
	it.each<[string, number, Partial<Sent>, string]>([
		['a wrong method', 405, { method: 'PUT', json }, 'method'],
		['an undocumented path', 404, { path: '/user-management/v1/users', json }, 'path'],
		['a path with //', 400, { path: '//user-management/v1/deactivate-user', json }, 'path'],
		['a query parameter', 400, { path: `${PATH}?force=true`, json }, 'query'],
		['an unknown field', 400, { json: { ...json, force: true } }, "'force'"],
		['a missing field', 400, { json: {} }, 'body.email'],
		['an address that is none', 400, { json: { email: ' kim.lee@example.org' } }, 'body.email'],
		['no body', 415, {}, 'content-type'],
		['no content type', 415, { text: JSON.stringify(json) }, 'content-type'],
		['a wrong content type', 415, { json, headers: { 'content-type': 'text/plain' } }, 'content'],
		['broken JSON', 400, { text: '{', headers: { 'content-type': 'application/json' } }, 'JSON'],
		['a browser', 403, { json, headers: { origin: 'https://example.org' } }, 'origin'],
	])('refuses and records %s', async (_case, status, sent, problem) => {
		await start();
		const received = await send(simulator.baseUrl, {
			method: 'POST',
			path: PATH,
			...sent,
			headers: { ...bearer(secrets.valid), ...sent.headers },
		});
		expect(received).toMatchObject({ status, body: { message: expect.any(String) } });
		expect(simulator.violations).toEqual([
			expect.objectContaining({ problem: expect.stringContaining(problem) }),
		]);
		expect(simulator.account(STAFF.leaver.email)?.state).toBe('active');
	});

	it('serves a dedicated deployment below its own path only', async () => {
		await start({ basePath: '/api/public' });
		expect(simulator.baseUrl).toMatch(/\/api\/public$/);
		expect((await deactivate(STAFF.leaver.email)).status).toBe(200);
		const { origin } = new URL(simulator.baseUrl);
		const elsewhere = await send(origin, { method: 'POST', path: PATH, json });
		expect(elsewhere.status).toBe(404);
		expect(elsewhere.body).not.toEqual(NOT_ACTIVE);
	});
});
