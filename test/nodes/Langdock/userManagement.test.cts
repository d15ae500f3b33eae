import { itFailsAsTheTableSays } from '../failures.cts';
import { inFakeTime } from '../fakeTime.cts';
import { EMAIL } from '../sample.cts';
import type { ScriptedAnswer } from '../scriptedRun.cts';
import { itComesToAt, runnerOf, sampleOf } from '../services.cts';
import { notAnActiveMember } from './sample.cts';

const LOOK_UP = 'GET /billing/v1/ai-models-included/users?email=kim.lee%40example.org&limit=50';
const NO_MEMBER = ['notFound', `No active member has the email '${EMAIL}'`] as const;

const says = (text: string) => expect.stringContaining(text) as string;
const answer = (status: number, body: object) => ({ status, body });
const listing = (...emails: string[]) => answer(200, { users: emails.map((email) => ({ email })) });
const invited = (successfulInvites: string[], invalidEmails: string[]) =>
	answer(200, { status: 'success', message: 'x', successfulInvites, invalidEmails });

/** One API under two names. */
describe.each([
	['langdock', 'Langdock'],
	['odeus', 'Odeus'],
])('%s', (name, displayName) => {
	const sample = sampleOf(name);
	const { once, success } = sample;
	const run = runnerOf(name);
	const itComesTo = itComesToAt(name);
	const reactivate = { operation: 'reactivate', role: 'editor' };
	const unknown = { stateBefore: 'unknown', stateAfter: 'unknown', verified: false };
	const failure = (reason: string, error = '', details = {}) => ({
		error: says(error),
		details: { reason, ...details },
	});
	const member = listing(EMAIL);
	const nobody = listing();
	const lost = { reject: { httpCode: 'ECONNRESET' } };

	it('deactivates a member by email', async () => {
		const { record, asked, requests } = await run([...once, success]);
		expect(record).toMatchObject({
			service: name,
			operation: 'deactivate',
			outcome: 'deactivated',
			changed: true,
			email: EMAIL,
			stateBefore: 'active',
			stateAfter: 'deactivated',
			verified: false,
			response: { status: 'success', message: 'User deactivated' },
		});
		const change = `POST /user-management/v1/deactivate-user {"email":"${EMAIL}"}`;
		expect(asked).toEqual([LOOK_UP, change]);
		expect(requests[1]?.headers).toMatchObject({
			Accept: 'application/json',
			'Content-Type': 'application/json',
		});
	});

	it('keeps the path of a dedicated deployment', async () => {
		const credential = { baseUrl: 'https://ai.example.org/api/public/' };
		const { requests } = await run([...once, success], {}, { credential });
		expect(requests[1]?.url).toBe(
			'https://ai.example.org/api/public/user-management/v1/deactivate-user',
		);
	});

	itComesTo(
		'does not read "not an active member" as success by default',
		{},
		[...once, notAnActiveMember],
		failure('notFound', `${displayName}: ${NO_MEMBER[1]}`, {
			description: says('a mistyped email, an open invitation and a deactivated member alike'),
		}),
	);
	itComesTo(
		'reads it as already deactivated by option, and claims nothing more',
		{ options: { ifAlreadyDeactivated: 'succeed' } },
		[...once, notAnActiveMember],
		{
			outcome: 'alreadyDeactivated',
			changed: false,
			...unknown,
			response: notAnActiveMember.body,
		},
	);
	itComesTo(
		'reads it as not found by option',
		{ options: { ifNotFound: 'succeed' } },
		[...once, notAnActiveMember],
		{ outcome: 'notFound', changed: false },
	);
	itComesTo(
		'fails if the 200 lists the address as invalid',
		reactivate,
		[invited([], [EMAIL.toUpperCase()])],
		failure('refused', `The address '${EMAIL}' can't be invited`, { httpCode: '200' }),
	);
	itComesTo('reads a member who is skipped as active', reactivate, [invited([], []), ...once], {
		outcome: 'alreadyActive',
		changed: false,
		verified: false,
		warning: says("can't be asked whether"),
	});
	itComesTo(
		'refuses an unknown role',
		{ ...reactivate, role: 'owner' },
		[],
		failure('invalidInput', "'Role' must be 'member', 'editor' or 'admin'"),
	);
	itComesTo(
		'previews a deactivation without knowing the state',
		{ options: { dryRun: true } },
		once,
		{ outcome: 'wouldDeactivate', changed: false, ...unknown },
	);
	itComesTo(
		'previews a reactivation without knowing the state',
		{ ...reactivate, options: { dryRun: true } },
		[],
		{ outcome: 'wouldReactivate', changed: false, ...unknown },
	);
	itComesTo('knows in a dry run who is an active member', { options: { dryRun: true } }, [member], {
		outcome: 'wouldDeactivate',
		stateBefore: 'active',
		stateAfter: 'active',
		verified: true,
	});
	itComesTo(
		'knows in a dry run who is none',
		{ options: { dryRun: true } },
		[nobody],
		failure('notFound'),
	);
	itComesTo(
		'takes nobody for deactivated by this run who was no member before',
		{},
		[nobody, lost],
		failure('unavailable'),
	);
	itComesTo(
		'knows a member who was skipped by an invitation',
		reactivate,
		[invited([], []), member],
		{ outcome: 'alreadyActive', verified: true },
	);
	itComesTo(
		'fails if an invitation skipped someone who is no member',
		reactivate,
		[invited([], []), nobody],
		failure('unexpectedResponse', 'neither invited nor refused'),
	);
	itComesTo(
		'protects members',
		{ options: { protectedUsers: EMAIL.toUpperCase() } },
		[],
		failure('protectedUser'),
	);

	it('reactivates by inviting again, with a role', async () => {
		const { record, asked } = await run([invited([EMAIL], [])], reactivate);
		expect(record).toMatchObject({
			operation: 'reactivate',
			outcome: 'reactivated',
			changed: true,
			stateAfter: 'unknown',
			verified: false,
		});
		const users = `{"users":[{"email":"${EMAIL}","role":"editor"}]}`;
		expect(asked).toEqual([`POST /user-management/v1/invite ${users}`]);
	});

	it.each([
		['no answer', [lost]],
		['an answer that could also mean a mistyped email', [lost, notAnActiveMember]],
	])('is sure of a deactivation if the member is gone after %s', async (_, answers) => {
		const options = { maxRetries: answers.length - 1 };
		const deactivate = async (after: ScriptedAnswer) =>
			await inFakeTime(async () => (await run([member, ...answers, after], { options })).record);
		expect(await deactivate(nobody)).toMatchObject({
			outcome: 'deactivated',
			changed: true,
			stateBefore: 'active',
			stateAfter: 'deactivated',
			verified: true,
			warning: says('someone else did'),
		});
		expect(await deactivate(member)).toHaveProperty('details.reason');
	});

	it('has a safety limit', async () => {
		const email = [EMAIL, 'lee@example.org'];
		const { record } = await run([], { email, options: { safetyLimit: 1 } }, { items: 2 });
		expect(record).toMatchObject(failure('safetyLimit'));
	});

	describe('fails with', () => {
		const noScope = answer(403, { message: 'Missing scope' });
		const wrongPath = answer(404, { message: 'Not Found' });
		const badRequest = answer(400, { message: 'Invalid request body', code: 'BAD_REQUEST' });
		const inWords = `${displayName} says: "Invalid request body" (code BAD_REQUEST)`;
		const slow = answer(524, { type: 'error', error: { type: 'x', message: 'slow' } });
		const badKey = answer(401, { message: 'Invalid API key' });
		const saysBadKey = `${displayName} says: "Invalid API key"`;
		const sameWords = answer(401, notAnActiveMember.body);
		const address = "Check 'Base URL' in the credential.";

		itFailsAsTheTableSays(sample, [
			['401: key missing or invalid, or its creator gone', badKey, 'rejected', saysBadKey],
			['403: scope missing', noScope, 'forbidden', 'USER_MANAGEMENT_API'],
			[
				'404: no active member',
				notAnActiveMember,
				NO_MEMBER,
				"'If Already Deactivated' to 'Succeed'",
			],
			['401 in the same words: no proof', sameWords, 'rejected', 'Check the API key'],
			['404 in other words: a wrong address', wrongPath, 'wrongAddress', address],
			['400 that is undocumented', badRequest, 'refused', inWords, { code: 'BAD_REQUEST' }],
			['500 with the error as a text', answer(500, { error: 'boom' }), 'down', 'says: "boom"'],
			['524 of a proxy, with the error as an object', slow, 'down', 'says: "slow"'],
			['200 with an empty body', { status: 200 }, 'unreadable', address],
			['200 that is no success', answer(200, { status: 'no', message: '' }), 'unreadable', address],
		]);
	});
});
