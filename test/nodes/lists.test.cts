import { NodeApiError } from 'n8n-workflow';

import { Aitronos } from '../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../nodes/Awork/Awork.node';
import { Zitadel } from '../../nodes/Zitadel/Zitadel.node';
import { scriptedList, type ScriptedList } from './scriptedRun.cts';
import { aworkUser, byId } from './services.cts';

const bodyOf = ({ body }: { body?: unknown }) => JSON.parse(String(body)) as unknown;
const found = (body: unknown) => [{ status: 200, body }];
const many = <T,>(count: number, make: (index: number) => T) =>
	Array.from({ length: count }, (_, index) => make(index));

const LISTS = {
	zitadel: [new Zitadel(), { authentication: 'personalAccessToken' }],
	aitronos: [new Aitronos(), { organizationId: byId('org_1') }],
	awork: [new Awork(), { authentication: 'apiKey' }],
} as const;

/** Opens the list of users of a service. */
const opener = (service: keyof typeof LISTS) => async (request: ScriptedList) => {
	const [node, parameters] = LISTS[service];
	return await scriptedList(node.methods.listSearch.searchUsers, { parameters, ...request });
};

describe('the list of users at ZITADEL', () => {
	const open = opener('zitadel');
	const page = (result: unknown[], totalResult?: number) =>
		found({
			details: totalResult === undefined ? {} : { totalResult: String(totalResult) },
			result,
		});
	const human = { profile: { displayName: 'Kim Lee' }, email: { email: 'kim@example.org' } };

	it('shows name, state and address of each, and where to see more', async () => {
		const { results } = await open({
			answers: page([
				{ userId: '1', state: 'USER_STATE_ACTIVE', human },
				{ userId: '2', state: 'USER_STATE_INACTIVE', machine: { name: 'CI' } },
				{ userId: '3', state: 'USER_STATE_LOCKED' },
				{ userId: '4', state: 'USER_STATE_INITIAL', preferredLoginName: 'lee' },
				{ userId: '5', state: 'USER_STATE_NEW', human: { email: { email: 'x@example.org' } } },
				{ userId: 'kim&lee' },
			]),
		});
		const page1 = (id: string) => `https://service.example.org/ui/console/users/${id}`;
		expect(results).toEqual([
			{ name: 'Kim Lee (kim@example.org)', value: '1', url: page1('1') },
			{ name: 'CI – deactivated', value: '2', url: page1('2') },
			{ name: '3 – locked', value: '3', url: page1('3') },
			{ name: 'lee – invited', value: '4', url: page1('4') },
			{ name: 'x@example.org – USER_STATE_NEW', value: '5', url: page1('5') },
			{ name: 'kim&lee – unknown', value: 'kim&lee', url: page1('kim%26lee') },
		]);
	});

	it('begins with the ID where two look alike', async () => {
		const states = ['ACTIVE', 'LOCKED', 'ACTIVE'];
		const users = states.map((state, index) => ({
			userId: String(index),
			state: `USER_STATE_${state}`,
			human,
		}));
		const { results } = await open({ answers: page(users) });
		expect(results.map(({ name }) => name)).toEqual([
			'ID 0 – Kim Lee (kim@example.org)',
			'Kim Lee – locked (kim@example.org)',
			'ID 2 – Kim Lee (kim@example.org)',
		]);
	});

	const contains = { method: 'TEXT_QUERY_METHOD_CONTAINS_IGNORE_CASE' };
	const queries = [
		{ displayNameQuery: { displayName: 'Le', ...contains } },
		{ emailQuery: { emailAddress: 'Le', ...contains } },
		{ loginNameQuery: { loginName: 'Le', ...contains } },
	];

	it.each([
		['all users', '', []],
		['a text in names, addresses and logins', ' Le ', [{ orQuery: { queries } }]],
	])('asks for %s in the order of names', async (_, filter, asked) => {
		const { requests, paginationToken } = await open({ answers: page([], 0), filter });
		expect(requests).toMatchObject([
			{ method: 'POST', url: 'https://service.example.org/v2/users', timeout: 15_000 },
		]);
		const query = { offset: '0', limit: 100, asc: true };
		const sortingColumn = 'USER_FIELD_NAME_DISPLAY_NAME';
		expect(requests.map(bodyOf)).toEqual([{ query, sortingColumn, queries: asked }]);
		expect(paginationToken).toBeUndefined();
	});

	it('has as many pages as the total says, however short they are', async () => {
		const more = await open({ answers: page([{ userId: '1' }], 201), page: '100' });
		expect(more.requests.map(bodyOf)).toMatchObject([{ query: { offset: '100' } }]);
		expect(more.paginationToken).toBe('200');
		const last = await open({ answers: page([{ userId: '1' }], 200), page: '100' });
		expect(last).not.toHaveProperty('paginationToken');
	});

	it('says what is wrong, of no item, where the editor shows it, and retries nothing', async () => {
		const opened = await open({ answers: [{ status: 503 }] }).catch((error: unknown) => error);
		expect(opened).toBeInstanceOf(NodeApiError);
		expect(opened).toMatchObject({
			message: 'ZITADEL is not available at the moment',
			description: expect.stringMatching(/^Try again later(?!.*(changed|sent))/) as string,
		});
	});
});

