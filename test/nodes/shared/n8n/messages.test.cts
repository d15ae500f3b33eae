import { Failure, type FailureFacts, type Reason } from '../../../../nodes/shared/model/failure';
import { accountLabel, explain, subjectOf, type Subject } from '../../../../nodes/shared/n8n/messages';

const ofCredential = subjectOf({
	displayName: 'Acme',
	advice: { unauthorized: 'Check the key.', forbidden: 'Give it the role.' },
});

const ofItem: Subject = {
	...ofCredential,
	operation: 'deactivate',
	account: { userId: '42', email: 'kim@example.org' },
};

const words = (reason: Reason, facts: FailureFacts = {}, subject = ofItem) =>
	explain(new Failure(reason, facts), subject);

const descriptionOf = (facts: FailureFacts, subject = ofItem) =>
	words('refused', { advice: 'Do it.', ...facts }, subject).description;

describe('what happened and what to do', () => {
	it.each<[Reason, string, string]>([
		['invalidInput', 'A value cannot be used', 'Nothing was changed.'],
		['unauthorized', 'The credential is not accepted', 'Check the key. Nothing was changed.'],
		[
			'forbidden',
			"The credential is not allowed to deactivate the user 'kim@example.org'",
			'Give it the role. Nothing was changed.',
		],
		['canceled', 'The execution was canceled', 'Try again later: repeating is safe.'],
		[
			'unexpectedResponse',
			'The answer is not one that this service is known to give',
			"Check 'Base URL' in the credential. Try again later: repeating is safe.",
		],
	])('is, for %s: %s', (reason, summary, advice) => {
		expect(words(reason)).toEqual({ message: `Acme: ${summary}`, description: advice });
	});

	it.each<[Reason, string]>([
		['notFound', 'There is no user'],
		['ambiguousUser', 'More than one user has the email'],
		['protectedUser', 'The user'],
		['alreadyActive', 'The user'],
		['alreadyDeactivated', 'The user'],
		['refused', 'The service refuses to deactivate the user'],
	])('names the account, for %s', (reason, beginning) => {
		const { message, description } = words(reason);
		expect(message.startsWith(`Acme: ${beginning} 'kim@example.org'`)).toBe(true);
		expect(description).toContain('Nothing was changed.');
	});

	it.each<[Reason, boolean]>([
		['safetyLimit', true],
		['rateLimited', true],
		['unavailable', false],
		['timeout', false],
	])('claims, for %s, that nothing was changed: %p', (reason, isSure) => {
		expect(words(reason).description.includes('Nothing was changed.')).toBe(isSure);
	});

	it('is what the failure says itself, where it does', () => {
		expect(words('refused', { summary: 'No', advice: 'Do it.' })).toEqual({
			message: 'Acme: No',
			description: 'Do it.',
		});
	});

	it('calls the address as the credential does', () => {
		const subject = { ...ofItem, addressField: 'Instance URL' };
		const facts = { summary: "'Base URL' or 'Base URL'", advice: "Check 'Base URL'." };
		expect(words('invalidInput', facts, subject)).toEqual({
			message: "Acme: 'Instance URL' or 'Instance URL'",
			description: "Check 'Instance URL'.",
		});
	});

	it('speaks of no account where a credential is tested', () => {
		expect(words('forbidden', {}, ofCredential).message).toBe(
			'Acme: The credential is not allowed to do this',
		);
		expect(words('unexpectedResponse', {}, ofCredential).description).toBe(
			"Check 'Base URL' in the credential.",
		);
	});
});

describe('what the service says itself', () => {
	it.each<[FailureFacts, string]>([
		[{ message: 'no' }, ' Acme says: "no"'],
		[{ message: 'no', code: 'c' }, ' Acme says: "no" (code c)'],
		[{ message: 'no', traceId: 't' }, ' Acme says: "no" (trace ID t)'],
		[{ message: 'no', code: 'c', traceId: 't' }, ' Acme says: "no" (code c, trace ID t)'],
		[{ code: 'c' }, ' Acme gives code c'],
		[{ code: 'c', traceId: 't' }, ' Acme gives code c, trace ID t'],
		[{}, ''],
	])('%j', (facts, said) => {
		expect(descriptionOf(facts)).toBe(`Do it.${said}`);
	});
});

describe('what is not known', () => {
	const facts = { isFateUnknown: true, advice: 'Do it. Nothing was changed. Repeat it.' };

	it('takes the place of a claim that nothing was changed', () => {
		expect(descriptionOf(facts)).toBe(
			'It is not known whether the user was changed. Do it. Repeat it.',
		);
	});

	it('is no matter where a credential is tested', () => {
		expect(descriptionOf(facts, ofCredential)).toBe(facts.advice);
	});

	it('is all there is to say if there is nothing to do', () => {
		expect(descriptionOf({ isFateUnknown: true, advice: 'Nothing was changed.' })).toBe(
			'It is not known whether the user was changed.',
		);
	});
});

it('says how often it was tried, in whole seconds', () => {
	expect(descriptionOf({ attempts: { count: 2, waited: 1001 }, code: 'c' })).toBe(
		'Do it. Tried 2 times, with 2 s of waiting in between. Acme gives code c',
	);
});

it.each([
	[{ email: 'kim@example.org', userId: '42' }, "'kim@example.org'"],
	[{ userId: '42' }, "'42'"],
	[{}, "''"],
	[undefined, "''"],
])('calls the account %j %s', (account, label) => {
	expect(accountLabel(account)).toBe(label);
});
