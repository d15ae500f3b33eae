import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { RECORDED } from './hrSystems.cts';

/** The Code node of the sub-workflow that every example workflow reads HR's data with. */

interface Answer {
	readonly people: ReadonlyArray<{ email: string; leavingDate: string; [key: string]: unknown }>;
	readonly questions: ReadonlyArray<{ row: number; email: string; reason: string }>;
	readonly refused: string;
	readonly dryRun: boolean;
}

const file = join(__dirname, '../../workflows/leaver-from-hr.json');
const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as {
	nodes: ReadonlyArray<{ type: string; parameters: { jsCode?: string } }>;
};
const code = nodes.find(({ type }) => type === 'n8n-nodes-base.code')?.parameters.jsCode ?? '';
const run = new Function('$input', code) as (input: object) => ReadonlyArray<{ json: Answer }>;

/** In Berlin it is 1 December, elsewhere still 30 November. */
const NOW = '2026-11-30T23:30:00Z';

beforeEach(() => void jest.useFakeTimers({ now: new Date(NOW) }));
afterEach(() => void jest.useRealTimers());

function call(input: object): Answer {
	const json = { source: 'test', timeZone: 'Europe/Berlin', ...input };
	const [item] = run({ all: () => [{ json }] });
	return item?.json as Answer;
}
const feed = (list: unknown, more: object = {}) =>
	call({ kind: 'feed', received: JSON.stringify(list), ...more });
const request = (body: unknown, query: object = {}) =>
	call({ kind: 'request', received: JSON.stringify(body), query });
const email = 'kim.lee@example.org';

/** In a word or a pattern, what comes of a row in a feed. */
function verdict(row: object, more: object = {}): string {
	const { people, questions, refused } = feed([{ email, leavingDate: null }, row], more);
	expect(refused).toBe('');
	return [
		...people.map(({ leavingDate }) => leavingDate),
		...questions.map((one) => one.reason),
	].join();
}

describe('a leaving date', () => {
	const other = { email: 'sam.roe@example.org' };

	test.each([
		['2026-11-30', '2026-11-30'],
		[' 2026-11-30 ', '2026-11-30'],
		['2026-11-30T00:00:00', '2026-11-30'],
		['2026-11-30T00:00:00.000Z', '2026-11-30'],
		['2026-11-29T23:00:00Z', '2026-11-30'],
		['2026-11-30T00:00:00+01:00', '2026-11-30'],
		['2026-11-30 08:15:00+0100', '2026-11-30'],
		['2026-11-30-08:00', '2026-11-30'],
		['/Date(1795996800000)/', '2026-11-30'],
		['/Date(1795996800000+0000)/', '2026-11-30'],
		[46356, '2026-11-30'],
		['2025-12-01', '2025-12-01'],
	])('%p counts as %s', (leavingDate, day) => {
		expect(verdict({ ...other, leavingDate })).toBe(day);
	});

	test.each(['2026-12-01', '2026-11-30T23:00:00Z', '2027-01-01', '9999-12-31'])(
		'%p is not over: the person stays',
		(leavingDate) => expect(verdict({ ...other, leavingDate })).toBe(''),
	);

	test.each([null, '', ' ', '0000-00-00'])('%p is none: the person stays', (leavingDate) => {
		expect(verdict({ ...other, leavingDate })).toBe('');
	});

	test.each([
		['2026', /'2026' is not a calendar day/],
		['2026-11', /'2026-11' is not/],
		['2026-W48', /is not/],
		['2026-02-30', /is not/],
		['2026-13-01', /is not/],
		['2026-11-30T', /is not/],
		['2026-11-29T18:00:00', /is not/],
		['2026-11-29T18:00:00+99:99', /is not/],
		['2026-11-29T18:00:00Z and more', /is not/],
		['31.12.2020', /'31.12.2020' is not/],
		['03/04/2026', /'03\/04\/2026' is not/],
		['/Date(1795993200000)/', /is not/],
		['/Date(999999999999999)/', /is not/],
		[36525, /'36525' is not/],
		[73051, /'73051' is not/],
		['next week', /is not/],
		['n/a', /is not/],
		[20261130, /'20261130' is not/],
		[1796000000000, /is not/],
		[true, /is not/],
		[[], /is not/],
		[['2026-11-29'], /is not/],
		[{ date: '2026-11-29' }, /is not/],
		['2026-11-30T00:00:00+03:00', /is 2026-11-29 in Europe\/Berlin/],
		['0001-01-01', /before 2000/],
		['0001-01-01T00:00:00Z', /before 2000/],
		['1900-01-01', /before 2000/],
		['1970-01-01T00:00:00Z', /before 2000/],
		['1999-12-31', /before 2000/],
		['2000-01-01', /more than a year ago/],
		['2025-11-30', /more than a year ago/],
	])('%p is a question', (leavingDate, reason) => {
		expect(verdict({ ...other, leavingDate })).toMatch(reason);
	});

	test('is read in the time zone of the company', () => {
		const in_ = (timeZone: string, leavingDate: string) =>
			verdict({ ...other, leavingDate }, { timeZone });
		expect(in_('America/New_York', '2026-11-30')).toBe('');
		expect(in_('America/New_York', '2026-11-29')).toBe('2026-11-29');
		expect(in_('America/New_York', '2026-11-30T00:00:00+01:00')).toMatch(/2026-11-29 in America/);
		expect(in_('Pacific/Auckland', '2026-11-29T11:00:00Z')).toBe('2026-11-30');
	});

	test.each([undefined, '', 'Berlin', 7])('needs a time zone: %p is none', (timeZone) => {
		expect(() => feed([], { timeZone })).toThrow(/'timeZone' in Settings/);
	});
});

