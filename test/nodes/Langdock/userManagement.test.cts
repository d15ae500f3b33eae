import { itFailsAsTheTableSays } from '../failures.cts';
import { inFakeTime } from '../fakeTime.cts';
import { EMAIL } from '../sample.cts';
import type { ScriptedAnswer } from '../scriptedRun.cts';
import { itComesToAt, runnerOf, sampleOf, says } from '../services.cts';
import { notAnActiveMember } from './sample.cts';

const NO_MEMBER = ['notFound', `No active member has the email '${EMAIL}'`] as const;

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
	const dryRun = { options: { dryRun: true } };
	const option = (name: string) => ({ options: { [name]: 'succeed' } });
	const unknown = { stateBefore: 'unknown', stateAfter: 'unknown', verified: false };
	const failure = (reason: string, error = '', details = {}) => ({
		error: says(error),
		details: { reason, ...details },
	});
	const [member, nobody, skipped] = [listing(EMAIL), listing(), invited([], [])];
	const notActive = [...once, notAnActiveMember];
	const lost = { reject: { httpCode: 'ECONNRESET' } };

	itComesTo('deactivates a member by email', {}, [...once, success], {
		...{ service: name, operation: 'deactivate', outcome: 'deactivated' },
		...{ changed: true, email: EMAIL },
		...{ stateBefore: 'active', stateAfter: 'deactivated', verified: false },
		response: { status: 'success', message: 'User deactivated' },
	});

	const alike = 'a mistyped email, an open invitation and a deactivated member alike';
	const details = { description: says(alike) };
	const noMember = failure('notFound', `${displayName}: ${NO_MEMBER[1]}`, details);
	itComesTo('fails for "not an active member" by default', {}, notActive, noMember);
	itComesTo('claims nothing more by option', option('ifAlreadyDeactivated'), notActive, {
		outcome: 'alreadyDeactivated',
		changed: false,
		...unknown,
		response: notAnActiveMember.body,
	});
	const missing = { outcome: 'notFound', changed: false };
	itComesTo('reads it as not found by option', option('ifNotFound'), notActive, missing);

	itComesTo('reactivates by inviting again', reactivate, [invited([EMAIL], [])], {
		...{ operation: 'reactivate', outcome: 'reactivated', changed: true },
		...{ stateAfter: 'unknown', verified: false },
	});
	const ok = { httpCode: '200' };
	const invalid = failure('refused', `The address '${EMAIL}' can't be invited`, ok);
	const refused = invited([], [EMAIL.toUpperCase()]);
	itComesTo('fails if the 200 lists the address as invalid', reactivate, [refused], invalid);
	itComesTo('reads a member who is skipped as active', reactivate, [skipped, ...once], {
		outcome: 'alreadyActive',
		changed: false,
		verified: false,
		warning: says("can't be asked whether"),
	});
	const active = { outcome: 'alreadyActive', verified: true };
	itComesTo('knows a member who is skipped', reactivate, [skipped, member], active);
	const neither = failure('unexpectedResponse', 'neither invited nor refused');
	itComesTo('fails if someone is skipped who is no member', reactivate, [skipped, nobody], neither);
	const roles = failure('invalidInput', "'Role' must be 'member', 'editor' or 'admin'");
	itComesTo('refuses an unknown role', { ...reactivate, role: 'owner' }, [], roles);

	const previews = { outcome: 'wouldDeactivate', changed: false };
	itComesTo('previews without knowing the state', dryRun, once, { ...previews, ...unknown });
	const invites = { outcome: 'wouldReactivate', changed: false, ...unknown };
	itComesTo('previews a reactivation', { ...reactivate, ...dryRun }, [], invites);
	const isMember = { stateBefore: 'active', stateAfter: 'active', verified: true };
	itComesTo('previews for a member', dryRun, [member], { ...previews, ...isMember });

	it.each([
		['no answer', [lost]],
		['an answer that could also mean a mistyped email', [lost, notAnActiveMember]],
	])('is sure of a deactivation if the member is gone after %s', async (_, answers) => {
		const options = { maxRetries: answers.length - 1 };
		const deactivate = async (after: ScriptedAnswer) =>
			await inFakeTime(async () => (await run([member, ...answers, after], { options })).record);
		expect(await deactivate(nobody)).toMatchObject({
			...{ outcome: 'deactivated', changed: true, warning: says('someone else did') },
			...{ stateBefore: 'active', stateAfter: 'deactivated', verified: true },
		});
		expect(await deactivate(member)).toHaveProperty('details.reason');
	});
	it('looks again only if there was a member before', async () => {
		const { record, asked } = await run([nobody, lost]);
		expect(record).toMatchObject(failure('unavailable'));
		expect(asked).toHaveLength(2);
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
		const toSucceed = "'If Already Deactivated' to 'Succeed'";
		const address = "Check 'Base URL' in the credential.";

		itFailsAsTheTableSays(sample, [
			['401: key missing or invalid, or its creator gone', badKey, 'rejected', saysBadKey],
			['403: scope missing', noScope, 'forbidden', 'USER_MANAGEMENT_API'],
			['404: no active member', notAnActiveMember, NO_MEMBER, toSucceed],
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
