import { NodeApiError } from 'n8n-workflow';

import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import { scriptedList, type ScriptedList } from './scriptedList.cts';
import { aworkUser, byId } from './services.cts';

const bodyOf = ({ body }: { body?: unknown }) => JSON.parse(String(body)) as unknown;
const found = (body: unknown) => [{ status: 200, body }];
const many = <T,>(count: number, make: (index: number) => T) =>
	Array.from({ length: count }, (_, index) => make(index));

describe('the list of users at ZITADEL', () => {
	const open = async (request: ScriptedList) =>
		await scriptedList(new Zitadel().methods.listSearch.searchUsers, {
			...request,
			parameters: { authentication: 'personalAccessToken' },
		});
	const page = (result: unknown[], totalResult?: number) =>
		found({
			details: totalResult === undefined ? {} : { totalResult: String(totalResult) },
			result,
		});
	const human = { profile: { displayName: 'Kim Lee' }, email: { email: 'kim@example.org' } };

	it('shows what is known of each: name, address, state', async () => {
		const { results } = await open({
			answers: page([
				{ userId: '1', state: 'USER_STATE_ACTIVE', human },
				{ userId: '2', state: 'USER_STATE_INACTIVE', machine: { name: 'CI' } },
				{ userId: '3', state: 'USER_STATE_LOCKED' },
				{ userId: '4', state: 'USER_STATE_INITIAL', preferredLoginName: 'lee' },
				{ userId: '5', state: 'USER_STATE_NEW', human: { email: { email: 'x@example.org' } } },
			]),
		});
		expect(results).toEqual([
			{ name: 'Kim Lee (kim@example.org)', value: '1' },
			{ name: 'CI – deactivated', value: '2' },
			{ name: '3 – locked', value: '3' },
			{ name: 'lee – invited', value: '4' },
			{ name: '(x@example.org) – unknown', value: '5' },
		]);
	});

	it('adds the ID where two look alike', async () => {
		const { results } = await open({
			answers: page([
				{ userId: '1', state: 'USER_STATE_ACTIVE', human },
				{ userId: '2', state: 'USER_STATE_LOCKED', human },
				{ userId: '3', state: 'USER_STATE_ACTIVE', human },
			]),
		});
		expect(results.map(({ name }) => name)).toEqual([
			'Kim Lee (kim@example.org) – ID 1',
			'Kim Lee (kim@example.org) – locked',
			'Kim Lee (kim@example.org) – ID 3',
		]);
	});

	it('asks for the first page of all users, in the order of names', async () => {
		const { requests, paginationToken } = await open({ answers: page([], 0) });
		expect(requests).toMatchObject([
			{ method: 'POST', url: 'https://service.example.org/v2/users', timeout: 15_000 },
		]);
		expect(requests.map(bodyOf)).toEqual([
			{
				query: { offset: '0', limit: 100, asc: true },
				sortingColumn: 'USER_FIELD_NAME_DISPLAY_NAME',
				queries: [],
			},
		]);
		expect(paginationToken).toBeUndefined();
	});

	it('looks for a text in names, addresses and login names', async () => {
		const { requests } = await open({ answers: page([], 0), filter: ' Le ' });
		const contains = { method: 'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE' };
		expect(requests.map(bodyOf)).toMatchObject([
			{
				queries: [
					{
						orQuery: {
							queries: [
								{ displayNameQuery: { displayName: 'Le', ...contains } },
								{ emailQuery: { emailAddress: 'Le', ...contains } },
								{ loginNameQuery: { loginName: 'Le', ...contains } },
							],
						},
					},
				],
			},
		]);
	});

	it('has as many pages as the total says, however short they are', async () => {
		const more = await open({ answers: page([{ userId: '1' }], 201), page: '100' });
		expect(more.requests.map(bodyOf)).toMatchObject([{ query: { offset: '100' } }]);
		expect(more.paginationToken).toBe('200');
		const last = await open({ answers: page([{ userId: '1' }], 200), page: '100' });
		expect(last).not.toHaveProperty('paginationToken');
	});

	it('skips rows that it can’t read', async () => {
		const { results } = await open({
			answers: page([null, { userId: 'a@b' }, { userId: '1' }], 3),
		});
		expect(results).toMatchObject([{ value: '1' }]);
	});

	it('says what is wrong, of no item, where the editor shows it', async () => {
		const opened = open({ answers: [{ status: 401 }] });
		await expect(opened).rejects.toBeInstanceOf(NodeApiError);
		await expect(open({ answers: [{ status: 401 }] })).rejects.toMatchObject({
			message: 'ZITADEL rejected the credential',
			description: expect.stringMatching(/^Check the credential\. (?!.*changed)/) as string,
		});
	});

	it('retries nothing: somebody is waiting', async () => {
		const answers = [{ status: 503 }];
		await expect(open({ answers })).rejects.toThrow('ZITADEL is not available at the moment');
	});
});