describe('somebody who still works here', () => {
	const left = { email: 'sam.roe@example.org', leavingDate: '2026-11-15' };

	test.each([
		[{ startDate: '2019-01-01' }, '2026-11-15'],
		[{ startDate: '2019-01-01', rehireDate: '' }, '2026-11-15'],
		[{ startDate: '2019-01-01', rehireDate: '2026-11-16' }, ''],
		[{ hire_date: '2026-12-01' }, ''],
		[{ rehireDate: '2026-12-02' }, /begins on 2026-12-02/],
		[{ rehireDate: '2026-11-15' }, /same day/],
		[{ startDate: 'soon' }, /start date 'soon' is not/],
		[{ status: 'Inactive' }, '2026-11-15'],
		[{ status: '' }, '2026-11-15'],
		[{ isActive: false }, '2026-11-15'],
		[{ status: 'Active' }, /status is 'Active', although .* 2026-11-15 is over/],
		[{ status: 'Parental leave' }, /status is 'Parental leave'/],
		[{ active: true }, /status is 'true'/],
		[{ status: 'terminated', active: 1 }, /status is '1'/],
		[{ active: 0 }, '2026-11-15'],
		[{ status: 0 }, /status is '0'/],
		[{ terminationDate: '2026-11-16' }, /different leaving dates/],
		[{ terminationDate: null }, '2026-11-15'],
	])('%j', (more, expected) => {
		const said = verdict({ ...left, ...more });
		if (typeof expected === 'string') expect(said).toBe(expected);
		else expect(said).toMatch(expected);
	});

	test('is not somebody with a status of leavers and no date', () => {
		expect(verdict({ email: left.email, leavingDate: null, status: 'terminated' })).toMatch(
			/no leaving date/,
		);
	});

	test('may be in the list twice', () => {
		expect(verdict({ email: ' KIM.LEE@example.org', leavingDate: '2026-11-15' })).toMatch(
			/more than once/,
		);
		const dates = ['2026-11-20', '2026-11-15'];
		const { people, questions } = feed(dates.map((leavingDate) => ({ email, leavingDate })));
		expect(people.map(({ leavingDate }) => leavingDate)).toEqual(['2026-11-20']);
		expect(questions).toEqual([]);
		const unread = feed([
			{ email, leavingDate: '2026-11-15' },
			{ email, leavingDate: '2026' },
		]);
		expect(unread).toMatchObject({ people: [], questions: [{ row: 2 }, { row: 1 }] });
	});
});

