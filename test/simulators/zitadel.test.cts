import { bearer, send, sendRaw } from './client.cts';
import type { Sent } from './client.cts';
import { SEED, STAFF, startZitadel } from './index.cts';
import type { Simulator, ZitadelOptions } from './index.cts';

const { secrets, accounts, client, organizationId, unknownUserId } = SEED.zitadel;
const AUDIENCE = 'openid urn:zitadel:iam:org:project:id:zitadel:aud';
const leaverId = accounts.leaver.userId;

describe('zitadel', () => {
	let simulator: Simulator;

	const start = async (options: ZitadelOptions = {}) => {
		simulator = await startZitadel(options);
	};
	const call = (method: string, path: string, changes: Partial<Sent> = {}) =>
		send(simulator.baseUrl, { method, path, headers: bearer(secrets.valid), ...changes });
	const deactivate = (userId: string, headers: Record<string, string> = bearer(secrets.valid)) =>
		call('POST', `/v2/users/${userId}/deactivate`, { headers, json: {} });
	const getUser = (userId: string, token: string = secrets.valid) =>
		call('GET', `/v2/users/${userId}`, { headers: bearer(token) });

	afterEach(() => simulator.close());

	const withId = (code: number, id: string) => ({
		code,
		message: expect.stringContaining(`(${id})`),
		details: [expect.objectContaining({ '@type': expect.any(String), id })],
	});

	it.each([
		['a person', accounts.leaver],
		['a locked person', accounts.locked],
		['a machine', accounts.viewer],
	])('deactivates %s, and says so the second time', async (_case, { userId }) => {
		await start();
		expect(await deactivate(userId)).toMatchObject({
			status: 200,
			body: {
				details: {
					sequence: expect.stringMatching(/^\d+$/),
					changeDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
					resourceOwner: organizationId,
				},
			},
		});
		expect(simulator.account(userId)?.state).toBe('deactivated');
		const again = { status: 400, body: withId(9, 'COMMAND-5gunjw0cd7') };
		expect(await deactivate(userId)).toMatchObject(again);
		expect(simulator.violations).toEqual([]);
	});

	it.each([
		['an unknown user', unknownUserId, secrets.valid, 404, 5, 'COMMAND-5gp2p62iin'],
		['an initial user', accounts.invitee.userId, secrets.valid, 400, 9, 'COMMAND-gvx4kct9r2'],
		['another organization', accounts.foreigner.userId, secrets.valid, 404, 5, 'AUTHZ-cdgFk'],
		['a credential without a role', leaverId, secrets.withoutRole, 404, 5, 'AUTHZ-cdgFk'],
		['a credential without user.write', leaverId, secrets.withoutPermission, 403, 7, 'AUTH-AWfge'],
		['a bad token', leaverId, 'wrong', 401, 16, 'AUTH-7fs1e'],
		[
			'an inactive user before it looks at the role',
			accounts.deactivated.userId,
			secrets.withoutRole,
			400,
			9,
			'COMMAND-5gunjw0cd7',
		],
		[
			'an unknown user before it looks at the role',
			unknownUserId,
			secrets.withoutRole,
			404,
			5,
			'COMMAND-5gp2p62iin',
		],
	])('refuses %s', async (_case, userId, token, status, code, id) => {
		await start();
		const before = simulator.accounts();
		const received = await deactivate(userId, bearer(token));
		expect(received).toMatchObject({ status, body: withId(code, id) });
		expect(simulator.accounts()).toEqual(before);
		expect(simulator.violations).toEqual([]);
	});

	it('tells a missing header from one that is not Bearer', async () => {
		await start();
		const missing = await deactivate(leaverId, {});
		expect(missing.status).toBe(401);
		expect(missing.body).toEqual({ code: 16, message: 'auth header missing' });
		const basic = await deactivate(leaverId, { authorization: 'Basic abc' });
		expect(basic).toMatchObject({ status: 401, body: withId(16, 'AUTH-toLo1') });
	});

	it('lets a caller deactivate itself, after which its token is dead', async () => {
		await start();
		expect((await deactivate(accounts.userManager.userId)).status).toBe(200);
		const received = await deactivate(leaverId);
		expect(received).toMatchObject({ status: 401, body: withId(16, 'AUTH-7fs1e') });
	});

	it.each<[ZitadelOptions['errorForm'] & string, unknown]>([
		['details', withId(9, 'COMMAND-5gunjw0cd7')],
		[
			'detail',
			{
				code: 'failed_precondition',
				message: expect.stringContaining('(COMMAND-5gunjw0cd7)'),
				detail: expect.objectContaining({ id: 'COMMAND-5gunjw0cd7' }),
			},
		],
		['none', { code: 9, message: expect.stringContaining('(COMMAND-5gunjw0cd7)') }],
	])('can send errors in the form %s', async (errorForm, body) => {
		await start({ errorForm });
		expect((await deactivate(accounts.deactivated.userId)).body).toEqual(body);
	});

	it('answers to its own host only', async () => {
		await start();
		const sent = { method: 'GET', path: '/auth/v1/users/me', headers: bearer(secrets.valid) };
		expect(await sendRaw(simulator.baseUrl, sent)).toBe(200);
		const headers = { ...sent.headers, host: `localhost:${new URL(simulator.baseUrl).port}` };
		expect(await sendRaw(simulator.baseUrl, { ...sent, headers })).toBe(404);
	});

	it.each<[string, number, Partial<Sent>, string]>([
		['x-zitadel-orgid', 400, { headers: { 'x-zitadel-orgid': '1' } }, 'x-zitadel-orgid'],
		['a field in the body', 400, { json: { userId: leaverId } }, "'userId'"],
		['no body', 400, { json: undefined }, 'content-type'],
		['a wrong content type', 400, { headers: { 'content-type': 'text/plain' } }, 'content-type'],
		['a query parameter', 400, { path: `/v2/users/${leaverId}/deactivate?x=1` }, 'query'],
		['an empty id', 400, { path: '/v2/users//deactivate' }, 'empty segment'],
		['an id that leads elsewhere', 400, { path: '/v2/users/a%2F..%2Fb/deactivate' }, 'userId'],
		['too long an id', 400, { path: `/v2/users/${'1'.repeat(201)}/deactivate` }, 'userId'],
		['a wrong base URL', 404, { path: `/ui/v2/users/${leaverId}/deactivate` }, 'path'],
		['a wrong method', 405, { method: 'PUT' }, 'method'],
	])('refuses and records %s', async (_case, status, changes, problem) => {
		await start();
		const received = await call('POST', `/v2/users/${leaverId}/deactivate`, {
			json: {},
			...changes,
			headers: { ...bearer(secrets.valid), ...changes.headers },
		});
		expect(received.status).toBe(status);
		// Not of ZITADEL's own code: no `details`.
		expect(received.body).toEqual({
			code: expect.any(Number),
			message: expect.stringContaining(problem),
		});
		expect(simulator.violations).toHaveLength(1);
		expect(simulator.account(leaverId)?.state).toBe('active');
	});

	describe('get and list', () => {
		it('shows a person without the fields that are not set', async () => {
			await start();
			expect((await getUser(leaverId)).body).toEqual({
				user: {
					userId: leaverId,
					details: { resourceOwner: organizationId },
					state: 'USER_STATE_ACTIVE',
					username: STAFF.leaver.email,
					loginNames: [STAFF.leaver.email],
					preferredLoginName: STAFF.leaver.email,
					human: {
						profile: { givenName: 'Kim', familyName: 'Lee', displayName: 'Kim Lee' },
						email: { email: STAFF.leaver.email, isVerified: true },
					},
				},
			});
			expect((await getUser(accounts.invitee.userId)).body).toMatchObject({
				user: { human: { email: { email: STAFF.invitee.email } } },
			});
		});

		it.each([
			['unknown', unknownUserId, secrets.valid, 404, 'QUERY-Dfbg2'],
			['of another organization', accounts.foreigner.userId, secrets.valid, 404, 'AUTHZ-cdgFk'],
			['for a credential without a role', leaverId, secrets.withoutRole, 404, 'AUTHZ-cdgFk'],
		])('does not show a user that is %s', async (_case, userId, token, status, id) => {
			await start();
			const body = { details: [{ id }] };
			expect(await getUser(userId, token)).toMatchObject({ status, body });
		});

		it('always shows a caller itself', async () => {
			await start();
			const { userId } = accounts.withoutRole;
			expect(await getUser(userId, secrets.withoutRole)).toMatchObject({ status: 200 });
			const list = await call('POST', '/v2/users', {
				headers: bearer(secrets.withoutRole),
				json: { query: { limit: 100 } },
			});
			expect(list.body).toMatchObject({ details: { totalResult: '1' }, result: [{ userId }] });
		});

		it('lists with a limit, and leaves out an empty result', async () => {
			await start();
			const list = (query: object) => call('POST', '/v2/users', { json: { query } });
			const first = await list({ limit: 1 });
			expect(first).toMatchObject({ status: 200, body: { result: [{ userId: leaverId }] } });
			const past = await list({ offset: '1000', limit: 1 });
			expect(past.body).toEqual({ details: { totalResult: expect.stringMatching(/^\d+$/) } });
			expect(simulator.violations).toEqual([]);
		});

		it('refuses a misspelt field, where ZITADEL would list everybody', async () => {
			await start();
			const received = await call('POST', '/v2/users', {
				json: { query: { limit: 1 }, filters: [] },
			});
			expect(received.status).toBe(400);
			expect(simulator.violations).toHaveLength(1);
		});

		it('tells who the caller is', async () => {
			await start();
			const { userId, userName } = accounts.userManager;
			const received = await call('GET', '/auth/v1/users/me');
			expect(received.body).toEqual({ user: { id: userId, userName } });
		});
	});

	describe('token endpoint', () => {
		const form = { grant_type: 'client_credentials', scope: AUDIENCE };
		const inForm = { client_id: client.id, client_secret: client.secret };
		const token = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
			send(simulator.baseUrl, {
				method: 'POST',
				path: '/oauth/v2/token',
				text: new URLSearchParams(fields).toString(),
				headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
			});
		const basic = (id: string, secret: string) => ({
			authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
		});
		const accessToken = (body: unknown) => (body as { access_token: string }).access_token;

		it.each([
			['form', { ...form, ...inForm }, {}],
			['header', form, basic(encodeURIComponent(client.id), client.secret)],
		])('issues a token for id and secret in the %s', async (_case, fields, headers) => {
			await start();
			const issued = await token(fields, headers);
			expect(issued).toMatchObject({
				status: 200,
				body: { access_token: expect.any(String), token_type: 'Bearer', expires_in: 43199 },
			});
			expect(await getUser(leaverId, accessToken(issued.body))).toMatchObject({ status: 200 });
			expect(simulator.violations).toEqual([]);
		});

		it('issues a token without the audience, which the API does not accept', async () => {
			await start();
			const issued = await token({ ...form, ...inForm, scope: 'openid' });
			expect(issued.status).toBe(200);
			const received = await getUser(leaverId, accessToken(issued.body));
			expect(received).toMatchObject({ status: 401, body: withId(16, 'AUTH-7fs1e') });
		});

		it('forgets its tokens on reset', async () => {
			await start();
			const issued = await token({ ...form, ...inForm });
			simulator.reset();
			expect((await getUser(leaverId, accessToken(issued.body))).status).toBe(401);
		});

		const viewerName = accounts.viewer.userName;
		it.each([
			['an unknown client', { ...form, client_id: 'x', client_secret: 'x' }, {}, 'client not'],
			['a wrong secret', { ...form, ...inForm, client_secret: 'x' }, {}, 'OIDC-VoXo6'],
			['a client that has no secret', { ...form, client_id: viewerName }, {}, 'OIDC-pieP8'],
			['an unencoded + in the header', form, basic(client.id, client.secret), 'client not'],
			['broken encoding in the header', form, basic('%', 'x'), 'basic auth'],
		])('refuses %s', async (_case, fields, headers, description) => {
			await start();
			expect(await token(fields, headers)).toMatchObject({
				status: 400,
				body: {
					error: 'invalid_client',
					error_description: expect.stringContaining(description),
				},
			});
			expect(simulator.violations).toEqual([]);
		});

		it('refuses a deactivated client', async () => {
			await start();
			await deactivate(accounts.userManager.userId);
			expect(await token({ ...form, ...inForm })).toMatchObject({
				status: 400,
				body: { error_description: expect.stringContaining('OIDCS-kj3g2') },
			});
		});

		it.each<[string, Record<string, string>, Record<string, string>]>([
			['another grant', { ...form, ...inForm, grant_type: 'password' }, {}],
			['an unknown field', { ...form, ...inForm, audience: 'x' }, {}],
			['both ways at once', { ...form, ...inForm }, basic(client.id, client.secret)],
			['a bearer token', form, bearer(secrets.valid)],
			['JSON', { ...form, ...inForm }, { 'content-type': 'application/json' }],
		])('refuses and records %s', async (_case, fields, headers) => {
			await start();
			const body = { error: 'invalid_request', error_description: expect.any(String) };
			expect(await token(fields, headers)).toMatchObject({ status: 400, body });
			expect(simulator.violations).toHaveLength(1);
		});
	});
});
