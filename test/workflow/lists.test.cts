import { NodeApiError } from 'n8n-workflow';
import nock from 'nock';

import { listSearch } from '../harness/listSearch.cts';
import { nockOnly } from '../harness/nockOnly.cts';
import { byId } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { ORGANIZATION_LISTS } from '../nodes/Aitronos/sample.cts';

const KEY = 'k3y-5ecr3t-5ecr3t';
const HOST = 'https://service.example.org';
const uuid = (index: number) => `6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c${String(1000 + index)}`;

const requests = {
	zitadel: {
		node: 'zitadel',
		method: 'searchUsers',
		parameters: { authentication: 'personalAccessToken' },
		credentials: { zitadelAdminApi: { baseUrl: HOST, accessToken: KEY } },
	},
	aitronos: {
		node: 'aitronos',
		method: 'searchUsers',
		parameters: { organizationId: byId('org_1') },
		credentials: { aitronosAdminApi: { baseUrl: HOST, authentication: 'apiKey', apiKey: KEY } },
	},
	awork: {
		node: 'awork',
		method: 'searchUsers',
		parameters: { authentication: 'apiKey' },
		credentials: { aworkAdminApi: { baseUrl: HOST, apiKey: KEY } },
	},
};

nockOnly();

describe('the list of users', () => {
	it('of zitadel shows name, address and state, and searches on the server', async () => {
		const contains = { method: 'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE' };
		nock(HOST)
			.post('/v2/users', {
				query: { offset: '0', limit: 100, asc: true },
				sortingColumn: 'USER_FIELD_NAME_DISPLAY_NAME',
				queries: [
					{
						orQuery: {
							queries: [
								{ displayNameQuery: { displayName: 'le', ...contains } },
								{ emailQuery: { emailAddress: 'le', ...contains } },
								{ loginNameQuery: { loginName: 'le', ...contains } },
							],
						},
					},
				],
			})
			.reply(200, {
				details: { totalResult: '3' },
				result: [
					{
						userId: '42',
						state: 'USER_STATE_ACTIVE',
						human: { profile: { displayName: 'Kim Lee' }, email: { email: 'kim@example.org' } },
					},
					{ userId: '43', state: 'USER_STATE_INACTIVE', machine: { name: 'CI' } },
					{ userId: '44', state: 'USER_STATE_LOCKED' },
				],
			});
		expect(await listSearch({ ...requests.zitadel, filter: ' le ' })).toEqual({
			results: [
				{ name: 'Kim Lee (kim@example.org)', value: '42' },
				{ name: 'CI – deactivated', value: '43' },
				{ name: '44 – locked', value: '44' },
			],
		});
	});

	it('of zitadel tells two accounts of one name and address apart', async () => {
		const human = { profile: { displayName: 'Alex' }, email: { email: 'alex@example.org' } };
		nock(HOST)
			.post('/v2/users')
			.reply(200, {
				details: {},
				result: ['42', '43'].map((userId) => ({ userId, state: 'USER_STATE_ACTIVE', human })),
			});
		const { results } = await listSearch(requests.zitadel);
		expect(results.map(({ name }) => name)).toEqual([
			'Alex (alex@example.org) – ID 42',
			'Alex (alex@example.org) – ID 43',
		]);
	});

	it('of zitadel goes on where the last page ended', async () => {
		const result = Array.from({ length: 100 }, (_, index) => ({ userId: String(index + 1) }));
		nock(HOST)
			.post('/v2/users', (body: { query: object; queries: unknown[] }) => {
				expect(body).toMatchObject({ query: { offset: '100' }, queries: [] });
				return true;
			})
			.reply(200, { details: { totalResult: '250' }, result });
		const { results, paginationToken } = await listSearch({ ...requests.zitadel, page: '100' });
		expect(results).toHaveLength(100);
		expect(paginationToken).toBe('200');
	});

	it('of aitronos depends on the organization', async () => {
		nock(HOST)
			.post('/v1/organizations/org_1/users', {
				skip: 0,
				take: 100,
				search_term: 'kim',
				include_deleted: false,
				sort_field: 'email',
				sort_direction: 'asc',
			})
			.reply(200, {
				members: [
					{
						id: 'orguser_1',
						user_id: 'usr_1',
						email: 'kim@example.org',
						status_name: 'InvitationSent',
					},
				],
				total: 1,
			});
		expect(await listSearch({ ...requests.aitronos, filter: 'kim' })).toEqual({
			results: [{ name: '(kim@example.org) – invited', value: 'usr_1' }],
		});
	});

	it('of aitronos says that the organization is missing', async () => {
		const request = { ...requests.aitronos, parameters: { organizationId: byId('') } };
		await expect(listSearch(request)).rejects.toThrow(/^Aitronos: 'Organization' is empty$/);
	});

	it('of awork is read by pages of a hundred', async () => {
		const users = Array.from({ length: 100 }, (_, index) => ({ id: uuid(index), firstName: 'A' }));
		nock(HOST)
			.get('/users')
			.query({ page: '2', pageSize: '100', orderby: 'firstName' })
			.reply(200, users);
		const { results, paginationToken } = await listSearch({ ...requests.awork, page: '2' });
		expect(results).toHaveLength(100);
		expect(paginationToken).toBe('3');
	});

	it('of awork finds a text in names and addresses of all users', async () => {
		const user = (index: number, firstName: string, email: string) => ({
			id: uuid(index),
			firstName,
			userContactInfos: [{ type: 'email', value: email }],
		});
		nock(HOST)
			.get('/users')
			.query({ page: '1', pageSize: '1000' })
			.reply(200, [
				user(1, 'Kim', 'x@example.org'),
				user(2, 'Lee', 'KIM@example.org'),
				user(3, 'Sam', 'sam@example.org'),
			]);
		const { results } = await listSearch({ ...requests.awork, filter: 'kim' });
		expect(results.map(({ value }) => value)).toEqual([uuid(1), uuid(2)]);
	});

	it.each(Object.entries(requests))(
		'of %s says what is wrong, without the key',
		async (_, request) => {
			nock(HOST).get(/.*/).optionally().reply(401, { message: KEY, description: KEY });
			nock(HOST)
				.post(/.*/)
				.optionally()
				.reply(401, { message: KEY, error: { message: KEY } });
			const error: unknown = await listSearch(request).catch((thrown: unknown) => thrown);
			expect(error).toBeInstanceOf(NodeApiError);
			expect((error as Error).message).toContain('rejected the credential');
			expect(findSecrets(error, [KEY])).toEqual([]);
		},
	);

	it.each(Object.entries(requests))(
		'of %s is not asked for with a key that cannot be sent',
		async (_, request) => {
			const credentials = Object.fromEntries(
				Object.entries(request.credentials).map(([type, data]) => [
					type,
					{ ...data, apiKey: `${KEY}\u200b`, accessToken: `${KEY}\u200b` },
				]),
			);
			await expect(listSearch({ ...request, credentials })).rejects.toThrow(
				/The key or token in the credential contains characters that can't be sent$/,
			);
		},
	);
});

describe('other lists of aitronos', () => {
	it('shows active departments by their names, and marks the default', async () => {
		nock(HOST)
			.get('/v1/organizations/org_1/departments')
			.reply(200, [
				{ id: 'dept_1', name: 'Sales', parent_id: 'dept_2', is_active: true, is_default: false },
				{ id: 'dept_2', name: 'Acme', path: '/dept_2', is_active: true, is_default: true },
				{ id: 'dept_3', name: 'Old', parent_id: 'dept_2', is_active: false, is_default: false },
			]);
		expect(
			await listSearch({ ...requests.aitronos, method: 'searchDepartments', filter: 'ACME' }),
		).toEqual({
			results: [
				{ name: 'Acme / Sales', value: 'dept_1' },
				{ name: 'Acme (default)', value: 'dept_2' },
			],
		});
	});

	it.each(ORGANIZATION_LISTS)('reads organizations given as %s', async (_, body) => {
		nock(HOST)
			.get('/v1/organizations')
			.query({ skip: '0', limit: '100', active_only: 'true' })
			.reply(200, body as nock.Body);
		expect(await listSearch({ ...requests.aitronos, method: 'searchOrganizations' })).toEqual({
			results: [{ name: 'Acme', value: 'org_1' }],
		});
	});
});
