import { itFailsAsTheTableSays } from '../failures.cts';
import { inFakeTime } from '../fakeTime.cts';
import { first, scriptedRun, type ScriptedAnswer, type ScriptedRun } from '../scriptedRun.cts';
import { EMAIL } from '../sample.cts';
import { sampleOf } from '../services.cts';

const notAnActiveMember = {
	status: 404,
	body: { message: 'User not found or not an active member' },
};

/** One API under two names. */
describe.each([
	['langdock', 'Langdock'],
	['odeus', 'Odeus'],
])('%s', (name, displayName) => {
	const sample = sampleOf(name);
	const { service, parameters, once, success } = sample;

	it('deactivates a member by email', async () => {
		const result = await scriptedRun(service, { parameters, answers: [...once, success] });
		expect(first(result)).toMatchObject({
			service: name,
			operation: 'deactivate',
			outcome: 'deactivated',
			changed: true,
			email: 'kim.lee@example.org',
			stateBefore: 'active',
			stateAfter: 'deactivated',
			verified: false,
			response: { status: 'success', message: 'User deactivated' },
		});
		expect(result.requests).toMatchObject([
			{
				url: 'https://service.example.org/billing/v1/ai-models-included/users?email=kim.lee%40example.org&limit=50',
			},
			{
				method: 'POST',
				url: 'https://service.example.org/user-management/v1/deactivate-user',
				headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
				body: '{"email":"kim.lee@example.org"}',
			},
		]);
	});

	it('keeps the path of a dedicated deployment', async () => {
		const { requests } = await scriptedRun(service, {
			parameters,
			answers: [...once, success],
			credential: { baseUrl: 'https://ai.example.org/api/public/' },
		});
		expect(requests[1]?.url).toBe(
			'https://ai.example.org/api/public/user-management/v1/deactivate-user',
		);
	});

	it('does not read "not an active member" as success unless the option says so', async () => {
		const run = { parameters, answers: [...once, notAnActiveMember] };
		await expect(scriptedRun(service, run)).rejects.toMatchObject({
			message: `${displayName}: No active member has the email '${EMAIL}'`,
			description: expect.stringContaining(
				'a mistyped email, an open invitation and a deactivated member alike',
			) as string,
		});
	});

	it('reads it as success by option, and claims nothing more', async () => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, options: { ifAlreadyDeactivated: 'succeed' } },
			answers: [...once, notAnActiveMember],
		});
		expect(first(result)).toMatchObject({
			outcome: 'alreadyDeactivated',
			changed: false,
			stateBefore: 'unknown',
			stateAfter: 'unknown',
			verified: false,
			response: notAnActiveMember.body,
		});
	});

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

	it('fails if the 200 lists the address as invalid', async () => {
		const result = await run('reactivate', { answers: [invited([], [EMAIL.toUpperCase()])] });
		expect(first(result)).toMatchObject({
			error: expect.stringContaining(`The address '${EMAIL}' can't be invited`) as string,
			details: { reason: 'refused', httpCode: '200' },
		});
	});

	it('reads a member who is skipped as active', async () => {
		const result = await run('reactivate', { answers: [invited([], []), ...once] });
		expect(first(result)).toMatchObject({
			outcome: 'alreadyActive',
			changed: false,
			verified: false,
			warning: expect.stringContaining("can't be asked whether") as string,
		});
	});

	it('refuses an unknown role', async () => {
		const result = await run('reactivate', { parameters: { role: 'owner' } });
		expect(first(result).error).toContain("'Role' must be 'member', 'editor' or 'admin'");
	});

	it.each([
		['deactivate', 'wouldDeactivate'],
		['reactivate', 'wouldReactivate'],
	])(
		'changes nothing in a dry run of %s, and says that the state is unknown',
		async (operation, outcome) => {
			const answers = operation === 'deactivate' ? once : [];
			const result = await run(operation, { answers }, { dryRun: true });
			expect(first(result)).toMatchObject({
				outcome,
				changed: false,
				stateBefore: 'unknown',
				stateAfter: 'unknown',
				verified: false,
			});
		},
	);

	describe('with a key that may look up members', () => {
		const member = { status: 200, body: { users: [{ email: EMAIL }] } };
		const nobody = { status: 200, body: { users: [] } };
		const lost = { reject: { httpCode: 'ECONNRESET' } };

		it('knows in a dry run who is an active member', async () => {
			const preview = async (answer: ScriptedAnswer) =>
				first(await run('deactivate', { answers: [answer] }, { dryRun: true }));
			expect(await preview(member)).toMatchObject({
				outcome: 'wouldDeactivate',
				stateBefore: 'active',
				stateAfter: 'active',
				verified: true,
			});
			expect(await preview(nobody)).toMatchObject({ details: { reason: 'notFound' } });
		});

		it.each([
			['no answer', lost],
			['an answer that could also mean a mistyped email', { ...notAnActiveMember, status: 404 }],
		])('is sure of a deactivation if the member is gone after %s', async (_, answer) => {
			const answers = answer === lost ? [lost] : [lost, answer];
			const deactivate = async (before: ScriptedAnswer, ...after: ScriptedAnswer[]) =>
				await inFakeTime(async () =>
					first(
						await run(
							'deactivate',
							{ answers: [before, ...answers, ...after] },
							{ maxRetries: answers.length - 1 },
						),
					),
				);
			expect(await deactivate(member, nobody)).toMatchObject({
				outcome: 'deactivated',
				changed: true,
				stateBefore: 'active',
				stateAfter: 'deactivated',
				verified: true,
				warning: expect.stringContaining('someone else did') as string,
			});
			expect(await deactivate(member, member)).toHaveProperty('details.reason');
		});

		it('takes nobody for deactivated by this run who was no member before', async () => {
			const result = await run('deactivate', { answers: [nobody, lost] });
			expect(first(result).details).toMatchObject({ reason: 'unavailable' });
			expect(result.requests).toHaveLength(2);
		});

		it('checks who was skipped by an invitation', async () => {
			const invite = async (answer: ScriptedAnswer) =>
				first(await run('reactivate', { answers: [invited([], []), answer] }));
			expect(await invite(member)).toMatchObject({ outcome: 'alreadyActive', verified: true });
			expect(await invite(nobody)).toMatchObject({
				error: expect.stringContaining('neither invited nor refused') as string,
				details: { reason: 'unexpectedResponse' },
			});
		});
	});

	it('has a safety limit and protected users', async () => {
		const many = { items: 2, parameters: { email: [EMAIL, 'lee@example.org'] } };
		const limited = await run('deactivate', many, { safetyLimit: 1 });
		expect(first(limited).details).toMatchObject({ reason: 'safetyLimit' });
		const result = await run('deactivate', {}, { protectedUsers: EMAIL.toUpperCase() });
		expect(first(result).details).toMatchObject({ reason: 'protectedUser' });
	});

	it('reads an unknown address as not found, by option', async () => {
		const answers = [...once, notAnActiveMember];
		const result = await run('deactivate', { answers }, { ifNotFound: 'succeed' });
		expect(first(result)).toMatchObject({ outcome: 'notFound', changed: false });
	});

	describe('fails as the table says:', () => {
		const unreadable = {
			reason: 'unexpectedResponse',
			message: `${displayName} gave an unexpected response`,
			description: "Check 'Base URL' in the credential.",
		};
		itFailsAsTheTableSays(sample, {
			'401: key missing or invalid, or its creator gone': {
				answer: { status: 401, body: { message: 'Invalid API key' } },
				reason: 'unauthorized',
				message: `${displayName} rejected the credential`,
				description: `${displayName} says: "Invalid API key"`,
			},
			'403: scope missing': {
				answer: { status: 403, body: { message: 'Missing scope' } },
				reason: 'forbidden',
				message: "The credential doesn't have permission to deactivate 'kim.lee@example.org'",
				description: 'USER_MANAGEMENT_API',
			},
			'404 in the words of the API: no active member': {
				answer: notAnActiveMember,
				reason: 'notFound',
				message: `No active member has the email '${EMAIL}'`,
				description: "set 'If Already Deactivated' to 'Succeed'",
			},
			'401 in those words: no proof of anything': {
				answer: { status: 401, body: notAnActiveMember.body },
				reason: 'unauthorized',
				message: `${displayName} rejected the credential`,
				description: 'Check the API key',
			},
			'404 in other words: a wrong address': {
				answer: { status: 404, body: { message: 'Not Found' } },
				reason: 'unexpectedResponse',
				message: 'The address in the credential has no such API',
				description: "Check 'Base URL' in the credential.",
			},
			'400: an undocumented refusal, in its own words': {
				answer: { status: 400, body: { message: 'Invalid request body', code: 'BAD_REQUEST' } },
				reason: 'refused',
				message: `${displayName} refused to deactivate 'kim.lee@example.org'`,
				description: 'says: "Invalid request body" (code BAD_REQUEST)',
				code: 'BAD_REQUEST',
			},
			'500 with the error as a text': {
				answer: { status: 500, body: { error: 'boom' } },
				reason: 'unavailable',
				message: `${displayName} is not available at the moment`,
				description: 'says: "boom"',
			},
			'524 of a proxy, with the error as an object': {
				answer: { status: 524, body: { type: 'error', error: { type: 'x', message: 'slow' } } },
				reason: 'unavailable',
				message: `${displayName} is not available at the moment`,
				description: 'says: "slow"',
			},
			'200 with an empty body': { answer: { status: 200 }, ...unreadable },
			'200 that does not say success': {
				answer: { status: 200, body: { status: 'failed', message: 'x' } },
				...unreadable,
			},
		});
	});
});