describe('a row', () => {
	test('becomes one person', () => {
		const row = {
			work_email: ' Sam.Roe@Example.org ',
			'Full Name': 'Sam\n Roe',
			Manager: { email: 'ada@example.org' },
			termination_date: '2026-11-15',
			dryRun: 'a column of HR',
		};
		expect(feed([row])).toEqual({
			people: [
				{
					email: 'sam.roe@example.org',
					name: 'Sam Roe',
					leavingDate: '2026-11-15',
					manager: 'ada@example.org',
					source: 'test',
				},
			],
			questions: [],
			refused: '',
			dryRun: false,
		});
	});

	test.each([
		[undefined, /no email address/],
		[null, /no email address/],
		['kim.lee', /'kim.lee' is not an email/],
		['Sam <sam@example.org>', /not an email/],
		['a@example.org, b@example.org', /not an email/],
		['sam\u200b@example.org', /not an email/],
		[['sam@example.org'], /not an email/],
		[7, /not an email/],
	])('with the address %p is a question', (address, reason) => {
		expect(verdict({ email: address, leavingDate: '2026-11-15' })).toMatch(reason);
	});

	test('with two addresses is a question', () => {
		const row = {
			email: 'sam@example.org',
			workEmail: 'roe@example.org',
			leavingDate: '2026-11-15',
		};
		expect(verdict(row)).toMatch(/different email addresses/);
	});

	test.each(['text', 7, null, [], [[]]])('%j is a question and spoils no other', (row) => {
		const { people, questions } = feed([row, { email, leavingDate: '2026-11-15' }]);
		expect(people).toHaveLength(1);
		expect(questions).toEqual([
			expect.objectContaining({ row: 1, reason: expect.stringContaining('not a person') }),
		]);
	});
});

const rows = [{ email, leavingDate: '2026-11-15' }];

describe('a list', () => {
	test.each([
		['', /empty answer/],
		[undefined, /empty answer/],
		[' \ufeff', /empty answer/],
		['Service unavailable', /text instead of a JSON list/],
		['email;leavingDate\nkim@example.org;2026-11-15', /text instead/],
		['[]', /list from HR is empty/],
		['"text"', /no list/],
		['null', /no list/],
		['{}', /fields are: none/],
		[JSON.stringify({ data: rows }), /There is a list in 'data'.*'listField'/],
		[JSON.stringify({ employees: rows, errors: [] }), /in 'employees', 'errors'/],
		[JSON.stringify(rows[0]), /fields are: 'email', 'leavingDate'/],
		['["kim.lee@example.org"]', /No row .*none/],
		[JSON.stringify([{ mail: email, leavingDate: '2026-11-15' }]), /field 'email' or 'workEmail'/],
		[JSON.stringify([{ email, endDate: '2026-11-15' }]), /'leavingDate' or .*: 'email', 'endDate'/],
		[JSON.stringify([{ email: '', leavingDate: '2026-11-15' }]), /an email/],
	])('%j is refused', (received, reason) => {
		const answer = call({ kind: 'feed', received });
		expect(answer).toMatchObject({ people: [], questions: [] });
		expect(answer.refused).toMatch(reason);
	});

	test('may be in a field that is named, or begin with a byte order mark', () => {
		expect(feed({ data: rows }, { listField: 'data' }).people).toHaveLength(1);
		expect(call({ kind: 'feed', received: `\ufeff${JSON.stringify(rows)}` }).people).toHaveLength(
			1,
		);
		expect(feed({ data: rows }, { listField: 'people' }).refused).toMatch(/no list in 'people'/);
		expect(feed(rows, { listField: 'data' }).refused).toMatch(/no list in 'data'/);
	});

	test('of former employees needs no date, and old ones are fine', () => {
		const people = [
			{ email: 'a@example.org' },
			{ email: 'b@example.org', leavingDate: '2003-05-31' },
			{ email: 'c@example.org', leavingDate: '2027-01-01' },
			{ email: 'd@example.org', status: 'Active' },
		];
		const answer = call({ kind: 'formerEmployees', received: JSON.stringify(people) });
		expect(answer.people.map((person) => person.email)).toEqual(['a@example.org', 'b@example.org']);
		expect(answer.questions.map((row) => row.email)).toEqual(['d@example.org']);
	});

	test('is read in one go, however long', () => {
		const many = Array.from({ length: 10_000 }, (_, index) => ({
			email: `person${index}@example.org`,
			leavingDate: index % 2 ? null : '2026-11-15',
		}));
		expect(feed(many).people).toHaveLength(5_000);
	});
});

