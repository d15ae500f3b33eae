import { codeNode } from './codeNode.cts';

/** The Code node that compares the accounts of all services with the list from HR. */

interface Report {
	readonly text: string;
	readonly findings: ReadonlyArray<{ readonly finding: string; readonly why: string }>;
}

const run = codeNode<Report>('find-orphaned-accounts', 'Compare');

const HR = [
	{ email: 'kim.lee@example.org', leavingDate: '2026-11-15', aliases: ['Kim@Example.org'] },
	{ work_email: 'Sam.Roe@Example.org', 'Other Emails': 'sam@example.org; s.roe@example.org' },
	{ email: 'pat.past@example.org', leavingDate: 'soon' },
	{ email: 'moved@example.org', aliases: 'kim.lee+old@example.org' },
];
/** What the sub-workflow says of these rows. */
const READ = {
	people: [{ email: 'kim.lee@example.org', leavingDate: '2026-11-15' }],
	questions: [{ row: 3, reason: "The leaving date 'soon' is not a calendar day." }],
};

function compare(accounts: readonly object[], rows: unknown = HR, listField = ''): Report {
	const [report] = run(accounts, {
		Settings: [{ knownAccounts: 'BOT-1, guest@example.com' }],
		'HR List': [{ received: JSON.stringify(rows), listField }],
		'Read HR Data': [READ],
	});
	return report as Report;
}

const account = (email: string | undefined, more: object = {}) => ({
	...{ service: 'awork', userId: 'u-1', email, emails: [email].filter(Boolean) },
	...{ name: 'Somebody', state: 'active', kind: 'person', ...more },
});

const machine = { kind: 'serviceAccount' };
const two = account('x@example.com', { emails: ['x@example.com', 'sam@example.org'] });

test.each([
	['of somebody who stays', account('sam.roe@example.org'), 'fine'],
	['by a second address at HR', account('S.ROE@example.org'), 'fine'],
	['by a second address at the service', two, 'fine'],
	['with a tag in the address', account('sam.roe+test@example.org'), 'fine'],
	['in the list of known accounts', account('Guest@example.com', { kind: 'external' }), 'fine'],
	['known by its name, for want of an address', account(undefined, { name: 'Bot-1' }), 'fine'],
	['known by its ID', account('b@example.org', { userId: 'bot-1', ...machine }), 'fine'],
	['deactivated', account('kim@example.org', { state: 'deactivated' }), 'fine'],
	['of a leaver, by an alias', account('KIM@example.org', { state: 'invited' }), 'leaver'],
	['of somebody with an odd date', account('pat.past@example.org'), 'unclear'],
	['of a leaver and of somebody who stays', account('kim.lee@example.org'), 'unclear'],
	['of nobody', account('old@example.org', { state: 'locked' }), 'nobody'],
	['without an address', account(undefined, { kind: 'unknown' }), 'nobody'],
	['of a guest', account('who@example.com', { kind: 'external' }), 'external'],
	['of a machine', account(undefined, machine), 'serviceAccount'],
	['of an agent', account(undefined, { kind: 'agent' }), 'serviceAccount'],
	['of a leaver, called a machine', account('kim@example.org', machine), 'leaver'],
	['that cannot be read', account(undefined, { state: 'unknown', warning: 'odd' }), 'unreadable'],
	['list of a service that failed', { service: 'awork', error: 'awork: No' }, 'notChecked'],
	['list that is empty', {}, 'notChecked'],
	['that is something else', { received: '[]' }, 'notChecked'],
])('an account %s', (_, given, finding) => {
	const { text, findings } = compare([given]);
	expect(findings.map((one) => one.finding)).toEqual(finding === 'fine' ? [] : [finding]);
	expect(text.endsWith('Nothing to report.')).toBe(finding === 'fine');
	for (const { why } of findings) expect(text).toContain(`\n- ${why}`);
});

test('names the owner, the reason and the list inside a field', () => {
	const { text } = compare(
		[account('x@example.com', { emails: ['x@example.com', 'kim@example.org'] })],
		{ rows: HR },
		'rows',
	);
	expect(text).toBe(
		`Accounts compared with the list from HR: 1 (awork). Deactivated ones are left out.
Left, but still with access:
- x@example.com at awork: active, belongs to kim@example.org (left on 2026-11-15)`,
	);
});

test('a long list is cut in the message only', () => {
	const many = Array.from({ length: 35 }, (_, index) => account(`old${index}@example.org`));
	const { text, findings } = compare(many);
	expect(findings).toHaveLength(35);
	expect(text).toMatch(/old29@.*\n- and 5 more, see the execution$/);
});
