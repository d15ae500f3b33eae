import { bearer, send } from './client.cts';
import type { Sent } from './client.cts';
import { SEED, startAwork } from './index.cts';
import type { AworkOptions, Simulator } from './index.cts';

const { secrets, accounts, unknownUserId } = SEED.awork;
const leaverId = accounts.leaver.id;
const SUMMARY = { privateProjectManagersReassignedCount: 3, privateProjectsDeletedCount: 2 };

describe('awork', () => {
	let simulator: Simulator;

	const start = async (options: AworkOptions = {}) => {
		simulator = await startAwork(options);
	};
	const call = (method: string, path: string, changes: Partial<Sent> = {}) =>
		send(simulator.baseUrl, { method, path, headers: bearer(secrets.valid), ...changes });
	const deactivate = (userId: string, changes: Partial<Sent> = {}) =>
		call('POST', `/users/${userId}/deactivate`, changes);

	afterEach(() => simulator.close());

	it('has its path in the base URL', async () => {
		await start();
		expect(simulator.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/);
	});

	const path = `/users/${leaverId}/deactivate`;
	it.each<[string, AworkOptions, Partial<Sent>, number, unknown]>([
		['no wish', {}, {}, 204, undefined],
		['an empty JSON object', {}, { json: {} }, 204, undefined],
		['a summary', {}, { path: `${path}?includeSummary=true` }, 200, SUMMARY],
		['no summary', {}, { path: `${path}?includeSummary=false` }, 204, undefined],
		['no summary, given all the same', { deactivateAnswer: 'summary' }, {}, 200, SUMMARY],
		[
			'a summary, not given all the same',
			{ deactivateAnswer: 'empty' },
			{ path: `${path}?includeSummary=true` },
			204,
			undefined,
		],
	])('deactivates with %s', async (_case, options, changes, status, body) => {
		await start(options);
		const received = await deactivate(leaverId, changes);
		expect(received.status).toBe(status);
		expect(received.body).toEqual(body);
		expect(received.headers.get('trace-id')).toEqual(expect.any(String));
		expect(simulator.account(leaverId)?.state).toBe('deactivated');
		expect(simulator.violations).toEqual([]);
	});

	it.each([
		[undefined, 400, { code: 'deactivated-user' }],
		['invalid-operation', 400, { code: 'invalid-operation' }],
		['success', 204, undefined],
	] as const)('answers a second time as told: %s', async (alreadyDeactivated, status, body) => {
		await start(alreadyDeactivated ? { alreadyDeactivated } : {});
		await deactivate(leaverId);
		const received = await deactivate(leaverId);
		expect(received.status).toBe(status);
		if (body) expect(received.body).toMatchObject(body);
	});

	it.each([
		['an unknown user', unknownUserId, secrets.valid, 404, 'not-found'],
		['the last admin', accounts.lastAdmin.id, secrets.valid, 400, 'invalid-operation'],
		['an archived user', accounts.archived.id, secrets.valid, 400, 'entity-archived'],
		['a bad key', leaverId, 'wrong', 401, 'workspaceid-missing'],
		['a key without permission', leaverId, secrets.withoutPermission, 401, 'unauthorized'],
	])('refuses %s', async (_case, userId, key, status, code) => {
		await start();
		const before = simulator.accounts();
		const received = await deactivate(userId, { headers: bearer(key) });
		expect(received).toMatchObject({
			status,
			body: {
				code,
				description: expect.any(String),
				link: expect.stringMatching(/^https:/),
				traceId: received.headers.get('trace-id'),
			},
		});
		expect(simulator.accounts()).toEqual(before);
		expect(simulator.violations).toEqual([]);
	});

	it('refuses a request without a key', async () => {
		await start();
		expect((await deactivate(leaverId, { headers: {} })).status).toBe(401);
	});

	it.each<[string, number, Partial<Sent>, string]>([
		['a field in the body', 400, { json: { includeSummary: true } }, "'includeSummary'"],
		['a body without content type', 415, { text: '{}' }, 'content-type'],
		['an unknown query parameter', 400, { path: `${path}?summary=true` }, "'summary'"],
		['a wrong value', 400, { path: `${path}?includeSummary=1` }, 'query.includeSummary'],
		['a doubled one', 400, { path: `${path}?includeSummary=true&includeSummary=true` }, 'once'],
		['an id that is no UUID', 400, { path: '/users/kim/deactivate' }, 'path.userId'],
		['an empty id', 400, { path: '/users//deactivate' }, 'empty segment'],
		['an undocumented path', 404, { path: `/users/${leaverId}/disable` }, 'path'],
		['a wrong method', 405, { method: 'PUT' }, 'method'],
	])('refuses and records %s', async (_case, status, changes, problem) => {
		await start();
		const received = await deactivate(leaverId, changes);
		const description = expect.stringContaining(problem);
		expect(received).toMatchObject({ status, body: { code: expect.any(String), description } });
		expect(simulator.violations).toHaveLength(1);
		expect(simulator.account(leaverId)?.state).toBe('active');
	});

	it.each([
		['a person', accounts.leaver, 'active', 'kim.lee@example.org'],
		['an invitee', accounts.invitee, 'invited', 'noa.new@example.org'],
		['a deactivated person', accounts.deactivated, 'deactivated', 'pat.past@example.org'],
		['an archived person', accounts.archived, 'archived', 'ari.kive@example.org'],
		['an API user', accounts.apiUser, 'active', null],
	])('shows %s', async (_case, account, state, email) => {
		await start();
		const received = await call('GET', `/users/${account.id}`);
		expect(received).toMatchObject({
			status: 200,
			body: {
				id: account.id,
				isDeactivated: account.isDeactivated,
				isArchived: account.isArchived,
				status: { invitationAccepted: account.invitationAccepted },
				userContactInfos: email === null ? null : [{ type: 'email', value: email }],
			},
		});
		expect(received.body).not.toHaveProperty('email');
		expect(simulator.account(account.id)).toMatchObject({ state, email });
	});

	it('does not know an unknown user', async () => {
		await start();
		const received = await call('GET', `/users/${unknownUserId}`);
		expect(received).toMatchObject({ status: 404, body: { code: 'not-found' } });
	});

	it.each([
		[secrets.valid, accounts.apiUser.id],
		[secrets.withoutPermission, accounts.apiUserWithoutPermission.id],
	])('tells the holder of %s who it is', async (key, id) => {
		await start();
		const received = await call('GET', '/users/me', { headers: bearer(key) });
		const workspace = { id: expect.any(String), name: expect.any(String) };
		const body = { id, accountId: expect.any(String), workspace };
		expect(received).toMatchObject({ status: 200, body });
	});
});
