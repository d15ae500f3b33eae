import {
	Failure,
	type FailureFacts,
	type Reason,
	type ServiceError,
} from '../../../../nodes/shared/model/failure';
import {
	accountLabel,
	explain,
	type Subject,
	subjectOf,
} from '../../../../nodes/shared/n8n/messages';

const ofCredential = subjectOf({
	displayName: 'Acme',
	advice: { unauthorized: 'Check the key.', forbidden: 'Give it the role.' },
});

const ofItem: Subject = {
	...ofCredential,
	operation: 'deactivate',
	account: { userId: '42', email: 'kim@example.org' },
};

const explained = (reason: Reason, facts: FailureFacts = {}, subject = ofItem) =>
	explain(new Failure(reason, facts), subject);

const answered = (error: ServiceError): FailureFacts => ({
	source: { kind: 'answer', status: 400, error, body: undefined },
});

const KIM = "'kim@example.org'";
const REPEAT = 'Try again later: repeating is safe.';
const CHECK = "Check 'Base URL' in the credential.";

describe('a message', () => {
	it.each<[Reason, message: string, advice: string]>([
		['invalidInput', "Acme: A value can't be used", 'Correct the value.'],
		['unauthorized', 'Acme rejected the credential', 'Check the key.'],
		['forbidden', `Acme: The credential doesn't have permission to deactivate ${KIM}`, 'Give it'],
		['notFound', `Acme: No user found with the email ${KIM}`, 'Check the email, and make sure'],
		['ambiguousUser', `Acme: More than one user has the email ${KIM}`, 'Choose the user by ID.'],
		['protectedUser', `Acme: The user ${KIM} is protected`, 'To deactivate this user anyway,'],
		['safetyLimit', 'Acme: This node would deactivate more users than', 'If all these users are'],
		['alreadyDeactivated', `Acme: The user ${KIM} is already deactivated`, 'To accept this, set'],
		['refused', `Acme refused to deactivate ${KIM}`, ''],
		['canceled', 'Acme: The execution was canceled', REPEAT],
		['rateLimited', 'Acme received too many requests', REPEAT],
		['unavailable', 'Acme is not available at the moment', REPEAT],
		['timeout', 'Acme did not answer in time', REPEAT],
		['unexpectedResponse', 'Acme gave an unexpected response', `${CHECK} ${REPEAT}`],
	])('says for %s: %s, and what to do', (reason, begin, advice) => {
		const { message, description } = explained(reason);
		expect(message).toContain(begin);
		expect(description).toContain(advice);
		expect(description).toMatch(/(^|\. )Nothing was changed\.$/);
	});

	it('says of somebody who is already active just that', () => {
		const message = `Acme: The user ${KIM} is already active`;
		expect(explained('alreadyActive')).toEqual({ message, description: '' });
	});

	it('has the words of the failure, and calls the address as the credential does', () => {
		const facts = { summary: "'Base URL' or 'Base URL'", advice: "Check 'Base URL'." };
		expect(explained('refused', facts, { ...ofItem, addressField: 'Instance URL' })).toEqual({
			message: "Acme: 'Instance URL' or 'Instance URL'",
			description: "Check 'Instance URL'. Nothing was changed.",
		});
		expect(explained('refused', { summary: 'Acme says no' }).message).toBe('Acme says no');
	});

	it('speaks of no account where a credential is tested', () => {
		expect(explained('forbidden', {}, ofCredential)).toEqual({
			message: "Acme: The credential doesn't have permission to do this",
			description: 'Give it the role.',
		});
		expect(explained('unexpectedResponse', {}, ofCredential).description).toBe(CHECK);
	});

	it('speaks of an ID where there is no email', () => {
		const { message, description } = explained('notFound', { account: { userId: '43' } });
		expect(message).toBe("Acme: No user found with the ID '43'");
		expect(description).toContain('Check the ID,');
	});

	it.each([
		['canceled@example.org', "'…'"],
		["o'CANCELED@example.org", "'o'…'"],
	])('leaves out a word of %s by which n8n recognizes stopped executions', (email, label) => {
		const { message, description } = explained('notFound', { account: { email } });
		expect(message).toBe(`Acme: No user found with the email ${label}`);
		expect(description).toContain(`Acme: No user found with the email '${email}'. Check`);
		expect(explained('refused', { summary: 'It was canceled' }).message).toBe('Acme: It was …');
	});
});

describe('the effect', () => {
	it.each<[string | undefined, Reason, FailureFacts['effect'], string]>([
		['deactivate', 'refused', undefined, 'Do it. Nothing was changed.'],
		['reactivate', 'refused', 'none', 'Do it. Nothing was changed.'],
		['deactivate', 'timeout', 'possible', "Do it. It isn't known whether the user was changed."],
		['deactivate', 'timeout', 'done', 'Do it.'],
		['reactivate', 'alreadyActive', 'none', 'Do it.'],
		['get', 'refused', 'none', 'Do it.'],
		['get', 'timeout', 'possible', 'Do it.'],
		[undefined, 'refused', 'none', 'Do it.'],
	])('of %s, for %s with the effect %s, is told: %s', (operation, reason, effect, description) => {
		const subject = { ...ofCredential, ...(operation !== undefined && { operation }) };
		expect(explained(reason, { advice: 'Do it.', effect }, subject).description).toBe(description);
	});
});

it.each<[ServiceError, string]>([
	[{ message: 'no' }, ' Acme says: "no"'],
	[{ message: 'no', traceId: 't' }, ' Acme says: "no" (trace ID t)'],
	[{ message: 'no', code: 'c', traceId: 't' }, ' Acme says: "no" (code c, trace ID t)'],
	[{ code: 'c' }, ' Acme gives code c.'],
	[{ code: 'c', traceId: 't' }, ' Acme gives code c, trace ID t.'],
	[{}, ''],
])('quotes the service: %j', (error, quote) => {
	const { description } = explained('refused', { advice: 'Do it.', ...answered(error) });
	expect(description).toBe(`Do it. Nothing was changed.${quote}`);
});

it('says how often a request was tried, in whole seconds', () => {
	const facts = { attempts: { count: 2, waited: 1001 }, ...answered({ code: 'c' }) };
	expect(explained('refused', facts).description).toBe(
		'Nothing was changed. Tried 2 times over 2 s. Acme gives code c.',
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
