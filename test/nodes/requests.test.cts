import { scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import { AWORK_USER_ID, aworkUser, byId, sampleOf } from './services.cts';

const organization = { organizationId: byId('org_1') };
const member = { user_id: 'usr_1', status: { name: 'Active' } };
const user = { status: 200, body: aworkUser };

/** What each service documents for one user that is given by ID. */
const lines: Array<
	[
		service: string,
		operation: string,
		parameters: Record<string, unknown>,
		answers: ScriptedAnswer[],
		requests: string[],
	]
> = [
	[
		'zitadel',
		'get',
		{ userId: byId('42') },
		[{ status: 200, body: { user: { userId: '42' } } }],
		['GET /v2/users/42'],
	],
	[
		'zitadel',
		'reactivate',
		{ userId: byId('42') },
		[{ status: 200, body: { details: {} } }],
		['POST /v2/users/42/reactivate {}'],
	],
	[
		'aitronos',
		'get',
		{ ...organization, userId: byId('usr_1') },
		[{ status: 200, body: member }],
		['GET /v1/organizations/org_1/users/usr_1'],
	],
	[
		'aitronos',
		'reactivate',
		{ ...organization, userId: byId('usr_1') },
		[{ status: 200, body: { id: 'usr_1', account_state: 'active' } }],
		['POST /v1/organizations/org_1/users/usr_1/reactivate'],
	],
	['awork', 'get', { userId: byId(AWORK_USER_ID) }, [user], [`GET /users/${AWORK_USER_ID}`]],
	[
		'awork',
		'reactivate',
		{ userId: byId(AWORK_USER_ID) },
		[{ status: 200, body: { ...aworkUser, isDeactivated: true } }, { status: 204 }],
		[`GET /users/${AWORK_USER_ID}`, `POST /users/${AWORK_USER_ID}/activate`],
	],
	...['langdock', 'odeus'].map((name): (typeof lines)[number] => [
		name,
		'reactivate',
		{ email: 'kim@example.org', role: 'member' },
		[
			{
				status: 200,
				body: { status: 'success', successfulInvites: ['kim@example.org'], invalidEmails: [] },
			},
		],
		['POST /user-management/v1/invite {"users":[{"email":"kim@example.org","role":"member"}]}'],
	]),
];

it.each(lines)(
	'%s: %s asks what is documented',
	async (name, operation, parameters, answers, asked) => {
		const { requests } = await scriptedRun(sampleOf(name).service, {
			parameters: { ...parameters, operation },
			answers,
		});
		expect(
			requests.map(({ method, url, body }) => {
				const { pathname, search } = new URL(url);
				return [method, `${pathname}${search}`, ...(body === undefined ? [] : [body])].join(' ');
			}),
		).toEqual(asked);
	},
);
