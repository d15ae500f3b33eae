import { codeNode, NOW } from './codeNode.cts';

/** The two Code nodes of the ledger: what becomes a row, and what the rows say. */

type Json = Readonly<Record<string, unknown>>;

const toRows = codeNode<Json>('ledger-and-recheck', 'Ledger Rows');
const sumUp = codeNode<Json>('ledger-and-recheck', 'Sum Up');

const email = 'kim.lee@example.org';
const done = { service: 'awork', operation: 'deactivate', outcome: 'deactivated', userId: 'u-1' };

describe('a row', () => {
	const rowsOf = (item: object) => toRows([], { Results: [item] });
	const get = { ...done, email, operation: 'get', outcome: 'found' };
	const failed = { outcome: 'failed', error: 'No', reason: 'timeout' };
	const task = { service: 'Fax', operation: 'task', email };

	test.each([
		[{ ...done, email: 'KIM.LEE@example.org', changed: true, verified: true }, 'off'],
		[{ ...get, stateAfter: 'deactivated' }, 'off'],
		[{ ...get, stateAfter: 'active' }, 'access'],
		[{ ...get, stateAfter: 'archived' }, 'access'],
		[{ ...get, stateAfter: 'unknown' }, 'unknown'],
		[{ ...get, ...failed }, 'unknown'],
		[{ ...get, outcome: 'notFound' }, 'off'],
		[{ ...done, email, operation: 'reactivate', outcome: 'reactivated' }, 'restored'],
		[{ ...done, email, ...failed }, 'open'],
		[{ error: 'No', details: { ...done, ...failed, email } }, 'open'],
		[{ email, complete: false, services: [{ ...done, reason: 'refused', message: 'No' }] }, 'open'],
		[{ email, error: 'No', details: { email, services: [done] } }, 'off'],
		// It may have been changed before it failed.
		[{ ...done, email, reason: 'timeout', error: 'No' }, 'open'],
		[{ ...task, outcome: 'open', note: 'Ask Ada' }, 'open'],
		[{ ...task, outcome: 'confirmed' }, 'off'],
	])('of %j is %s', (item, status) => {
		expect(rowsOf(item)).toEqual([expect.objectContaining({ email, status })]);
	});

	test('says what is known, and why something failed', () => {
		const failure = { service: 'zitadel', operation: 'deactivate', reason: 'safetyLimit' };
		const person = { email, reason: 'safetyLimit', summary: 'Too many.', services: [failure] };
		expect(rowsOf({ ...person, execution: 7 })).toMatchObject([
			{ outcome: 'failed', note: 'Too many.', execution: '7', userId: '' },
		]);
		const record = { ...done, email, timestamp: '2026-11-15T10:00:00Z', warning: 'Look.' };
		expect(rowsOf(record)).toEqual([
			{
				...{ ...done, email, status: 'off', changed: false, verified: false },
				...{ stateBefore: 'unknown', stateAfter: 'unknown' },
				...{ note: 'Look.', doneAt: '2026-11-15T10:00:00Z', execution: NOW },
			},
		]);
	});

	test('is none of a dry run or a service that was not asked', () => {
		expect(rowsOf({ ...done, email, outcome: 'wouldDeactivate' })).toEqual([]);
		expect(rowsOf({ email, dryRun: true, services: [{ ...done, reason: 'timeout' }] })).toEqual([]);
		expect(rowsOf({ email, services: [{ service: 'odeus', outcome: 'notAsked' }] })).toEqual([]);
	});

	test('of a re-check keeps the email of the ledger', () => {
		const due = { 'Due for Re-Check': [{ service: 'awork', userId: 'u-1', email }] };
		expect(toRows([{ ...get, email: 'new@example.org' }], due)).toMatchObject([{ email }]);
	});

	test.each([
		[{ email }, /not a result of an offboarding/],
		[{ error: 'The workflow broke' }, /not a result of an offboarding/],
		[{ ...done, userId: undefined }, /whom it is about/],
		[{ ...done, email, status: 'off', doneAt: '2026-11-15' }, /row of the ledger/],
	])('is none of %j', (item, message) => expect(() => rowsOf(item)).toThrow(message));
});

describe('the rows', () => {
	const act = {
		...{ ...done, email, status: 'off', stateBefore: 'active', stateAfter: 'deactivated' },
		...{ changed: true, verified: true, doneAt: '2026-11-15T10:00:00Z', execution: '1', note: '' },
	};
	const open = { ...act, status: 'open', note: 'No.' };
	const check = { ...act, operation: 'get', outcome: 'found', changed: false, execution: NOW };
	const active = { ...check, status: 'access', stateAfter: 'active' };
	const unread = { ...check, status: 'unknown', stateAfter: 'unknown', note: 'No answer.' };
	const settings = { messageUrl: '', evidenceUrl: 'https://n8n.example.org/e', days: 3650 };
	const weekly = { 'Every Week': [{}], Settings: [settings] };
	const textOf = (rows: readonly object[]) => String(sumUp(rows, weekly)[0]?.['text']);

	test.each([
		['off', [act, check], /^Still off, .*: 1\.$/m],
		['not read in this run', [act, { ...check, execution: '1' }], /^Not re-checked.*awork \(1\)/m],
		['active again', [act, active], /^Active again:\n- kim.* at awork: active, /m],
		['active, then not readable', [act, active, unread], /^Active again:/m],
		['off, then not readable', [act, check, unread], /^Couldn't .*\n.*No answer\.$/m],
		['failed', [{ ...open, outcome: 'failed' }], /^Still open:\n.*No\.$/m],
		['failed, and still active', [open, active], /^Still open:/m],
		['failed, and off by now', [open, check], /: 1\.$/],
		['done again', [act, active, act, check], /: 1\.$/],
		['given back', [act, { ...act, status: 'restored' }, active], /: 0\.$/],
		['a task', [{ ...act, operation: 'task', outcome: 'confirmed' }], /: 1\.$/],
		['failed without the ID', [act, { ...open, userId: '' }], /^Still open:/m],
	])('of an account that is %s', (_, rows, expected) => {
		const text = textOf(rows);
		expect(text).toMatch(expected);
		const isOff = / person: 1\.$/.test(text);
		expect(isOff).toBe(String(expected).includes('1\\.$'));
	});

	test('of nobody at all are told, too', () => {
		expect(textOf([{}])).toMatch(/^Re-check of .*\nStill off, .*: 0\.$/);
	});

	test('become a page, in which nothing of a service is HTML', () => {
		const other = { ...act, service: 'zitadel', verified: false };
		const [page] = sumUp([{ ...act, service: '<b>App</b>' }, other]);
		expect(page).toMatchObject({ text: '', title: email });
		expect(page?.['verdict']).toMatch(/^Finished. Of 2 accounts, 1 were read/);
		expect(page?.['accountRows']).toContain('&#60;b&#62;App');
		expect(page?.['accountRows']).toContain('concluded from an answer');
	});
});
