import { EMAIL } from '../sample.cts';
import { first, scriptedRun, type ScriptedAnswer } from '../scriptedRun.cts';
import { AWORK_USER_ID, aworkUser, byEmail, byId, sampleOf } from '../services.cts';
import { AWORK_OTHERS, aworkUserWith } from './sample.cts';

const sample = sampleOf('awork');
const { service, parameters, once } = sample;
const user = { status: 200, body: aworkUser };
const deactivatedUser = { status: 200, body: { ...aworkUser, isDeactivated: true } };
const summary = { privateProjectManagersReassignedCount: 3, privateProjectsDeletedCount: 2 };

const refusal = (status: number, code: string) => ({
	status,
	body: {
		code,
		description: `Text of ${code}`,
		link: 'https://developers.awork.com',
		traceId: 't1',
	},
});

describe('awork', () => {
	it('reads the user, then deactivates', async () => {
		const result = await scriptedRun(service, {
			parameters,
			answers: [...once, user, { status: 204 }],
		});
		expect(first(result)).toMatchObject({
			service: 'awork',
			outcome: 'deactivated',
			changed: true,
			userId: AWORK_USER_ID,
			email: 'kim.lee@example.org',
			stateBefore: 'active',
			stateAfter: 'deactivated',
			verified: false,
		});
		expect(result.requests).toMatchObject([
			{ method: 'GET', url: 'https://service.example.org/users/me' },
			{ method: 'GET', url: `https://service.example.org/users/${AWORK_USER_ID}` },
			{
				method: 'POST',
				url: `https://service.example.org/users/${AWORK_USER_ID}/deactivate?includeSummary=false`,
			},
		]);
		expect(result.requests[2]).not.toHaveProperty('body');
	});

	it.each([
		['the summary although it was not asked for', false, { status: 200, body: summary }, summary],
		['the summary as asked', true, { status: 200, body: summary }, summary],
		['nothing although the summary was asked for', true, { status: 204 }, undefined],
	])('accepts %s, and makes up no counts', async (_, includeSummary, answer, response) => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, includeSummary },
			answers: [...once, user, answer],
		});
		expect(first(result)).toMatchObject({ outcome: 'deactivated' });
		expect(first(result).response).toEqual(response);
		expect(result.requests[2]?.url).toMatch(new RegExp(`\\?includeSummary=${includeSummary}$`));
	});

	it('does not call for a user that is already deactivated: the answer is not documented', async () => {
		const answers = [...once, deactivatedUser];
		expect(first(await scriptedRun(service, { parameters, answers }))).toMatchObject({
			outcome: 'alreadyDeactivated',
			changed: false,
			stateBefore: 'deactivated',
			stateAfter: 'deactivated',
			verified: true,
		});
	});

	it('fails for a user that is already deactivated, by option', async () => {
		const run = {
			parameters: { ...parameters, options: { ifAlreadyDeactivated: 'fail' } },
			answers: [...once, deactivatedUser],
		};
		await expect(scriptedRun(service, run)).rejects.toThrow(
			`awork: The user '${AWORK_USER_ID}' is already deactivated`,
		);
	});

	it('reads the user before it believes that somebody else deactivated them', async () => {
		const answers = [...once, user, refusal(400, 'deactivated-user')];
		const run = async (read: ScriptedAnswer) =>
			first(
				await scriptedRun(service, {
					parameters,
					answers: [...answers, read],
					continueOnFail: true,
				}),
			);
		expect(await run(deactivatedUser)).toMatchObject({
			outcome: 'alreadyDeactivated',
			changed: false,
		});
		expect(await run(user)).toMatchObject({
			error: expect.stringContaining("but the state of the user is 'active'") as string,
			details: { reason: 'unexpectedResponse' },
		});
	});

	it.each([{ error: 'x' }, {}, [], { privateProjectsDeletedCount: '2' }])(
		'does not believe a 2xx with the body %j, and reads the user',
		async (body) => {
			for (const status of [200, 202]) {
				const answers = [...once, user, { status, body }];
				const lost = await scriptedRun(service, {
					parameters,
					answers: [...answers, deactivatedUser],
				});
				expect(first(lost)).toMatchObject({
					outcome: 'deactivated',
					verified: true,
					warning: expect.stringContaining("awork's response was lost") as string,
				});
				const nothing = await scriptedRun(service, {
					parameters,
					answers: [...answers, user],
					continueOnFail: true,
				});
				expect(first(nothing).details).toMatchObject({ reason: 'unexpectedResponse' });
			}
		},
	);

	it('activates once, also if the user has an invitation to accept then', async () => {
		const invited = { status: 200, body: { ...aworkUser, status: { invitationAccepted: false } } };
		for (const answer of [{ status: 204 }, { status: 503 }]) {
			const { output, requests } = await scriptedRun(service, {
				parameters: { ...parameters, operation: 'reactivate', options: { verify: true } },
				answers: [deactivatedUser, answer, invited, ...(answer.status === 503 ? [invited] : [])],
			});
			expect(output[0]?.json).toMatchObject({ outcome: 'reactivated', stateAfter: 'invited' });
			expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
		}
	});

	it('refuses to activate a user who has never accepted the invitation', async () => {
		const invited = { status: 200, body: { ...aworkUser, status: { invitationAccepted: false } } };
		const result = await scriptedRun(service, {
			parameters: { ...parameters, operation: 'reactivate' },
			answers: [invited],
			continueOnFail: true,
		});
		expect(first(result).details).toMatchObject({ reason: 'refused' });
	});

	it.each([
		['without dashes', AWORK_USER_ID.replaceAll('-', '')],
		['of another service', '163840776835432705'],
		['that is a path', `${AWORK_USER_ID}/../..`],
	])('refuses a user ID %s', async (_, userId) => {
		const run = { parameters: { ...parameters, userId: byId(userId) }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow("'User' must be a UUID");
	});

	it.each(['false', 0, undefined])('refuses %p as Include Summary', async (includeSummary) => {
		const run = { parameters: { ...parameters, includeSummary }, answers: [] };
		await expect(scriptedRun(service, run)).rejects.toThrow(
			/'Include Summary' (must be true or false|has no value)/,
		);
	});
});