describe('what HR systems answer', () => {
	test.each(Object.entries(RECORDED))('%s', (_system, recorded) => {
		const { body, listField, manager = '', question } = recorded;
		expect(feed(body, { listField })).toEqual({
			people: [{ email, name: 'Kim Lee', leavingDate: '2026-11-15', manager, source: 'test' }],
			questions: [
				expect.objectContaining({
					row: 3,
					email: 'ada.poe@example.org',
					reason: expect.stringMatching(question),
				}),
			],
			refused: '',
			dryRun: false,
		});
	});

	test.each([
		[{ d: { results: rows, __next: 'https://…?$skiptoken=1' } }, 'd.results'],
		[{ _data: rows, _meta: { links: { next: { href: 'https://…' } } } }, '_data'],
		[{ data: rows, metadata: { total_elements: 201 } }, 'data'],
		[{ Report_Entry: rows, Report_Has_More_Rows: true }, 'Report_Entry'],
	])('a first page is no whole list: %j', (body, listField) => {
		expect(feed(body, { listField }).refused).toMatch(/only a part of the list/);
	});

	test('the message names the place of a list', () => {
		expect(feed({ d: { results: rows } }).refused).toMatch(/There is a list in 'd.results'/);
		const unsplit = [{ '\ufeffemail;leavingDate': `${email};2026-11-15` }];
		expect(feed(unsplit).refused).toMatch(/Its fields are: 'email;leavingDate'/);
	});

	// The ids of persons without their employments say nothing about anybody.
	test('Personio v2 without employments is refused', () => {
		const employments = [{ id: '1' }, { id: '2' }];
		expect(feed([{ email, employments }]).refused).toMatch(/No row .* 'leavingDate'/);
	});
});

