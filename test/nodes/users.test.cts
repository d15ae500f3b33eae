import { EMAIL } from './sample.cts';
import { first, scriptedRun, type ScriptedAnswer, type ScriptedRun } from './scriptedRun.cts';
import { byEmail, byId, samples } from './services.cts';

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
		const answers = [...(operation === 'get' ? [] : once), user('active', EMAIL, otherId)];
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
			expect(await runWith(answers, { dryRun: true }, { operation: 'reactivate' })).toMatchObject({
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
						"would deactivate at least 2 users in this execution, but 'Safety Limit' is 1",
					) as string,
					details: {
						reason: 'safetyLimit',
						// The third is not read any more: it would change nothing.
						...(item < 2 && { userId: three.parameters.userId[item]?.value }),
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
			expect((await runWith([], { protectedUsers })).error).toMatch(
				/'Protected Users' (has|is|can't)/,
			);
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
			const answers = [alreadyActive, ...(readsFirst ? [] : [user('active')])];
			expect(await runWith(answers, {}, { operation })).toMatchObject({
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
