import { readWorkflow } from '../package/workflowFiles.cts';

/** The two Code nodes of the ledger: what becomes a row, and what the rows say. */

type Json = Readonly<Record<string, unknown>>;

const { nodes } = readWorkflow('ledger-and-recheck');
const NOW = 'execution-now';

/** @param steps items of the steps that were executed */
function run(name: string, input: readonly object[], steps: Readonly<Record<string, object[]>>) {
	const code = String(nodes.find((node) => node.name === name)?.parameters['jsCode']);
	const wrap = (items: readonly object[]) => items.map((json) => ({ json }));
	const step = (of: string) => ({
		isExecuted: of in steps,
		all: () => wrap(steps[of] ?? []),
		first: () => wrap(steps[of] ?? [])[0],
	});
	const program = new Function('$', '$input', '$execution', code) as (
		...globals: readonly unknown[]
	) => ReadonlyArray<{ json: Json }>;
	return program(step, { all: () => wrap(input) }, { id: NOW }).map(({ json }) => json);
}

const email = 'kim.lee@example.org';
const done = { service: 'awork', operation: 'deactivate', outcome: 'deactivated', userId: 'u-1' };

describe('a row', () => {
	const rowsOf = (item: object) => run('Ledger Rows', [], { Results: [item] });

	test.each([
		[{ ...done, email: 'KIM.LEE@example.org', changed: true, verified: true }, 'off'],
		[{ ...done, email, operation: 'get', outcome: 'found', stateAfter: 'deactivated' }, 'off'],
		[{ ...done, email, operation: 'get', outcome: 'found', stateAfter: 'active' }, 'access'],
		[{ ...done, email, operation: 'get', outcome: 'found', stateAfter: 'archived' }, 'access'],
		[{ ...done, email, operation: 'get', outcome: 'found', stateAfter: 'unknown' }, 'unknown'],
		[
			{ ...done, email, operation: 'get', outcome: 'failed', error: 'No', reason: 'timeout' },
			'unknown',
		],
		[{ ...done, email, operation: 'get', outcome: 'notFound' }, 'off'],
		[{ ...done, email, operation: 'reactivate', outcome: 'reactivated' }, 'restored'],
		[{ ...done, email, outcome: 'failed', error: 'No', reason: 'forbidden' }, 'open'],
		[
			{ error: 'No', details: { service: 'awork', operation: 'deactivate', reason: 'x', email } },
			'open',
		],
		[{ email, complete: false, services: [{ ...done, reason: 'refused', message: 'No' }] }, 'open'],
		[{ email, error: 'No', details: { email, services: [done] } }, 'off'],
		// It may have been changed before it failed.
		[{ ...done, email, outcome: 'deactivated', reason: 'timeout', error: 'No' }, 'open'],
		[{ service: 'Fax', operation: 'task', outcome: 'open', email, note: 'Ask Ada' }, 'open'],
		[{ service: 'Fax', operation: 'task', outcome: 'confirmed', email }, 'off'],
	])('of %j is %s', (item, status) => {
		expect(rowsOf(item)).toEqual([expect.objectContaining({ email, status })]);
	});

	test('says what is known, and why something failed', () => {
		const failure = { service: 'zitadel', operation: 'deactivate', reason: 'safetyLimit' };
		const person = { email, reason: 'safetyLimit', summary: 'Too many.', services: [failure] };
		expect(rowsOf({ ...person, execution: 7 })).toEqual([
			expect.objectContaining({ outcome: 'failed', note: 'Too many.', execution: '7', userId: '' }),
		]);
		expect(rowsOf({ ...done, email, timestamp: '2026-11-15T10:00:00Z', warning: 'Look.' })).toEqual(
			[
				{
					...{ ...done, email, status: 'off', changed: false, verified: false },
					...{ stateBefore: 'unknown', stateAfter: 'unknown' },
					...{ note: 'Look.', doneAt: '2026-11-15T10:00:00Z', execution: NOW },
				},
			],
		);
	});

	test('is none of a dry run or a service that was not asked', () => {
		expect(rowsOf({ ...done, email, outcome: 'wouldDeactivate' })).toEqual([]);
		expect(rowsOf({ email, dryRun: true, services: [{ ...done, reason: 'timeout' }] })).toEqual([]);
		expect(rowsOf({ email, services: [{ service: 'odeus', outcome: 'notAsked' }] })).toEqual([]);
	});

	test('of a re-check keeps the email of the ledger', () => {
		const due = { 'Due for Re-Check': [{ service: 'awork', userId: 'u-1', email }] };
		const found = { ...done, operation: 'get', outcome: 'found', email: 'new@example.org' };
		expect(run('Ledger Rows', [found], due)).toEqual([expect.objectContaining({ email })]);
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
	const check = (status: string, stateAfter: string, execution = NOW) => ({
		...{
			...act,
			operation: 'get',
			outcome: 'found',
			changed: false,
			status,
			stateAfter,
			execution,
		},
		note: status === 'unknown' ? 'No answer.' : '',
	});
	const settings = { messageUrl: '', evidenceUrl: 'https://n8n.example.org/e', days: 3650 };
	const weekly = { 'Every Week': [{}], Settings: [settings] };
	const textOf = (rows: readonly object[]) => String(run('Sum Up', rows, weekly)[0]?.['text']);

	test.each([
		['off', [act, check('off', 'deactivated')], /^Still off, .*: 1\.$/m],
		[
			'not read in this run',
			[act, check('off', 'deactivated', '1')],
			/^Not re-checked.*awork \(1\)/m,
		],
		[
			'active again',
			[act, check('access', 'active')],
			/^Active again:\n- kim.* at awork: active, /m,
		],
		[
			'active, then not readable',
			[act, check('access', 'active'), check('unknown', 'unknown')],
			/^Active again:/m,
		],
		[
			'off, then not readable',
			[act, check('off', 'deactivated'), check('unknown', 'unknown')],
			/^Couldn't .*\n.*No answer\.$/m,
		],
		[
			'failed',
			[{ ...act, status: 'open', outcome: 'failed', note: 'No.' }],
			/^Still open:\n.*No\.$/m,
		],
		[
			'failed, and still active',
			[{ ...act, status: 'open' }, check('access', 'active')],
			/^Still open:/m,
		],
		['failed, and off by now', [{ ...act, status: 'open' }, check('off', 'deactivated')], /: 1\.$/],
		['done again', [act, check('access', 'active'), act, check('off', 'deactivated')], /: 1\.$/],
		['given back', [act, { ...act, status: 'restored' }, check('access', 'active')], /: 0\.$/],
		['a task', [{ ...act, operation: 'task', status: 'off', outcome: 'confirmed' }], /: 1\.$/],
		[
			'failed without the ID',
			[act, { ...act, userId: '', status: 'open', note: 'No.' }],
			/^Still open:/m,
		],
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
		const rows = [
			{ ...act, service: '<b>App</b>' },
			{ ...act, service: 'zitadel', verified: false },
		];
		const [page] = run('Sum Up', rows, {});
		expect(page).toMatchObject({ text: '', title: email });
		expect(page?.['verdict']).toMatch(/^Finished. Of 2 accounts, 1 were read/);
		expect(page?.['accountRows']).toContain('&#60;b&#62;App');
		expect(page?.['accountRows']).toContain('concluded from an answer');
	});
});
