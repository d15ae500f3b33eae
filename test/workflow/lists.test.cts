import { NodeApiError } from 'n8n-workflow';
import nock from 'nock';

import { listSearch } from '../harness/listSearch.cts';
import { nockOnly } from '../harness/nockOnly.cts';
import { byId } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { ORGANIZATION_LISTS } from '../nodes/Aitronos/sample.cts';

const KEY = 'k3y-5ecr3t-5ecr3t';
const HOST = 'https://service.example.org';
const UUID = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c1001';

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

describe('a list through n8n’s own context', () => {
	it('of users of zitadel has the address of each in the console', async () => {
		nock(HOST)
			.post('/v2/users', ({ queries }: { queries: unknown[] }) => queries.length === 1)
			.reply(200, { details: {}, result: [{ userId: '42', state: 'USER_STATE_LOCKED' }] });
		expect(await listSearch({ ...requests.zitadel, filter: ' le ' })).toMatchObject({
			results: [{ name: '42 – locked', value: '42', url: `${HOST}/ui/console/users/42` }],
		});
	});

	it('of users of aitronos depends on the organization', async () => {
		nock(HOST)
			.post('/v1/organizations/org_1/users', ({ search_term: text }: { search_term: string }) => {
				return text === 'kim';
			})
			.reply(200, { members: [{ user_id: 'usr_1', email: 'kim@example.org' }], total: 1 });
		expect(await listSearch({ ...requests.aitronos, filter: 'kim' })).toMatchObject({
			results: [{ value: 'usr_1' }],
		});
		const without = { ...requests.aitronos, parameters: { organizationId: byId('') } };
		await expect(listSearch(without)).rejects.toThrow(/^Aitronos: 'Organization' is empty$/);
	});

	it('of users of awork goes on where the last page ended', async () => {
		const query = { page: '2', pageSize: '100', orderby: 'firstName' };
		nock(HOST)
			.get('/users')
			.query(query)
			.reply(200, [{ id: UUID }]);
		expect(await listSearch({ ...requests.awork, page: '2' })).toMatchObject({
			results: [{ value: UUID }],
		});
	});

	it('of departments of aitronos is that of the organization', async () => {
		const departments = [{ id: 'dept_1', name: 'Sales', is_active: true }];
		nock(HOST).get('/v1/organizations/org_1/departments').reply(200, departments);
		expect(await listSearch({ ...requests.aitronos, method: 'searchDepartments' })).toEqual({
			results: [{ name: 'Sales', value: 'dept_1' }],
		});
	});

	it.each(ORGANIZATION_LISTS.slice(0, 1))('of organizations is read from %s', async (_, body) => {
		const query = { skip: '0', limit: '100', active_only: 'true' };
		nock(HOST)
			.get('/v1/organizations')
			.query(query)
			.reply(200, body as nock.Body);
		expect(await listSearch({ ...requests.aitronos, method: 'searchOrganizations' })).toEqual({
			results: [{ name: 'Acme', value: 'org_1' }],
		});
	});

	describe.each(Object.entries(requests))('of users of %s', (_, request) => {
		it('says what is wrong, without the key', async () => {
			nock(HOST).get(/.*/).optionally().reply(401, { message: KEY, description: KEY });
			const body = { message: KEY, error: { message: KEY } };
			nock(HOST).post(/.*/).optionally().reply(401, body);
			const error: unknown = await listSearch(request).catch((thrown: unknown) => thrown);
			expect(error).toBeInstanceOf(NodeApiError);
			expect((error as Error).message).toContain('rejected the credential');
			expect(findSecrets(error, [KEY])).toEqual([]);
		});

		it('is not asked for with a key that can’t be sent', async () => {
			const unsendable = `${KEY}\u200b`;
			const [[type, data] = ['', {}]] = Object.entries(request.credentials);
			const credentials = {
				[type]: { ...data, apiKey: unsendable, accessToken: unsendable },
			};
			await expect(listSearch({ ...request, credentials })).rejects.toThrow(
				/The key or token in the credential contains characters that can't be sent$/,
			);
		});
	});
});