describe('the list of users at Aitronos', () => {
	const open = opener('aitronos');
	const member = (index: number) => ({ user_id: `usr_${index}`, email: `${index}@example.org` });

	it.each(['users', 'members'])('shows what is known of each, read under %s', async (key) => {
		const users = [
			{ user_id: 'usr_1', full_name: 'Kim', email: 'kim@x', status: { name: 'Active' } },
			{ user_id: 'usr_3', full_name: 'Lee', email: '', status_name: 'Pending' },
			{ user_id: 'usr_4', full_name: null, status: { name: 'InvitationSent' } },
			{ user_id: 'usr_5', full_name: 'Max', email: 'max@x', status_name: 'On leave' },
			member(6),
		];
		const { results } = await open({ answers: found({ [key]: users }) });
		expect(results).toEqual([
			{ name: 'Kim (kim@x)', value: 'usr_1' },
			{ name: 'Lee – invited', value: 'usr_3' },
			{ name: 'usr_4 – invited', value: 'usr_4' },
			{ name: 'Max – On leave (max@x)', value: 'usr_5' },
			{ name: '6@example.org – unknown', value: 'usr_6' },
		]);
	});

	it.each([
		[99, {}, { skip: 0 }, undefined],
		[100, { filter: 'kim', page: '100' }, { skip: 100, search_term: 'kim' }, '200'],
	])('after %i users, asked with %j, has the next page %s', async (count, request, query, next) => {
		const list = await open({ answers: found({ users: many(count, member) }), ...request });
		expect(list.requests).toMatchObject([
			{ method: 'POST', url: 'https://service.example.org/v1/organizations/org_1/users' },
		]);
		const order = { take: 100, include_deleted: false, sort_field: 'email', sort_direction: 'asc' };
		expect(list.requests.map(bodyOf)).toEqual([{ ...query, ...order }]);
		expect(list.paginationToken).toBe(next);
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
	const open = opener('awork');
	const id = (index: number) => aworkUser.id.slice(0, -4) + String(1000 + index);
	const user = (index: number, fields: object = {}) => ({ id: id(index), ...fields });

	it.each([
		[100, undefined, '?page=1&pageSize=100&orderby=firstName', '2'],
		[99, '3', '?page=3&pageSize=100&orderby=firstName', undefined],
	])(
		'after %i users on page %s: asked with %s, the next is %s',
		async (count, page, query, next) => {
			const list = await open({ answers: found(many(count, user)), ...(page && { page }) });
			expect(list.requests).toMatchObject([
				{ method: 'GET', url: `https://service.example.org/users${query}` },
			]);
			expect(list.results).toHaveLength(count);
			expect(list.paginationToken).toBe(next);
		},
	);

	it('looks for a text in names, addresses and IDs of all users', async () => {
		const email = (value: string) => ({ userContactInfos: [{ type: 'email', value }] });
		const users = [
			user(1, { firstName: 'Kim', lastName: 'Lee' }),
			user(2, { firstName: 'Ada', ...email('KIM@example.org') }),
			user(3, { firstName: 'Sam', ...email('sam@example.org') }),
			user(4),
		];
		const look = async (filter: string) => await open({ answers: found(users), filter });
		const kims = await look('kIm');
		expect(kims.requests).toMatchObject([
			{ url: 'https://service.example.org/users?page=1&pageSize=1000' },
		]);
		expect(kims).not.toHaveProperty('paginationToken');
		expect(kims.results.map(({ value }) => value)).toEqual([id(1), id(2)]);
		expect((await look(id(3).toUpperCase())).results).toMatchObject([{ value: id(3) }]);
		// Who has no name is not found by letters, and part of an ID is no ID.
		expect((await look(id(3).slice(0, 8))).results).toEqual([]);
	});
});
