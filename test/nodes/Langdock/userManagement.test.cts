import { itFailsAsTheTableSays } from '../failures.cts';
import { first, scriptedRun } from '../scriptedRun.cts';
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
	const { service, parameters, success } = sample;

	it('deactivates a member by email', async () => {
		const result = await scriptedRun(service, { parameters, answers: [success] });
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
			answers: [success],
			credential: { baseUrl: 'https://ai.example.org/api/public/' },
		});
		expect(requests[0]?.url).toBe(
			'https://ai.example.org/api/public/user-management/v1/deactivate-user',
		);
	});

	it('does not take "not an active member" for success unless somebody chose so', async () => {
		const run = { parameters, answers: [notAnActiveMember] };
		await expect(scriptedRun(service, run)).rejects.toMatchObject({
			message: `${displayName}: There is no user 'kim.lee@example.org' [Item 0]`,
			description: expect.stringContaining('the service does not tell which') as string,
		});
	});

	it('takes it for success by option, and claims nothing that it does not know', async () => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, options: { ifAlreadyDeactivated: 'succeed' } },
			answers: [notAnActiveMember],
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

	describe('fails as the table says:', () => {
		const unreadable = {
			reason: 'unexpectedResponse',
			message: 'The answer is not one that this service is known to give',
			description: "Check 'Base URL' in the credential.",
		};
		itFailsAsTheTableSays(sample, {
			'401: key missing or invalid, or its creator gone': {
				answer: { status: 401, body: { message: 'Invalid API key' } },
				reason: 'unauthorized',
				message: 'The credential is not accepted',
				description: `${displayName} says: "Invalid API key"`,
			},
			'403: scope missing': {
				answer: { status: 403, body: { message: 'Missing scope' } },
				reason: 'forbidden',
				message: "The credential is not allowed to deactivate the user 'kim.lee@example.org'",
				description: 'USER_MANAGEMENT_API',
			},
			'404 in the words of the API: no active member': {
				answer: notAnActiveMember,
				reason: 'notFound',
				message: "There is no user 'kim.lee@example.org'",
				description: 'mistyped, invited but not active yet, or already deactivated',
			},
			'404 in other words: a wrong address': {
				answer: { status: 404, body: { message: 'Not Found' } },
				reason: 'unexpectedResponse',
				message: 'There is no such API at the address in the credential',
				description: "Check 'Base URL' in the credential.",
			},
			'400: an undocumented refusal, in its own words': {
				answer: { status: 400, body: { message: 'Invalid request body', code: 'BAD_REQUEST' } },
				reason: 'refused',
				message: "The service refuses to deactivate the user 'kim.lee@example.org'",
				description: 'says: "Invalid request body" (code BAD_REQUEST)',
				code: 'BAD_REQUEST',
			},
			'500 with the error as a text': {
				answer: { status: 500, body: { error: 'boom' } },
				reason: 'unavailable',
				message: 'The service cannot answer at the moment',
				description: 'says: "boom"',
			},
			'524 of a proxy, with the error as an object': {
				answer: { status: 524, body: { type: 'error', error: { type: 'x', message: 'slow' } } },
				reason: 'unavailable',
				message: 'The service cannot answer at the moment',
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
