import { bearer, send, sendRaw } from './client.cts';
import type { Sent } from './client.cts';
import { SEED, startAitronos } from './index.cts';
import type { AitronosOptions, Simulator } from './index.cts';

const { secrets, accounts, organizationId, departments } = SEED.aitronos;
const VALIDATE = '/v1/auth/validate';

const userPath = (userId: string, organization: string = organizationId) =>
	`/v1/organizations/${organization}/users/${userId}`;
const transferTo = (departmentId: string) => ({
	transfer_resources_to_department_id: departmentId,
});
const apiKey = (key: string) => ({ 'x-api-key': key });

describe('aitronos', () => {
	let simulator: Simulator;

	const start = async (options: AitronosOptions = {}) => {
		simulator = await startAitronos(options);
	};
	const deactivate = (userId: string, changes: Partial<Sent> = {}) =>
		send(simulator.baseUrl, {
			method: 'POST',
			path: `${userPath(userId)}/deactivate`,
			headers: apiKey(secrets.valid),
			json: transferTo(departments.transferTarget),
			...changes,
		});

	afterEach(() => simulator.close());

	it.each([
		['API key', apiKey(secrets.valid)],
		['access token', bearer(secrets.validToken)],
	])('deactivates with an %s, and says so the second time', async (_case, headers) => {
		await start();
		const { userId } = accounts.leaver;
		expect(await deactivate(userId, { headers })).toMatchObject({
			status: 200,
			body: {
				id: userId,
				email: 'kim.lee@example.org',
				account_state: 'deactivated',
				organization_id: organizationId,
				deactivated_at: null,
			},
		});
		expect(simulator.account(userId)?.state).toBe('deactivated');
		expect(await deactivate(userId, { headers })).toMatchObject({
			status: 422,
			body: {
				success: false,
				error: {
					code: 'USER_ALREADY_DEACTIVATED',
					status: 422,
					type: 'client_error',
					details: { user_id: userId },
					trace_id: expect.any(String),
				},
			},
		});
		expect(simulator.violations).toEqual([]);
	});

	it.each<[string, number, string, string, Partial<Sent>]>([
		['an unknown user', 404, 'USER_NOT_FOUND', SEED.aitronos.unknownUserId, {}],
		[
			'an unknown department',
			404,
			'DEPARTMENT_NOT_FOUND',
			accounts.leaver.userId,
			{ json: transferTo(SEED.aitronos.unknownDepartmentId) },
		],
		['the last owner', 403, 'CANNOT_REMOVE_LAST_OWNER', accounts.lastAdmin.userId, {}],
		[
			'another organization',
			403,
			'ORGANIZATION_ACCESS_DENIED',
			accounts.leaver.userId,
			{
				path: `${userPath(accounts.leaver.userId, SEED.aitronos.foreignOrganizationId)}/deactivate`,
			},
		],
		...(
			[
				['a key without permission', 403, 'INSUFFICIENT_PERMISSIONS', secrets.withoutPermission],
				['an unknown key', 401, 'INVALID_API_KEY', 'ak_unknown'],
				['an expired key', 401, 'API_KEY_EXPIRED', secrets.expired],
				['a paused key', 401, 'API_KEY_PAUSED', secrets.paused],
				['a deactivated key', 401, 'API_KEY_DEACTIVATED', secrets.deactivated],
			] as const
		).map(([label, status, code, key]): [string, number, string, string, Partial<Sent>] => [
			label,
			status,
			code,
			accounts.leaver.userId,
			{ headers: apiKey(key) },
		]),
		[
			'a token without permission',
			403,
			'INSUFFICIENT_PERMISSIONS',
			accounts.leaver.userId,
			{ headers: bearer(secrets.tokenWithoutPermission) },
		],
		[
			'an expired token',
			401,
			'TOKEN_EXPIRED',
			accounts.leaver.userId,
			{ headers: bearer(secrets.expiredToken) },
		],
		[
			'a key sent as a token',
			401,
			'TOKEN_INVALID',
			accounts.leaver.userId,
			{ headers: bearer(secrets.valid) },
		],
		['no credential', 401, 'AUTHENTICATION_REQUIRED', accounts.leaver.userId, { headers: {} }],
	])('refuses %s', async (_case, status, code, userId, changes) => {
		await start();
		const before = simulator.accounts();
		expect(await deactivate(userId, changes)).toMatchObject({
			status,
			body: { success: false, error: { code, status } },
		});
		expect(simulator.accounts()).toEqual(before);
		expect(simulator.violations).toEqual([]);
	});

	const json = transferTo(departments.transferTarget);
	const both = { ...apiKey(secrets.valid), ...bearer(secrets.validToken) };
	it.each<[string, number, Partial<Sent>, string]>([
		['both credentials at once', 422, { headers: both }, 'headers'],
		['no transfer department', 422, { json: {} }, 'transfer_resources_to_department_id'],
		['an unknown field', 422, { json: { ...json, confirm: true } }, "'confirm'"],
		['a malformed department', 422, { json: transferTo('2') }, 'transfer_resources'],
		['a malformed user id', 422, { path: `${userPath('kim')}/deactivate` }, 'path.userId'],
		[
			'a malformed organization',
			422,
			{ path: `${userPath('usr_kim', 'acme')}/deactivate` },
			'path',
		],
		['an id of two segments', 404, { path: `${userPath('usr_kim/x')}/deactivate` }, 'path'],
		['an empty id', 422, { path: `${userPath('')}/deactivate` }, 'empty segment'],
		['a query parameter', 422, { path: `${userPath('usr_kim')}/deactivate?x=1` }, 'query'],
		['a wrong method', 405, { method: 'PATCH' }, 'method'],
	])('refuses and records %s', async (_case, status, changes, problem) => {
		await start();
		const received = await deactivate('usr_kim', changes);
		expect(received.status).toBe(status);
		expect(JSON.stringify(received.body)).toContain(problem.split("'")[0]);
		expect(simulator.violations).toEqual([
			expect.objectContaining({ problem: expect.stringContaining(problem) }),
		]);
		expect(simulator.account('usr_kim')?.state).toBe('active');
	});

	describe('auth/validate', () => {
		const validate = (headers: Record<string, string>) =>
			send(simulator.baseUrl, { method: 'GET', path: VALIDATE, headers });

		it.each([
			['a good key', apiKey(secrets.valid)],
			['a key without permission, which it does not notice', apiKey(secrets.withoutPermission)],
			['a good token', bearer(secrets.validToken)],
		])('accepts %s', async (_case, headers) => {
			await start();
			const body = { is_valid: true, error: null, requires_reconnect: false };
			expect(await validate(headers)).toMatchObject({ status: 200, body });
		});

		it('refuses a bad key with 401 by default', async () => {
			await start();
			const body = { error: { code: 'INVALID_API_KEY' } };
			expect(await validate(apiKey('ak_unknown'))).toMatchObject({ status: 401, body });
		});

		it('can refuse a bad key in a 200 instead', async () => {
			await start({ validateBadKey: 'invalidBody' });
			expect(await validate(apiKey('ak_unknown'))).toMatchObject({
				status: 200,
				body: { is_valid: false, error: expect.any(String) },
			});
			expect(await validate(apiKey(secrets.valid))).toMatchObject({ body: { is_valid: true } });
			expect((await validate(both)).status).toBe(422);
		});

		it('takes no body', async () => {
			await start();
			const sent = { method: 'GET', path: VALIDATE, headers: apiKey(secrets.valid), text: '{}' };
			expect(await sendRaw(simulator.baseUrl, sent)).toBe(422);
			expect(simulator.violations).toHaveLength(1);
		});
	});

	it.each([
		[accounts.leaver.userId, 'Active'],
		[accounts.deactivated.userId, 'Inactive'],
		[accounts.invitee.userId, 'InvitationSent'],
	])('shows the member %s with status %s', async (userId, name) => {
		await start();
		const received = await send(simulator.baseUrl, {
			method: 'GET',
			path: userPath(userId),
			headers: apiKey(secrets.valid),
		});
		expect(received).toMatchObject({
			status: 200,
			body: { id: expect.stringMatching(/^orguser_/), user_id: userId, status: { name } },
		});
	});
});
