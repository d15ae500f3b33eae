/** What it takes to work on users, where nothing goes wrong and no option asks for more. */
export interface RequestsRow {
	service: string;
	operation: string;
	/** How the user is given; Get Many is about all of them. */
	by: 'Email' | 'ID' | '–';
	/** Those for the first user of a run, in their order. */
	requests: readonly string[];
	/** How many of them wait for one before. */
	steps: number;
	/** How many each further user takes. */
	further: number;
}

const row = (
	service: string,
	operation: string,
	by: RequestsRow['by'],
	[steps, further]: [steps: number, further: number],
	...requests: string[]
): RequestsRow => ({ service, operation, by, requests, steps, further });

const zitadel = {
	find: 'POST /v2/users',
	me: 'GET /auth/v1/users/me',
	read: 'GET /v2/users/1',
	deactivate: 'POST /v2/users/1/deactivate {}',
	sessions: 'POST /v2/sessions/search',
	permissions: ['POST /auth/v1/permissions/zitadel/me/_search {}'],
	reactivate: 'POST /v2/users/1/reactivate {}',
};

const aitronos = {
	find: 'POST /v1/organizations/org_1/users',
	me: 'GET /v1/user/me',
	read: 'GET /v1/organizations/org_1/users/1',
	deactivate:
		'POST /v1/organizations/org_1/users/1/deactivate {"transfer_resources_to_department_id":"dept_2"}',
	reactivate: 'POST /v1/organizations/org_1/users/1/reactivate',
	permissions: [],
};

const awork = {
	find: 'GET /users?page=1&pageSize=1000',
	me: 'GET /users/me',
	read: 'GET /users/1',
	permissions: 'GET /me/permissions',
	deactivate: 'POST /users/1/deactivate?includeSummary=false',
	reactivate: 'POST /users/1/activate',
};

const filter = (text: string) => `GET /Users?filter=${text}&startIndex=1&count=100`;
const scim = {
	find: filter(
		'userName%20eq%20%22kim.lee%40example.org%22%20or%20emails.value%20eq%20%22kim.lee%40example.org%22',
	),
	list: 'GET /Users?startIndex=1&count=100',
	anybody: 'GET /Users?startIndex=1&count=1',
	read: 'GET /Users/1',
	patch: (active: boolean) =>
		`PATCH /Users/1 {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":${active}}]}`,
};

const findMember = 'GET /billing/v1/ai-models-included/users?email=kim.lee%40example.org&limit=50';
const deactivateMember = 'POST /user-management/v1/deactivate-user {"email":"kim.lee@example.org"}';
const invite =
	'POST /user-management/v1/invite {"users":[{"email":"kim.lee@example.org","role":"member"}]}';

/** ZITADEL's sessions are ended after the change. */
function deactivateRows(name: string, [find = '', me = '', read = '', change = '']: string[]) {
	const after = name === 'zitadel' ? [zitadel.sessions] : [];
	const { length } = after;
	return [
		row(name, 'deactivate', 'Email', [3 + length, 3 + length], find, me, read, change, ...after),
		row(name, 'deactivate', 'ID', [2 + length, 1 + length], me, change, ...after),
	];
}

/** Each line is a test, and a line of docs/performance.md. */
export const REQUESTS: readonly RequestsRow[] = [
	...['langdock', 'odeus'].flatMap((name) => [
		row(name, 'deactivate', 'Email', [2, 1], findMember, deactivateMember),
		row(name, 'reactivate', 'Email', [1, 1], invite),
	]),
	...Object.entries({ aitronos, zitadel }).flatMap(
		([name, { find, me, read, deactivate, reactivate, permissions }]) => [
			...deactivateRows(name, [find, me, read, deactivate]),
			row(name, 'get', 'Email', [2, 2], find, read),
			row(name, 'get', 'ID', [1, 1], read),
			row(name, 'reactivate', 'Email', [3, 3], find, read, reactivate),
			row(name, 'reactivate', 'ID', [1, 1], reactivate),
			row(name, 'getAll', '–', [1, 1], find, ...permissions),
		],
	),
	row('awork', 'deactivate', 'Email', [3, 2], awork.find, awork.me, awork.read, awork.deactivate),
	row('awork', 'deactivate', 'ID', [2, 2], awork.me, awork.read, awork.deactivate),
	row('awork', 'get', 'Email', [2, 1], awork.find, awork.read),
	row('awork', 'get', 'ID', [1, 1], awork.read),
	row('awork', 'reactivate', 'Email', [3, 2], awork.find, awork.read, awork.reactivate),
	row('awork', 'reactivate', 'ID', [2, 2], awork.read, awork.reactivate),
	row('awork', 'getAll', '–', [1, 1], awork.find, awork.permissions),
	...(['deactivate', 'reactivate'] as const).flatMap((operation) => {
		const change = [scim.read, scim.patch(operation === 'reactivate'), scim.read];
		return [
			row('scim', operation, 'Email', [4, 4], scim.find, ...change),
			row('scim', operation, 'ID', [3, 3], ...change),
		];
	}),
	row('scim', 'get', 'Email', [2, 2], scim.find, scim.read),
	row('scim', 'get', 'ID', [1, 1], scim.read),
	row('scim', 'getAll', '–', [1, 1], scim.list, scim.anybody),
];