describe('by email', () => {
	it('reads all users once for a run of many items, a thousand at a time', async () => {
		const id = (index: number) => AWORK_USER_ID.slice(0, -4) + String(1000 + index);
		const page = (start: number, length: number) => ({
			status: 200,
			body: Array.from({ length }, (_, index) =>
				aworkUserWith(id(start + index), `user${start + index}@example.org`),
			),
		});
		const one = (index: number) => ({
			status: 200,
			body: aworkUserWith(id(index), `user${index}@example.org`),
		});
		const { output, requests } = await scriptedRun(service, {
			parameters: {
				operation: 'get',
				userId: [byEmail('user7@example.org'), byEmail('USER1001@example.org')],
			},
			items: 2,
			answers: [page(0, 1000), page(1000, 2), one(7), one(1001)],
		});
		expect(output.map(({ json }) => json.userId)).toEqual([id(7), id(1001)]);
		expect(requests.slice(0, 2).map(({ url }) => new URL(url).search)).toEqual([
			'?page=1&pageSize=1000',
			'?page=2&pageSize=1000',
		]);
	});

	it('tries again for the next item if the users could not be read', async () => {
		const { output } = await scriptedRun(service, {
			parameters: { operation: 'get', userId: byEmail(EMAIL) },
			items: 2,
			continueOnFail: true,
			answers: [
				{ status: 503 },
				{
					status: 200,
					body: [[AWORK_USER_ID, EMAIL] as [string, string], ...AWORK_OTHERS].map(([id, email]) =>
						aworkUserWith(id, email),
					),
				},
				{ status: 200, body: aworkUserWith(AWORK_USER_ID, EMAIL) },
			],
		});
		expect(output.map(({ json }) => json.outcome)).toEqual(['failed', 'found']);
	});

	it('reads as many pages as the headers say, however long they are', async () => {
		const page = (row: object, headers: object) => ({
			status: 200,
			body: [row],
			headers: { 'aw-totalitems': '3', 'aw-pagesize': '1', ...headers },
		});
		const [api, ada] = AWORK_OTHERS.map(([id, email]) => aworkUserWith(id, email));
		const { output, requests } = await scriptedRun(service, {
			parameters: { operation: 'get', userId: byEmail(EMAIL) },
			answers: [page(api ?? {}, {}), page(ada ?? {}, {}), page(aworkUser, {}), user],
		});
		expect(output[0]?.json).toMatchObject({ outcome: 'found', userId: AWORK_USER_ID });
		expect(requests).toHaveLength(4);
	});

	it('finds a user by each of several addresses, however they were typed', async () => {
		const typed = { type: 'email', subType: 'work', value: ' Kim@Other.example ' };
		const user = { ...aworkUser, userContactInfos: [...aworkUser.userContactInfos, typed] };
		const { output } = await scriptedRun(service, {
			parameters: { operation: 'get', userId: byEmail('kim@other.example') },
			answers: [
				{ status: 200, body: [user, aworkUserWith(...(AWORK_OTHERS[0] ?? ['', '']))] },
				{ status: 200, body: user },
			],
		});
		expect(output[0]?.json).toMatchObject({ outcome: 'found', email: EMAIL });
	});
});
