import { AWORK_OTHERS, AWORK_USER_ID, aworkUser, aworkUserWith } from './Awork/sample.cts';
import { EMAIL } from './sample.cts';
import { first, scriptedRun, type ScriptedAnswer, type ScriptedRun } from './scriptedRun.cts';
import { byEmail, byId, sampleOf, samples, zitadelMe } from './services.cts';

const details = { status: 200, body: { details: { changeDate: '2026-11-01T08:00:00Z' } } };

const subjects = Object.entries(samples).flatMap(([name, { users, ...sample }]) =>
	users ? [[name, { ...sample, users }] as const] : [],
);

describe.each(subjects)('%s', (_, subject) => {
	const { service, once, parameters: given } = subject;
	const { found, user, own, deactivated, reactivated, userId, otherId } = subject.users;
	const { userNotFound, alreadyActive, permissions } = subject.users;
	const readsFirst = subject.before.length > 0;
	const before = readsFirst ? [user('active')] : [];
	/** What is asked when nobody was found, where the credential may just not see everybody. */
	const seesAll = permissions ? [permissions.all] : [];

	const run = async (
		operation: string,
		selector: unknown,
		rest: Partial<ScriptedRun>,
		options = {},
	) =>
		await scriptedRun(service, {
			answers: [],
			continueOnFail: true,
			...rest,
			parameters: { operation, ...given, userId: selector, options, ...rest.parameters },
		});
	const runWith = async (
		answers: ScriptedAnswer[],
		options = {},
		{ operation = 'deactivate', selector = byId(userId) as unknown } = {},
	) => first(await run(operation, selector, { answers }, options));
	const byItsEmail = { selector: byEmail(EMAIL) };

	describe('by email', () => {
		it.each([
			['as it is', EMAIL],
			['in another case', 'Kim.LEE@Example.org'],
			['with white space around it', ` ${EMAIL}\n`],
		])('finds the user with the address %s', async (__, email) => {
			const answers = [
				found([userId, EMAIL]),
				...once,
				user('active'),
				subject.users.deactivated(userId),
			];
			expect(await runWith(answers, {}, { selector: byEmail(email) })).toMatchObject({
				outcome: 'deactivated',
				userId,
				email: EMAIL,
				stateBefore: 'active',
			});
		});

		it('ignores an address that only contains it', async () => {
			const answers = [found([otherId, `x${EMAIL}`], [userId, `${EMAIL}.uk`]), ...seesAll];
			expect(await runWith(answers, {}, byItsEmail)).toMatchObject({
				error: expect.stringContaining(`No user found with the email '${EMAIL}'`) as string,
				details: {
					reason: 'notFound',
					email: EMAIL,
					description: expect.stringContaining('Nothing was changed.') as string,
				},
			});
		});

		it('refuses an address that two users have, and names both', async () => {
			const answers = [found([userId, EMAIL], [otherId, EMAIL.toUpperCase()])];
			expect(await runWith(answers, {}, byItsEmail)).toMatchObject({
				error: expect.stringContaining(`2 users have the email '${EMAIL}'`) as string,
				details: {
					reason: 'ambiguousUser',
					description: expect.stringContaining(`${userId}, ${otherId}`) as string,
				},
			});
		});

		it('counts a user who is listed twice once', async () => {
			const answers = [
				found([userId, EMAIL], [userId, EMAIL]),
				...once,
				user('active'),
				deactivated(userId),
			];
			expect(await runWith(answers, {}, byItsEmail)).toMatchObject({ outcome: 'deactivated' });
		});

		it('skips rows that it can’t read', async () => {
			const odd = [null, 'x', {}, { userId: 'a@b', user_id: 'a@b', id: 'a@b' }];
			const answers = [withRows(found([userId, EMAIL]), odd), ...once, user('deactivated')];
			expect(await runWith(answers, {}, byItsEmail)).toMatchObject({
				outcome: 'alreadyDeactivated',
			});
		});

		it('fails if a row that it can’t read may be the user', async () => {
			const answers = [withRows(found([otherId, 'lee@example.org']), [{ note: EMAIL }])];
			expect(await runWith(answers, { ifNotFound: 'succeed' }, byItsEmail)).toMatchObject({
				details: { reason: 'unexpectedResponse', email: EMAIL },
			});
		});

		it('changes nobody whose address is another one by now', async () => {
			const answers = [found([userId, EMAIL]), ...once, user('active', 'sam@example.org')];
			expect(await runWith(answers, {}, byItsEmail)).toMatchObject({
				error: expect.stringContaining('has another email now') as string,
				details: { reason: 'unexpectedResponse' },
			});
		});

		it.each(['', 'kim', undefined, 42, {}])('sends nothing for the address %p', async (value) => {
			expect(await runWith([], {}, { selector: byEmail(value) })).toMatchObject({
				error: expect.stringMatching(/'User' (is|must|has no value)/) as string,
				details: { reason: 'invalidInput' },
			});
		});
	});

	it.each([undefined, null, 'kim', 42, [], { mode: 'list' }, { mode: 'list', value: '' }])(
		'sends nothing for the user %p',
		async (selector) => {
			const result = await run('deactivate', [selector], {});
			expect(first(result).details).toMatchObject({ reason: 'invalidInput' });
		},
	);

	it.each(['deactivate', 'get'])('%s refuses an answer about another user', async (operation) => {
		const answers = [
			...(operation === 'get' ? [] : once),
			user('active', EMAIL, otherId),
		];
		expect(await runWith(answers, { dryRun: true }, { operation })).toMatchObject({
			error: expect.stringContaining(`answered about another user than '${userId}'`) as string,
			details: { reason: 'unexpectedResponse' },
		});
	});

	describe('own account', () => {
		it('is refused', async () => {
			expect(await runWith([own(userId.toUpperCase())])).toMatchObject({
				error: expect.stringContaining(
					"This credential belongs to the user you're deactivating",
				) as string,
				details: { reason: 'protectedUser', userId },
			});
		});

		it('is asked for once in a run', async () => {
			const answers = [
				...once,
				...[...before, deactivated(userId)],
				...[...before, deactivated(userId)],
			];
			const { output } = await run('deactivate', byId(userId), { items: 2, answers });
			expect(output.map(({ json }) => json.outcome)).toEqual(['deactivated', 'deactivated']);
		});

		it('does not make the user unknown if it can’t be read', async () => {
			for (const answer of [{ status: 503 }, { status: 500, body: 'USER_NOT_FOUND' }]) {
				expect(await runWith([answer], { ifNotFound: 'succeed' })).toMatchObject({
					details: { reason: 'unavailable' },
				});
			}
		});
	});

	describe('If Not Found', () => {
		const succeed = { ifNotFound: 'succeed' };

		it('outputs a record that claims nothing, by option', async () => {
			expect(await runWith([found(), ...seesAll], succeed, byItsEmail)).toMatchObject({
				outcome: 'notFound',
				changed: false,
				email: EMAIL,
				stateBefore: 'unknown',
				stateAfter: 'unknown',
				verified: false,
			});
		});

		it('does not read a missing list as a missing user', async () => {
			expect(await runWith([userNotFound], succeed, byItsEmail)).toMatchObject({
				error: expect.stringContaining('The address in the credential has no') as string,
				details: { reason: 'unexpectedResponse', httpCode: '404' },
			});
		});

		it('does not cover other failures', async () => {
			expect(await runWith([{ status: 503 }], succeed, byItsEmail)).toMatchObject({
				details: { reason: 'unavailable' },
			});
		});

		if (permissions) {
			it.each([
				['by email', found(), byItsEmail],
				['by ID', userNotFound, { operation: 'get' }],
			])('is forbidden to a credential that can’t see everybody: %s', async (__, answer, what) => {
				expect(await runWith([answer, permissions.none], succeed, what)).toMatchObject({
					error: expect.stringContaining("can't see all users") as string,
					details: { reason: 'forbidden' },
				});
			});

			it('does not cover permissions that can’t be read', async () => {
				for (const answer of [userNotFound, { status: 200, body: {} }, { status: 503 }]) {
					const { details } = await runWith([found(), answer], succeed, byItsEmail);
					expect(details).toMatchObject({
						reason: expect.stringMatching(/^(unexpectedResponse|unavailable|forbidden)$/) as string,
					});
				}
			});
		}
	});

	describe('Dry Run', () => {
		it('reads the user and changes nothing', async () => {
			const result = await run(
				'deactivate',
				byId(userId),
				{ answers: [...once, user('active')] },
				{ dryRun: true },
			);
			expect(first(result)).toMatchObject({
				outcome: 'wouldDeactivate',
				changed: false,
				userId,
				email: EMAIL,
				stateBefore: 'active',
				stateAfter: 'active',
				verified: true,
			});
			expect(result.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
		});

		it('recognizes an account that is already deactivated', async () => {
			const answers = [...once, user('deactivated')];
			expect(await runWith(answers, { dryRun: true, endSessions: true })).toMatchObject({
				outcome: 'alreadyDeactivated',
				changed: false,
			});
		});

		it('is offered for Reactivate too', async () => {
			const answers = [user('deactivated')];
			expect(
				await runWith(answers, { dryRun: true }, { operation: 'reactivate' }),
			).toMatchObject({
				outcome: 'wouldReactivate',
				changed: false,
				stateBefore: 'deactivated',
				stateAfter: 'deactivated',
				verified: true,
			});
		});
	});

	describe('Safety Limit', () => {
		const items = 3;
		const three = { items, parameters: { userId: [byId(userId), byId(otherId), byId(userId)] } };
		const deactivate = (id: string) => [
			...(readsFirst ? [user('active', EMAIL, id)] : []),
			deactivated(id),
		];

		it('counts different users, and allows a run within the limit', async () => {
			const answers = [...once, ...[userId, otherId, userId].flatMap(deactivate)];
			const { output } = await run(
				'deactivate',
				undefined,
				{ ...three, answers },
				{ safetyLimit: 2 },
			);
			expect(output.map(({ json }) => json.outcome)).toEqual(Array(items).fill('deactivated'));
		});

		it('sends nothing if there are too many', async () => {
			const { output } = await run('deactivate', undefined, three, { safetyLimit: 1 });
			expect(output).toHaveLength(items);
			for (const [item, { json }] of output.entries()) {
				expect(json).toMatchObject({
					error: expect.stringContaining(
						"would deactivate 2 users in this execution, but 'Safety Limit' is 1",
					) as string,
					details: {
						reason: 'safetyLimit',
						userId: three.parameters.userId[item]?.value,
						description: expect.stringContaining("raise 'Safety Limit'") as string,
					},
				});
			}
		});

		it('is 10 by default, and off at 0', async () => {
			const many = 11;
			const ids = Array.from(
				{ length: many },
				(__, index) => userId.slice(0, -2) + String(10 + index),
			);
			const parameters = { userId: ids.map(byId) };
			const limited = await run('deactivate', undefined, { items: many, parameters });
			expect(first(limited).details).toMatchObject({ reason: 'safetyLimit' });

			const answers = [...once, ...ids.flatMap(deactivate)];
			const unlimited = await run(
				'deactivate',
				undefined,
				{ items: many, parameters, answers },
				{ safetyLimit: 0 },
			);
			expect(unlimited.output.filter(({ json }) => json.outcome === 'deactivated')).toHaveLength(
				many,
			);
		});

		it('does not stop a dry run, which says that it would', async () => {
			const answers = [
				...once,
				...[userId, otherId, userId].map((id) => user('active', EMAIL, id)),
			];
			const { output } = await run(
				'deactivate',
				undefined,
				{ ...three, answers },
				{ safetyLimit: 1, dryRun: true },
			);
			for (const { json } of output) {
				expect(json).toMatchObject({
					outcome: 'wouldDeactivate',
					warning:
						"This node would deactivate 2 users in this execution, but 'Safety Limit' is 1. Without 'Dry Run', it would deactivate nobody.",
				});
			}
		});
	});

	describe('Protected Users', () => {
		it.each([
			['the ID', () => byId(userId), () => userId],
			['the ID in a list', () => byId(userId), () => ['x@example.org', userId.toUpperCase()]],
			['the address', () => byEmail(EMAIL), () => `x@example.org; KIM.lee@example.org`],
		])('refuses %s before anything is sent', async (__, selector, protectedUsers) => {
			const options = { protectedUsers: protectedUsers() };
			expect(await runWith([], options, { selector: selector() })).toMatchObject({
				error: expect.stringMatching(
					new RegExp(`The user '(${userId}|${EMAIL})' is protected`),
				) as string,
				details: {
					reason: 'protectedUser',
					...(selector().mode === 'id' ? { userId } : { email: EMAIL }),
				},
			});
		});

		it('protects an address from being given by its ID', async () => {
			const answers = [...once, user('active', 'Boss@Example.org')];
			expect(await runWith(answers, { protectedUsers: 'boss@example.org' })).toMatchObject({
				details: { reason: 'protectedUser' },
			});
		});

		it('protects an ID from being given by its address', async () => {
			const options = { protectedUsers: [userId] };
			expect(await runWith([found([userId, EMAIL])], options, byItsEmail)).toMatchObject({
				details: { reason: 'protectedUser' },
			});
		});

		it('refuses a user without an address, unless only IDs are protected', async () => {
			const answers = [...once, user('active', '')];
			expect(await runWith(answers, { protectedUsers: 'boss@example.org' })).toMatchObject({
				error: expect.stringContaining("Can't tell whether the user") as string,
				details: { reason: 'protectedUser', userId },
			});
			const deactivation = [...answers, deactivated(userId)];
			expect(await runWith(deactivation, { protectedUsers: [otherId] })).toMatchObject({
				outcome: 'deactivated',
			});
		});

		it('allows everybody else', async () => {
			const answers = [...once, user('active'), deactivated(userId)];
			expect(await runWith(answers, { protectedUsers: 'boss@example.org' })).toMatchObject({
				outcome: 'deactivated',
			});
		});

		it.each([undefined, null, '', [42]])('refuses the list %p', async (protectedUsers) => {
			expect((await runWith([], { protectedUsers })).error).toMatch(/'Protected Users' (has|is|can't)/);
		});
	});

	describe('Verify', () => {
		const verify = { verify: true };
		const done = [...once, ...before, deactivated(userId)];

		it('reads the state back', async () => {
			expect(await runWith([...done, user('deactivated')], verify)).toMatchObject({
				outcome: 'deactivated',
				stateAfter: 'deactivated',
				verified: true,
			});
		});

		it('fails if the service confirmed the change and did not make it', async () => {
			expect(await runWith([...done, user('active')], verify)).toMatchObject({
				error: expect.stringContaining(
					"The service confirmed the change, but the user is still 'active'",
				) as string,
				details: {
					reason: 'unexpectedResponse',
					description: expect.stringContaining("It isn't known whether") as string,
				},
			});
		});

		it('says what was done if the state can’t be read back', async () => {
			const failure = {
				error: expect.stringContaining(
					"The outcome is 'deactivated', but the state couldn't be read back",
				) as string,
				details: { outcome: 'deactivated' },
			};
			expect(await runWith([...done, { status: 503 }], verify)).toMatchObject(failure);
			// Somebody who was deactivated and is gone now is not somebody who never was there.
			const options = { ...verify, ifNotFound: 'succeed' };
			expect(await runWith([...done, userNotFound], options)).toMatchObject(failure);
		});

		it('is offered for Reactivate too', async () => {
			const answers = [...(readsFirst ? [user('deactivated')] : []), reactivated, user('active')];
			expect(await runWith(answers, verify, { operation: 'reactivate' })).toMatchObject({
				outcome: 'reactivated',
				verified: true,
			});
		});
	});

	describe('Reactivate', () => {
		const operation = 'reactivate';

		it('undoes a deactivation', async () => {
			const answers = [...(readsFirst ? [user('deactivated')] : []), reactivated];
			expect(await runWith(answers, {}, { operation })).toMatchObject({
				operation,
				outcome: 'reactivated',
				changed: true,
				stateAfter: 'active',
			});
		});

		it('has an outcome, not an error, for a user who is active', async () => {
			expect(await runWith([alreadyActive], {}, { operation })).toMatchObject({
				outcome: 'alreadyActive',
				changed: false,
				stateAfter: 'active',
			});
		});

		it('fails for nobody', async () => {
			const answers = [found(), ...seesAll];
			expect(await runWith(answers, {}, { operation, ...byItsEmail })).toMatchObject({
				details: { reason: 'notFound', operation },
			});
		});
	});

	describe('Get', () => {
		const operation = 'get';

		it.each(['active', 'deactivated'] as const)('tells the state: %s', async (state) => {
			expect(await runWith([user(state)], {}, { operation })).toMatchObject({
				operation,
				outcome: 'found',
				changed: false,
				userId,
				email: EMAIL,
				stateBefore: state,
				stateAfter: state,
				verified: true,
			});
		});

		it('reads the present state of a user found by email', async () => {
			const answers = [found([userId, EMAIL]), user('deactivated')];
			expect(await runWith(answers, {}, { operation, ...byItsEmail })).toMatchObject({
				outcome: 'found',
				stateAfter: 'deactivated',
			});
		});

		it('fails for nobody, or says so by option', async () => {
			const answers = [userNotFound, ...seesAll];
			expect(await runWith(answers, {}, { operation })).toMatchObject({
				details: { reason: 'notFound' },
			});
			expect(await runWith(answers, { ifNotFound: 'succeed' }, { operation })).toMatchObject({
				outcome: 'notFound',
				stateAfter: 'unknown',
			});
		});
	});
});

/** The same list with more rows in it. */
function withRows(answer: ScriptedAnswer, rows: unknown[]): ScriptedAnswer {
	const { body } = answer as { body: object };
	const [name, list] = Object.entries(body).find(([, value]) => Array.isArray(value)) ?? [];
	return {
		status: 200,
		body: Array.isArray(body) ? [...rows, ...body] : { ...body, [`${name}`]: [...rows, ...list] },
	};
}

describe('zitadel alone', () => {
	const { service } = sampleOf('zitadel');
	const session = (...ids: string[]) => ({
		status: 200,
		body: { details: {}, ...(ids.length > 0 && { sessions: ids.map((id) => ({ id })) }) },
	});
	const options = { endSessions: true };
	const run = async (answers: ScriptedAnswer[], userId: unknown = byId('42'), more = {}) =>
		await scriptedRun(service, {
			parameters: { userId, options: { ...options, ...more } },
			answers: [zitadelMe, ...answers],
			continueOnFail: true,
		});

	it('ends the sessions of the user, and says how many', async () => {
		const result = await run([details, session('s1', 's2'), details, details, session()]);
		expect(first(result)).toMatchObject({ outcome: 'deactivated', sessionsEnded: 2 });
		expect(
			result.requests
				.slice(2)
				.map(({ method, url, body }) => [method, new URL(url).pathname, body]),
		).toEqual([
			[
				'POST',
				'/v2/sessions/search',
				'{"query":{"offset":0,"limit":100},"queries":[{"userIdQuery":{"id":"42"}}]}',
			],
			['DELETE', '/v2/sessions/s1', '{}'],
			['DELETE', '/v2/sessions/s2', '{}'],
			['POST', '/v2/sessions/search', expect.any(String)],
		]);
	});

	it('ends them also if the user was already deactivated: a second run finishes the first', async () => {
		const already = {
			status: 400,
			body: { code: 9, message: 'x', details: [{ id: 'COMMAND-5gunjw0cd7' }] },
		};
		const result = await run([already, session('s1'), details, session()]);
		expect(first(result)).toMatchObject({ outcome: 'alreadyDeactivated', sessionsEnded: 1 });
	});

	it('reads all pages of sessions before it ends any', async () => {
		const ids = Array.from({ length: 101 }, (_, index) => `s${index}`);
		const result = await run([
			details,
			session(...ids.slice(0, 100)),
			session(...ids.slice(100)),
			...ids.map(() => details),
			session(),
		]);
		expect(first(result)).toMatchObject({ outcome: 'deactivated', sessionsEnded: 101 });
	});

	it('gives up on sessions that keep coming', async () => {
		const rounds = Array.from({ length: 10 }, (_, index) => [session(`s${index}`), details]);
		const result = await run([details, ...rounds.flat()]);
		expect(first(result)).toMatchObject({
			error: expect.stringContaining('New sessions keep coming') as string,
			details: { outcome: 'deactivated' },
		});
	});

	it('is content with sessions that are listed a moment longer', async () => {
		const result = await run([details, session('s1'), details, session('s1')]);
		expect(first(result)).toMatchObject({ sessionsEnded: 1 });
	});

	it('names what is left if a session cannot be ended, and does not lose what was done', async () => {
		const result = await run([details, session('s1', 's2'), { status: 503 }, details]);
		expect(first(result)).toMatchObject({
			error: expect.stringContaining(
				"The outcome is 'deactivated', but sessions were not all ended: 1 of 2 sessions could not be ended",
			) as string,
			details: { reason: 'unavailable', outcome: 'deactivated' },
		});
	});

	it('believes no session to be ended whose answer has another form', async () => {
		const result = await run([details, session('s1'), { status: 200, body: {} }]);
		expect(first(result)).toMatchObject({
			error: expect.stringContaining('1 of 1 sessions could not be ended') as string,
		});
	});

	it('ends no session that it was not asked to end', async () => {
		const result = await scriptedRun(service, {
			parameters: { userId: byId('42') },
			answers: [zitadelMe, details],
		});
		expect(first(result)).not.toHaveProperty('sessionsEnded');
	});

	it('refuses to deactivate the account that the credential belongs to', async () => {
		const result = await run([], byId('1'));
		expect(first(result)).toMatchObject({
			error: expect.stringContaining('is the one that the credential belongs to') as string,
			details: { reason: 'protectedUser' },
		});
	});

	it('asks for the own account once for the whole run', async () => {
		const { requests } = await scriptedRun(service, {
			parameters: { userId: [byId('42'), byId('43')] },
			items: 2,
			answers: [zitadelMe, details, details],
		});
		expect(requests.filter(({ url }) => url.endsWith('/auth/v1/users/me'))).toHaveLength(1);
	});

	it('compares addresses without case at the service, and reads all pages', async () => {
		const user = (id: number) => ({
			userId: String(id),
			state: 'USER_STATE_ACTIVE',
			human: { email: { email: EMAIL } },
		});
		const page = (start: number, length: number) => ({
			status: 200,
			body: { details: {}, result: Array.from({ length }, (_, index) => user(start + index)) },
		});
		const result = await scriptedRun(service, {
			parameters: { operation: 'get', userId: byEmail(EMAIL) },
			answers: [page(1000, 100), page(1100, 1)],
			continueOnFail: true,
		});
		expect(first(result).error).toContain('101 users have the email');
		expect(result.requests.map(({ body }) => JSON.parse(String(body)) as unknown)).toMatchObject([
			{
				query: { offset: '0', limit: 100 },
				queries: [
					{
						emailQuery: { emailAddress: EMAIL, method: 'TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE' },
					},
				],
			},
			{ query: { offset: '100', limit: 100 } },
		]);
	});
});

describe('awork alone', () => {
	const { service } = sampleOf('awork');

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
		expect(output.map(({ json }) => json.outcome)).toEqual([undefined, 'found']);
	});

	it('says that the credential sees nobody, rather than that there is nobody', async () => {
		const { output } = await scriptedRun(service, {
			parameters: { operation: 'get', userId: byEmail(EMAIL) },
			continueOnFail: true,
			answers: [{ status: 200, body: [aworkUserWith(AWORK_USER_ID, 'api@example.org')] }],
		});
		expect(output[0]?.json).toMatchObject({
			error: expect.stringContaining('The credential sees no user but itself') as string,
			details: { reason: 'forbidden' },
		});
	});

	it('knows a user by each of several addresses, however they were typed', async () => {
		const typed = { type: 'email', subType: 'work', value: ' Kim@Other.example ' };
		const user = { ...aworkUser, userContactInfos: [...aworkUser.userContactInfos, typed] };
		const { output } = await scriptedRun(service, {
			parameters: { operation: 'get', userId: byEmail('kim@other.example') },
			answers: [
				{ status: 200, body: [user, aworkUserWith(...(AWORK_OTHERS[0] ?? ['', '']))] },
				{ status: 200, body: aworkUser },
			],
		});
		expect(output[0]?.json).toMatchObject({ outcome: 'found', email: EMAIL });
	});
});

describe.each(['langdock', 'odeus'])('%s alone', (name) => {
	const { service } = sampleOf(name);
	const run = async (operation: string, rest: Partial<ScriptedRun>, options = {}) =>
		await scriptedRun(service, {
			answers: [],
			continueOnFail: true,
			...rest,
			parameters: { operation, email: EMAIL, role: 'editor', options, ...rest.parameters },
		});
	const invited = (successfulInvites: string[], invalidEmails: string[]) => ({
		status: 200,
		body: { status: 'success', message: 'Invitations processed', successfulInvites, invalidEmails },
	});

	it('reactivates by inviting again, with a role', async () => {
		const result = await run('reactivate', { answers: [invited([EMAIL], [])] });
		expect(first(result)).toMatchObject({
			operation: 'reactivate',
			outcome: 'reactivated',
			changed: true,
			stateAfter: 'unknown',
			verified: false,
		});
		expect(result.requests).toMatchObject([
			{
				url: 'https://service.example.org/user-management/v1/invite',
				body: `{"users":[{"email":"${EMAIL}","role":"editor"}]}`,
			},
		]);
	});

	it('does not take a 200 with the address among the invalid ones for success', async () => {
		const result = await run('reactivate', { answers: [invited([], [EMAIL.toUpperCase()])] });
		expect(first(result)).toMatchObject({
			error: expect.stringContaining(`The address '${EMAIL}' cannot be invited`) as string,
			details: { reason: 'refused', httpCode: '200' },
		});
	});

	it('takes a member who is passed over for one who is active', async () => {
		const result = await run('reactivate', { answers: [invited([], [])] });
		expect(first(result)).toMatchObject({ outcome: 'alreadyActive', changed: false });
	});

	it('refuses a role that there is not', async () => {
		const result = await run('reactivate', { parameters: { role: 'owner' } });
		expect(first(result).error).toContain("'Role' must be 'member', 'editor' or 'admin'");
	});

	it.each([
		['deactivate', 'wouldDeactivate'],
		['reactivate', 'wouldReactivate'],
	])(
		'asks nothing in a dry run of %s, and says that it does not know',
		async (operation, outcome) => {
			const result = await run(operation, {}, { dryRun: true });
			expect(first(result)).toMatchObject({
				outcome,
				changed: false,
				stateBefore: 'unknown',
				stateAfter: 'unknown',
				verified: false,
			});
		},
	);

	it('has a safety limit and protected users as well', async () => {
		const many = { items: 2, parameters: { email: [EMAIL, 'lee@example.org'] } };
		const limited = await run('deactivate', many, { safetyLimit: 1 });
		expect(first(limited).details).toMatchObject({ reason: 'safetyLimit' });
		const result = await run('deactivate', {}, { protectedUsers: EMAIL.toUpperCase() });
		expect(first(result).details).toMatchObject({ reason: 'protectedUser' });
	});

	it('reads an unknown address as not found, by option', async () => {
		const answers = [{ status: 404, body: { message: 'User not found or not an active member' } }];
		const result = await run('deactivate', { answers }, { ifNotFound: 'succeed' });
		expect(first(result)).toMatchObject({ outcome: 'notFound', changed: false });
	});
});
