import { EMAIL } from '../sample.cts';
import type { ScriptedAnswer } from '../scriptedRun.cts';
import { byEmail, byId, itComesToAt, runnerOf, sampleOf, says } from '../services.cts';
import { refusal } from './sample.cts';

const run = runnerOf('zitadel');
const itComesTo = itComesToAt('zitadel');
const { once, success, users } = sampleOf('zitadel');
const USER_ID = '163840776835432705';

const human = (id: string, fields: object = {}) => ({
	userId: id,
	state: 'USER_STATE_ACTIVE',
	human: { email: { email: EMAIL } },
	...fields,
});
const oneUser = (fields: object) => ({ status: 200, body: { user: human(USER_ID, fields) } });

it('deactivates a user by ID', async () => {
	const { record } = await run([...once, success]);
	expect(record).toMatchObject({
		...{ service: 'zitadel', outcome: 'deactivated', changed: true, userId: USER_ID },
		...{ stateBefore: 'unknown', stateAfter: 'deactivated', verified: false },
	});
	expect(record).not.toHaveProperty('email');
});

it.each<[string, object, string]>([
	['an email as user ID', { userId: byId(EMAIL) }, "'User' must be a user ID"],
	['201 characters as user ID', { userId: byId('1'.repeat(201)) }, "'User' must be a user ID"],
	// It has lost digits on the way.
	['a number as user ID', { userId: byId(Number(USER_ID)) }, "'User' must be text"],
	['another authentication', { authentication: 'x' }, "'Authentication' has an unknown value"],
	['another operation', { operation: 'delete' }, 'Unknown operation'],
])('refuses %s', async (_, parameters, message) => {
	expect((await run([], parameters)).record.error).toContain(message);
});

const boss = { options: { protectedUsers: 'boss@example.org' } };
const isProtected = { details: { reason: 'protectedUser', userId: USER_ID } };
const userName = oneUser({ username: 'Boss@Example.org', human: {} });
const loginName = oneUser({ loginNames: ['x', 'boss@example.org'], human: {} });
itComesTo('protects a user name', boss, [...once, userName], isProtected);
itComesTo('protects a login name', boss, [...once, loginName], isProtected);

const initial = [...once, oneUser({ state: 'USER_STATE_INITIAL' })];
itComesTo('promises nothing for a user never activated', { options: { dryRun: true } }, initial, {
	error: says('can only be deleted'),
	details: { reason: 'refused' },
});

/** The user is read to find out what an unknown ID means. */
const unknownId = (state: 'active' | 'deactivated') => [
	...once,
	refusal(400, 'COMMAND-new'),
	...(users ? [users.user(state)] : []),
];
const isDone = { outcome: 'alreadyDeactivated', changed: false };
const isRefused = { details: { reason: 'refused', code: 'COMMAND-new' } };
itComesTo('reads who may be deactivated already', {}, unknownId('deactivated'), isDone);
itComesTo('passes on a refusal with an unknown ID', {}, unknownId('active'), isRefused);

describe('by email', () => {
	const page = (result: object[], totalResult?: number) => ({
		status: 200,
		body: {
			details: { ...(totalResult !== undefined && { totalResult: String(totalResult) }) },
			...(result.length > 0 && { result }),
		},
	});
	const many = (length: number, start = 1000) =>
		Array.from({ length }, (_, index) => human(String(start + index)));
	const find = async (...pages: ScriptedAnswer[]) =>
		await run(pages, { operation: 'get', userId: byEmail(EMAIL) });

	it('compares addresses without case at the service, and reads all pages', async () => {
		const { record, requests } = await find(page(many(100), 101), page(many(1, 1100), 101));
		expect(record.error).toContain('101 users have the email');
		const method = 'TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE';
		const queries = [{ emailQuery: { emailAddress: EMAIL, method } }];
		expect(requests.map(({ body }) => JSON.parse(String(body)) as unknown)).toMatchObject([
			{ query: { offset: '0', limit: 100 }, queries },
			{ query: { offset: '100', limit: 100 }, queries },
		]);
	});

	it.each([
		['after short and empty pages, as the total says', [page([], 250), page([], 250)], 250],
		['without a total until a page is empty', [], undefined],
	])('reads on %s', async (_, pages, total) => {
		const rest = total === undefined ? [page([])] : [];
		const found = page([human(USER_ID)], total);
		const { record } = await find(...pages, found, ...rest, oneUser({}));
		expect(record).toMatchObject({ outcome: 'found', userId: USER_ID });
	});
});