describe('the list of users at Aitronos', () => {
	const open = async (request: ScriptedList) =>
		await scriptedList(new Aitronos().methods.listSearch.searchUsers, {
			parameters: { organizationId: byId('org_1') },
			...request,
		});
	const member = (index: number) => ({ user_id: `usr_${index}`, email: `${index}@example.org` });

	it.each(['users', 'members'])('reads them under %s', async (key) => {
		const { results } = await open({ answers: found({ [key]: [member(1)] }) });
		expect(results).toEqual([{ name: '(1@example.org) – unknown', value: 'usr_1' }]);
	});

	it('shows what is known of each', async () => {
		const { results } = await open({
			answers: found({
				users: [
					{ user_id: 'usr_1', full_name: 'Kim', email: 'kim@x', status: { name: 'Active' } },
					{ user_id: 'usr_2', status_name: 'Inactive' },
					{ user_id: 'usr_3', full_name: 'Lee', email: '', status_name: 'Pending' },
					{ user_id: 'usr_4', full_name: null, status: { name: 'InvitationSent' } },
				],
			}),
		});
		expect(results).toEqual([
			{ name: 'Kim (kim@x)', value: 'usr_1' },
			{ name: 'usr_2 – deactivated', value: 'usr_2' },
			{ name: 'Lee – invited', value: 'usr_3' },
			{ name: 'usr_4 – invited', value: 'usr_4' },
		]);
	});

	it('asks for those of the organization, without a search text if there is none', async () => {
		const { requests } = await open({ answers: found({ users: [] }) });
		expect(requests).toMatchObject([
			{ method: 'POST', url: 'https://service.example.org/v1/organizations/org_1/users' },
		]);
		expect(requests.map(bodyOf)).toEqual([
			{
				skip: 0,
				take: 100,
				include_deleted: false,
				sort_field: 'email',
				sort_direction: 'asc',
			},
		]);
	});

	it('looks for a text, and has another page after a full one', async () => {
		const { requests, paginationToken } = await open({
			answers: found({ users: many(100, member) }),
			filter: 'kim',
			page: '100',
		});
		expect(requests.map(bodyOf)).toMatchObject([{ skip: 100, search_term: 'kim' }]);
		expect(paginationToken).toBe('200');
		const last = await open({ answers: found({ users: many(99, member) }) });
		expect(last).not.toHaveProperty('paginationToken');
	});

	it('needs an organization', async () => {
		const opened = open({ answers: [], parameters: { organizationId: byId('') } });
		await expect(opened).rejects.toMatchObject({
			message: "Aitronos: 'Organization' is empty",
			description: 'Choose an organization first.',
		});
	});
});

describe('the list of users at awork', () => {
	const open = async (users: object[], rest: Partial<ScriptedList> = {}) =>
		await scriptedList(new Awork().methods.listSearch.searchUsers, {
			...rest,
			answers: found(users),
			parameters: { authentication: 'apiKey' },
		});
	const id = (index: number) => aworkUser.id.slice(0, -4) + String(1000 + index);
	const user = (index: number, fields: object = {}) => ({ id: id(index), ...fields });

	it('is in the order of first names, a hundred at a time', async () => {
		const { results, requests, paginationToken } = await open(many(100, (index) => user(index)));
		expect(requests).toMatchObject([
			{
				method: 'GET',
				url: 'https://service.example.org/users?page=1&pageSize=100&orderby=firstName',
			},
		]);
		expect(results).toHaveLength(100);
		expect(paginationToken).toBe('2');
	});

	it('ends with a page that is not full', async () => {
		const last = await open(
			many(99, (index) => user(index)),
			{ page: '3' },
		);
		expect(last.requests[0]?.url).toContain('?page=3&');
		expect(last).not.toHaveProperty('paginationToken');
	});

	it('shows names as far as they are there', async () => {
		const { results } = await open([
			user(1, { firstName: 'Kim', lastName: 'Lee', isDeactivated: true }),
			user(2, { lastName: 'Lee' }),
			user(3),
		]);
		expect(results.map(({ name }) => name)).toEqual(['Kim Lee – deactivated', 'Lee', id(3)]);
	});

	it('looks for a text in names, addresses and IDs of all users', async () => {
		const email = (value: string) => ({ userContactInfos: [{ type: 'email', value }] });
		const users = [
			user(1, { firstName: 'Kim', lastName: 'Lee' }),
			user(2, { firstName: 'Ada', ...email('KIM@example.org') }),
			user(3, { firstName: 'Sam', ...email('sam@example.org') }),
		];
		const found = await open(users, { filter: 'kIm' });
		expect(found.results.map(({ value }) => value)).toEqual([id(1), id(2)]);
		expect(found.requests).toMatchObject([
			{ url: 'https://service.example.org/users?page=1&pageSize=1000' },
		]);
		expect(found).not.toHaveProperty('paginationToken');
		const byId = await open(users, { filter: id(3).toUpperCase() });
		expect(byId.results.map(({ value }) => value)).toEqual([id(3)]);
		// Who has no name is not found by letters, and part of an ID is no ID.
		expect((await open([user(4)], { filter: 'e' })).results).toEqual([]);
		expect((await open(users, { filter: id(3).slice(0, 8) })).results).toEqual([]);
	});
});