describe('a request', () => {
	test.each([
		[{ email }, ''],
		[{ email, leavingDate: '2026-11-30' }, '2026-11-30'],
		[{ people: [{ email }] }, ''],
		[{ people: [{ email }], leavingDate: '2026-11-30' }, '2026-11-30'],
		[[{ email }], ''],
		[{ event: 'terminated', leavingDate: '2026-11-30', employee: { email } }, '2026-11-30'],
		[
			{ employees: [{ fields: { 'Work Email': email, 'Termination Date': '2026-11-30' } }] },
			'2026-11-30',
		],
	])('%j is understood', (body, leavingDate) => {
		const { people, refused, dryRun } = request(body);
		expect({ people, refused, dryRun }).toEqual({
			people: [{ email, name: '', leavingDate, manager: '', source: 'test' }],
			refused: '',
			dryRun: false,
		});
	});

	test.each([
		[null, /JSON object/],
		['kim.lee@example.org', /JSON object/],
		[{}, /either 'email' or 'people'.*none/],
		[{ name: 'Kim Lee' }, /fields are: 'name'/],
		[{ data: [{ email }] }, /fields are: 'data'/],
		[{ email, people: [{ email }] }, /either/],
		[{ email: '' }, /no email address/],
		[{ email: 'kim.lee' }, /not an email/],
		[{ people: [] }, /empty/],
		[[], /empty/],
		[{ people: { email } }, /'people' must be a list/],
		[{ people: [email] }, /not a person/],
		[{ employee: email }, /'employee' must be an object/],
		[{ email, leavingDate: '2026-12-01' }, /2026-12-01 is not over/],
		[{ email, leavingDate: null }, /leaving date is empty/],
		[{ email, leavingDate: '1900-01-01' }, /before 2000/],
		[{ email, status: 'active' }, /status is 'active'/],
		[{ email, startDate: '2026-12-15' }, /begins on/],
		[{ email, event: 'employee.updated' }, /event, but gives no leaving date/],
		[{ email, work: { startDate: '2019-01-01' } }, /a record of an HR system, but has no leaving/],
		[{ type: 'employee.left', version: 'v2', data: { employeeId: '1' } }, /fields are: 'type'/],
		[{ email, leavingDate: '2026-11-15', rehireDate: '2026-11-20' }, /began again/],
		[{ leavingDate: '2027-01-01', employee: { email, leavingDate: '2026-11-15' } }, /different/],
	])('%j is refused', (body, reason) => {
		const { people, refused } = request(body);
		expect(people).toEqual([]);
		expect(refused).toMatch(reason);
	});

	test('with a leaving date for some says nothing about the others', () => {
		const { people, questions } = request([rows[0], { email: 'sam.roe@example.org' }]);
		expect(people).toHaveLength(1);
		expect(questions).toEqual([expect.objectContaining({ reason: 'The leaving date is empty.' })]);
	});

	test('that is no JSON is refused', () => {
		expect(call({ kind: 'request', received: 'email=kim' }).refused).toMatch(/JSON object/);
		expect(call({ kind: 'request' }).refused).toMatch(/JSON object/);
	});

	test('keeps those who are understood, and gives a reason for each of the others', () => {
		const { people, questions, refused } = request([{ email }, { email: 'x' }, 7]);
		expect(people).toHaveLength(1);
		expect(questions.map(({ row }) => row)).toEqual([2, 3]);
		expect(refused).toBe('');
	});

	test.each([
		[{}, {}, false],
		[{ dryRun: true }, {}, true],
		[{ dryRun: 'true' }, {}, true],
		[{ dryRun: false }, {}, false],
		[{ dryRun: 'false' }, {}, false],
		[{ dryrun: true }, {}, true],
		[{ dry_run: 'true' }, {}, true],
		[{}, { dryRun: 'true' }, true],
	])('with %j and the query %j: dryRun is %p', (more, query, dryRun) => {
		expect(request({ email, ...more }, query)).toMatchObject({ refused: '', dryRun });
		expect(request({ people: [{ email, ...more }] }, query).dryRun).toBe(dryRun);
	});

	test.each([null, '', 'yes', 'TRUE', 1, 0, [], {}])('with dryRun %j is refused', (dryRun) => {
		expect(request({ email, dryRun })).toMatchObject({
			people: [],
			refused: expect.stringMatching(/'dryRun' must be true or false/),
		});
	});

	test('with both kinds of dryRun is refused', () => {
		const { refused } = request({ email, dryRun: false }, { dryRun: 'true' });
		expect(refused).toMatch(/both/);
	});
});

test.each([
	[[{ json: { kind: 'other', timeZone: 'UTC' } }], /'kind' must be one of: feed/],
	[[{ json: { timeZone: 'UTC' } }], /'kind' must be/],
	[[], /one item/],
	[[{ json: {} }, { json: {} }], /one item .* not 2/],
])('it stops where it is called the wrong way: %j', (items, message) => {
	expect(() => run({ all: () => items })).toThrow(message);
});
