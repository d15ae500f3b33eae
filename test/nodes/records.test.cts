import { SERVICES } from '../../nodes/OffboardUser/services';
import { recordProblems } from './record.cts';
import { first, scriptedRun, type ScriptedAnswer } from './scriptedRun.cts';
import {
	aitronosMe,
	AWORK_USER_ID,
	aworkMe,
	aworkUser,
	byId,
	lookUpRefused,
	sampleOf,
	zitadelMe,
} from './services.cts';

const EMAIL = 'kim.lee@example.org';
const details = { status: 200, body: { details: {} } };
const member = (status: string) => ({
	status: 200,
	body: { user_id: 'usr_1', email: null, full_name: null, status_name: status },
});
const user = (fields: object) => ({ status: 200, body: { ...aworkUser, ...fields } });
const bare = { userContactInfos: null, status: null };
const invite = (successfulInvites: string[]) => ({
	status: 200,
	body: { status: 'success', message: 'x', successfulInvites, invalidEmails: [] },
});
const zitadelUser = (fields: object) => ({
	status: 200,
	body: { user: { userId: '42', ...fields } },
});
const inZitadel = { userId: byId('42') };
const inAwork = { userId: byId(AWORK_USER_ID), includeSummary: true };
const inAitronos = {
	organizationId: byId('org_1'),
	userId: byId('usr_1'),
	transferResourcesToDepartmentId: byId('dept_1'),
};

type Line = [
	service: string,
	what: string,
	parameters: Record<string, unknown>,
	answers: ScriptedAnswer[],
];

/** The answers that leave the most out. */
const lines: Line[] = [
	...['langdock', 'odeus'].flatMap((service): Line[] => [
		[service, 'deactivate', { email: EMAIL }, [lookUpRefused, sampleOf(service).success]],
		[service, 'deactivate, dry', { email: EMAIL, options: { dryRun: true } }, [lookUpRefused]],
		[
			service,
			'deactivate, not found',
			{ email: EMAIL, options: { ifNotFound: 'succeed' } },
			[lookUpRefused, { status: 404, body: { message: 'User not found or not an active member' } }],
		],
		[
			service,
			'reactivate',
			{ email: EMAIL, role: 'member', operation: 'reactivate' },
			[invite([EMAIL])],
		],
		[
			service,
			'reactivate, active',
			{ email: EMAIL, role: 'member', operation: 'reactivate' },
			[invite([]), lookUpRefused],
		],
	]),
	[
		'aitronos',
		'deactivate',
		inAitronos,
		[aitronosMe, { status: 200, body: { id: 'usr_1', account_state: 'deactivated' } }],
	],
	[
		'aitronos',
		'deactivate, with an empty address',
		inAitronos,
		[aitronosMe, { status: 200, body: { id: 'usr_1', email: '', account_state: 'deactivated' } }],
	],
	['aitronos', 'get', { ...inAitronos, operation: 'get' }, [member('Active')]],
	[
		'aitronos',
		'get, in an unknown state',
		{ ...inAitronos, operation: 'get' },
		[member('Deleted')],
	],
	[
		'aitronos',
		'reactivate',
		{ ...inAitronos, operation: 'reactivate' },
		[{ status: 200, body: { id: 'usr_1', account_state: 'active' } }],
	],
	['zitadel', 'deactivate', inZitadel, [zitadelMe, details]],
	[
		'zitadel',
		'deactivate, without sessions to end',
		{ ...inZitadel, options: { endSessions: true } },
		[zitadelMe, details, details],
	],
	[
		'zitadel',
		'get, of a machine',
		{ ...inZitadel, operation: 'get' },
		[zitadelUser({ machine: {} })],
	],
	[
		'zitadel',
		'get, with an empty address',
		{ ...inZitadel, operation: 'get' },
		[zitadelUser({ human: { email: { email: '' } } })],
	],
	['zitadel', 'get, of a human', { ...inZitadel, operation: 'get' }, [zitadelUser({ human: {} })]],
	['zitadel', 'reactivate', { ...inZitadel, operation: 'reactivate' }, [details]],
	['awork', 'deactivate, 204', inAwork, [aworkMe, user(bare), { status: 204 }]],
	[
		'awork',
		'deactivate, half a summary',
		inAwork,
		[aworkMe, user(bare), { status: 200, body: { privateProjectsDeletedCount: 0 } }],
	],
	['awork', 'get', { ...inAwork, operation: 'get' }, [user(bare)]],
	[
		'awork',
		'reactivate',
		{ ...inAwork, operation: 'reactivate' },
		[user({ ...bare, isDeactivated: true }), { status: 204 }],
	],
];

describe('the record', () => {
	it.each(lines)('of %s: %s', async (name, what, parameters, answers) => {
		const result = await scriptedRun(sampleOf(name).service, { parameters, answers });
		const item = first(result);
		expect(recordProblems(item)).toEqual([]);
		expect([item.service, item.operation]).toEqual([name, what.split(',')[0]]);
	});

	it('of every operation of every service is here', () => {
		const seen = new Set(lines.map(([service, what]) => `${service} ${what.split(',')[0]}`));
		const all = SERVICES.flatMap(({ service }) =>
			Object.keys(service.operations).map((operation) => `${service.name} ${operation}`),
		);
		const elsewhere = (one: string) => one.startsWith('scim') || one.endsWith('getAll');
		expect(all.filter((one) => !seen.has(one) && !elsewhere(one))).toEqual([]);
	});
});
