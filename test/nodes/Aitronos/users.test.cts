import { EMAIL } from '../sample.cts';
import type { ScriptedAnswer } from '../scriptedRun.cts';
import { byEmail, byId, itComesToAt, runnerOf, sampleOf, says } from '../services.cts';
import { refusal } from './sample.cts';

const run = runnerOf('aitronos');
const itComesTo = itComesToAt('aitronos');
const { once, success } = sampleOf('aitronos');
const [USER_ID, ORGANIZATION] = ['usr_001', '/v1/organizations/org_1/users'];

const ok = (body: object) => ({ status: 200, body });

itComesTo('deactivates a user', {}, [...once, success], {
	...{ service: 'aitronos', outcome: 'deactivated', changed: true, userId: USER_ID, email: EMAIL },
	...{ stateBefore: 'unknown', stateAfter: 'deactivated', verified: true },
});

it('asks for no user of an API key: it belongs to none', async () => {
	const { record } = await run([success], {}, { credential: { authentication: 'apiKey' } });
	expect(record).toMatchObject({ outcome: 'deactivated' });
});

const unsure = {
	reason: 'unexpectedResponse',
	description: says("It isn't known whether the user was changed."),
};
it.each([
	{ id: USER_ID, account_state: 'active' },
	{ id: 'usr_002', account_state: 'deactivated' },
	{ account_state: 'deactivated' },
])('does not believe a 200 with %j', async (body) => {
	expect((await run([...once, ok(body)])).record.details).toMatchObject(unsure);
});

const reactivate = { operation: 'reactivate' };
const isActive = [ok({ id: USER_ID, email: 'a@x', account_state: 'active' })];
const isOn = { outcome: 'reactivated', email: 'a@x', stateAfter: 'active', verified: true };
itComesTo('reads the new state from the answer to a reactivation', reactivate, isActive, isOn);

const already = refusal(422, 'USER_ALREADY_DEACTIVATED');
const opposite = (code: string) => ({ details: { reason: 'unexpectedResponse', code } });
const notOff = [...once, refusal(422, 'USER_NOT_DEACTIVATED')];
const isOff = opposite('USER_ALREADY_DEACTIVATED');
itComesTo('does not believe an odd refusal', {}, notOff, opposite('USER_NOT_DEACTIVATED'));
itComesTo('does not believe an odd refusal of a reactivation', reactivate, [already], isOff);

const onLeave = [ok({ user_id: USER_ID, email: EMAIL, status_name: 'On Leave' })];
itComesTo("shows an unknown status in the service's own word", { operation: 'get' }, onLeave, {
	stateAfter: 'unknown',
	verified: false,
	warning: "The service called the state of this user 'On Leave'.",
});

it.each([
	['userId', 'orguser_1', "'User' must be an ID that starts with usr_"],
	['organizationId', 'usr_1', "'Organization' must be an ID that starts with org_"],
	['transferResourcesToDepartmentId', 'org_1', "'Transfer Resources To' must be an ID that starts"],
])('refuses the %s %s', async (name, value, message) => {
	expect((await run([], { [name]: byId(value) })).record.error).toContain(message);
});

describe('by email', () => {
	const email = '150@example.org';
	const member = (index: number) => ({ user_id: `usr_${index}`, email: `${index}@example.org` });
	const page = (start: number, length: number, total: number) =>
		ok({
			users: Array.from({ length }, (_, index) => member(start + index)),
			total_users_count: total,
		});
	const found = ok(member(150));
	const find = async (answers: ScriptedAnswer[]) =>
		await run([...answers, found], { operation: 'get', userId: byEmail(email) });

	it('searches the organization page by page, in an order that changes leave alone', async () => {
		const { record, asked } = await find([page(100, 100, 150), page(200, 50, 150)]);
		expect(record).toMatchObject({ outcome: 'found', userId: 'usr_150' });
		const order = '"include_deleted":false,"sort_field":"email","sort_direction":"asc"';
		expect(asked.slice(0, 2)).toEqual(
			[0, 100].map(
				(skip) =>
					`POST ${ORGANIZATION} {"skip":${skip},"take":100,"search_term":"${email}",${order}}`,
			),
		);
	});

	it('reads again if rows moved while it read', async () => {
		const moved = [page(50, 100, 151), page(151, 50, 151), page(201, 0, 151)];
		const whole = [page(50, 100, 151), page(150, 51, 151)];
		expect((await find([...moved, ...whole])).record).toMatchObject({ outcome: 'found' });
	});
});
