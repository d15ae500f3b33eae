import { EMAIL } from '../sample.cts';
import type { ScriptedAnswer } from '../scriptedRun.cts';
import {
	AWORK_USER_ID,
	aworkUser,
	byEmail,
	byId,
	itComesToAt,
	runnerOf,
	sampleOf,
	says,
} from '../services.cts';
import { AWORK_OTHERS, aworkUserWith, refusal } from './sample.cts';

const run = runnerOf('awork');
const itComesTo = itComesToAt('awork');
const { once } = sampleOf('awork');
const withFacts = (facts: object) => ({ status: 200, body: { ...aworkUser, ...facts } });
const user = withFacts({});
const deactivatedUser = withFacts({ isDeactivated: true });
const invited = withFacts({ status: { invitationAccepted: false } });
const summary = { privateProjectManagersReassignedCount: 3, privateProjectsDeletedCount: 2 };

itComesTo('reads the user, then deactivates', {}, [...once, user, { status: 204 }], {
	...{ service: 'awork', outcome: 'deactivated', changed: true },
	...{ userId: AWORK_USER_ID, email: EMAIL },
	...{ stateBefore: 'active', stateAfter: 'deactivated', verified: false },
});

it.each([
	['a summary that was not asked for', false, { status: 200, body: summary }, summary],
	['the summary', true, { status: 200, body: summary }, summary],
	['no summary although it was asked for', true, { status: 204 }, undefined],
])('accepts %s, and makes up no counts', async (_, includeSummary, answer, response) => {
	const { record, asked } = await run([...once, user, answer], { includeSummary });
	expect(record).toMatchObject({ outcome: 'deactivated' });
	expect(record.response).toEqual(response);
	expect(asked[2]).toMatch(new RegExp(`\\?includeSummary=${includeSummary}$`));
});

describe('a user who is already deactivated', () => {
	const already = { outcome: 'alreadyDeactivated', changed: false };
	const refused = [...once, user, refusal(400, 'deactivated-user')];

	const asRead = { stateBefore: 'deactivated', stateAfter: 'deactivated', verified: true };
	itComesTo('is left alone: the answer is not documented', {}, [...once, deactivatedUser], {
		...already,
		...asRead,
	});
	const fail = { options: { ifAlreadyDeactivated: 'fail' } };
	const isOff = { error: says(`awork: The user '${AWORK_USER_ID}' is already deactivated`) };
	itComesTo('fails by option', fail, [...once, deactivatedUser], isOff);
	itComesTo('is read before a refusal is believed', {}, [...refused, deactivatedUser], already);
	itComesTo('is not believed to be so if reading says otherwise', {}, [...refused, user], {
		error: says("but the state of the user is 'active'"),
		details: { reason: 'unexpectedResponse' },
	});
});

it.each([{ error: 'x' }, {}, [], { privateProjectsDeletedCount: '2' }])(
	'does not believe a 2xx with the body %j, and reads the user',
	async (body) => {
		for (const status of [200, 202]) {
			const answers = [...once, user, { status, body }];
			expect((await run([...answers, deactivatedUser])).record).toMatchObject({
				outcome: 'deactivated',
				verified: true,
				warning: says("awork's response was lost"),
			});
			const { details } = (await run([...answers, user])).record;
			expect(details).toMatchObject({ reason: 'unexpectedResponse' });
		}
	},
);

it('activates once, also if the user has an invitation to accept then', async () => {
	const reactivate = { operation: 'reactivate', options: { verify: true } };
	for (const answers of [
		[{ status: 204 }, invited],
		[{ status: 503 }, invited, invited],
	]) {
		const { record, asked } = await run([deactivatedUser, ...answers], reactivate);
		expect(record).toMatchObject({ outcome: 'reactivated', stateAfter: 'invited' });
		expect(asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
	}
});

it('refuses to activate a user who has never accepted the invitation', async () => {
	const { record } = await run([invited], { operation: 'reactivate' });
	expect(record.details).toMatchObject({ reason: 'refused' });
});

it.each<[string, object, string]>([
	['an ID without dashes', { userId: byId(AWORK_USER_ID.replaceAll('-', '')) }, "'User' must be"],
	['an ID of another service', { userId: byId('163840776835432705') }, "'User' must be a UUID"],
	['a text as Include Summary', { includeSummary: 'false' }, 'must be true or false'],
	['a number as Include Summary', { includeSummary: 0 }, 'must be true or false'],
	['nothing as Include Summary', { includeSummary: undefined }, "'Include Summary' has no value"],
])('refuses %s', async (_, parameters, message) => {
	expect((await run([], parameters)).record.error).toContain(message);
});

describe('by email', () => {
	const rowsOf = (...accounts: Array<[id: string, email: string]>) =>
		accounts.map(([id, email]) => aworkUserWith(id, email));
	const find = async (email: string | string[], answers: ScriptedAnswer[]) => {
		const userId = Array.isArray(email) ? email.map(byEmail) : byEmail(email);
		const rest = { items: Array.isArray(email) ? email.length : 1 };
		return await run(answers, { operation: 'get', userId }, rest);
	};

	it('reads all users once for a run of many items, a thousand at a time', async () => {
		const id = (index: number) => AWORK_USER_ID.slice(0, -4) + String(1000 + index);
		const one = (index: number) => aworkUserWith(id(index), `user${index}@example.org`);
		const page = (start: number, length: number) => ({
			status: 200,
			body: Array.from({ length }, (_, index) => one(start + index)),
		});
		const read = [7, 1001].map((index) => ({ status: 200, body: one(index) }));
		const emails = ['user7@example.org', 'USER1001@example.org'];
		const { output, asked } = await find(emails, [page(0, 1000), page(1000, 2), ...read]);
		expect(output.map(({ json }) => json.userId)).toEqual([id(7), id(1001)]);
		expect(asked.slice(0, 2)).toEqual([
			'GET /users?page=1&pageSize=1000',
			'GET /users?page=2&pageSize=1000',
		]);
	});

	it('reads as many pages as the headers say, however long they are', async () => {
		const headers = { 'aw-totalitems': '3', 'aw-pagesize': '1' };
		const rows = rowsOf(...AWORK_OTHERS, [AWORK_USER_ID, EMAIL]);
		const pages = rows.map((row) => ({ status: 200, body: [row], headers }));
		const { record, asked } = await find(EMAIL, [...pages, user]);
		expect(record).toMatchObject({ outcome: 'found', userId: AWORK_USER_ID });
		expect(asked).toHaveLength(4);
	});

	it('finds a user by each of several addresses, however they were typed', async () => {
		const typed = { type: 'email', subType: 'work', value: ' Kim@Other.example ' };
		const found = withFacts({ userContactInfos: [...aworkUser.userContactInfos, typed] });
		const list = { status: 200, body: [found.body, ...rowsOf(...AWORK_OTHERS)] };
		const { record } = await find('kim@other.example', [list, found]);
		expect(record).toMatchObject({ outcome: 'found', email: EMAIL });
	});
});
