/** What it takes to work on users, where nothing goes wrong and no option asks for more. */
export interface RequestsRow {
	service: string;
	operation: string;
	/** How the user is given. */
	by: 'Email' | 'ID';
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
	reactivate: 'POST /v2/users/1/reactivate {}',
};

const aitronos = {
	find: 'POST /v1/organizations/org_1/users',
	me: 'GET /v1/user/me',
	read: 'GET /v1/organizations/org_1/users/1',
	deactivate:
		'POST /v1/organizations/org_1/users/1/deactivate {"transfer_resources_to_department_id":"dept_2"}',
	reactivate: 'POST /v1/organizations/org_1/users/1/reactivate',
};

const awork = {
	find: 'GET /users?page=1&pageSize=1000',
	me: 'GET /users/me',
	read: 'GET /users/1',
	deactivate: 'POST /users/1/deactivate?includeSummary=false',
	reactivate: 'POST /users/1/activate',
};

const deactivateMember = 'POST /user-management/v1/deactivate-user {"email":"kim.lee@example.org"}';
const invite =
	'POST /user-management/v1/invite {"users":[{"email":"kim.lee@example.org","role":"member"}]}';

/** Each line is a test, and a line of docs/performance.md. */
export const REQUESTS: readonly RequestsRow[] = [
	...['langdock', 'odeus'].flatMap((name) => [
		row(
			name,
			'deactivate',
			'Email',
			[2, 1],
			'GET /billing/v1/ai-models-included/users?email=kim.lee%40example.org&limit=50',
			deactivateMember,
		),
		row(name, 'reactivate', 'Email', [1, 1], invite),
	]),
	...Object.entries({ aitronos, zitadel }).flatMap(
		([name, { find, me, read, deactivate, reactivate }]) => [
			row(name, 'deactivate', 'Email', [3, 3], find, me, read, deactivate),
			row(name, 'deactivate', 'ID', [2, 1], me, deactivate),
			row(name, 'get', 'Email', [2, 2], find, read),
			row(name, 'get', 'ID', [1, 1], read),
			row(name, 'reactivate', 'Email', [3, 3], find, read, reactivate),
			row(name, 'reactivate', 'ID', [1, 1], reactivate),
		],
	),
	row('awork', 'deactivate', 'Email', [3, 2], awork.find, awork.me, awork.read, awork.deactivate),
	row('awork', 'deactivate', 'ID', [2, 2], awork.me, awork.read, awork.deactivate),
	row('awork', 'get', 'Email', [2, 1], awork.find, awork.read),
	row('awork', 'get', 'ID', [1, 1], awork.read),
	row('awork', 'reactivate', 'Email', [3, 2], awork.find, awork.read, awork.reactivate),
	row('awork', 'reactivate', 'ID', [2, 2], awork.read, awork.reactivate),
];
