import { codeNode } from './codeNode.cts';
import RECORDED from './hrSystems.json';

/** The Code node of the sub-workflow that every example workflow reads HR's data with. */

interface Answer {
	readonly people: ReadonlyArray<{ email: string; leavingDate: string }>;
	readonly questions: ReadonlyArray<{ row: number; email: string; reason: string }>;
	readonly refused: string;
	readonly dryRun: boolean;
}

const run = codeNode<Answer>('leaver-from-hr', 'Read Leavers');

/** In Berlin it is 1 December, elsewhere still 30 November. */
const NOW = '2026-11-30T23:30:00Z';

beforeEach(() => void jest.useFakeTimers({ now: new Date(NOW) }));
afterEach(() => void jest.useRealTimers());

function call(input: object): Answer {
	const [answer] = run([{ source: 'test', timeZone: 'Europe/Berlin', ...input }]);
	return answer as Answer;
}
const feed = (list: unknown, more: object = {}) =>
	call({ kind: 'feed', received: JSON.stringify(list), ...more });
const request = (body: unknown, query: object = {}) =>
	call({ kind: 'request', received: JSON.stringify(body), query });
const email = 'kim.lee@example.org';
const left = { email: 'sam.roe@example.org', leavingDate: '2026-11-15' };

/** What comes of a leaver's row in a feed: the leaving date, a question, or nothing for who stays. */
function verdict(fields: object, more: object = {}): string {
	const { people, questions, refused } = feed(
		[
			{ email, leavingDate: null },
			{ ...left, ...fields },
		],
		more,
	);
	expect(refused).toBe('');
	return [
		...people.map(({ leavingDate }) => leavingDate),
		...questions.map((one) => one.reason),
	].join();
}

describe('a leaving date', () => {
	const [LEFT, STAYS, UNREAD] = [/^2026-11-30$/, /^$/, /' is not a calendar day like/];

	test.each<[what: string, expected: RegExp, ...values: unknown[]]>([
		['a day', LEFT, '2026-11-30', ' 2026-11-30 ', '2026-11-30-08:00'],
		['midnight', LEFT, '2026-11-30T00:00:00', '2026-11-30T00:00:00.000Z'],
		['a moment', LEFT, '2026-11-30T00:00:00+01:00', '2026-11-30 08:15:00+0100'],
		['a moment that is the next day here', LEFT, '2026-11-29T23:00:00Z'],
		['a day of OData', LEFT, '/Date(1795996800000)/', '/Date(1795996800000+0000)/'],
		['a day of a spreadsheet', LEFT, 46356],
		['a day almost a year ago', /^2025-12-01$/, '2025-12-01'],
		['a day that is not over', STAYS, '2026-12-01', '2026-11-30T23:00:00Z', '9999-12-31'],
		['empty', STAYS, null, '', ' ', '0000-00-00'],
		['no whole day', UNREAD, '2026', '2026-11', '2026-W48'],
		['no day of the calendar', UNREAD, '2026-02-30', '2026-13-01'],
		['a moment without a time or a zone', UNREAD, '2026-11-30T', '2026-11-29T18:00:00'],
		['an odd time', UNREAD, '2026-11-29T18:00:00+99:99', '2026-11-29T18:00:00Z and more'],
		['a day in another order', UNREAD, '31.12.2020', '03/04/2026'],
		['no day of OData', UNREAD, '/Date(1795993200000)/', '/Date(999999999999999)/'],
		['another number', UNREAD, 36525, 73051, 20261130, 1796000000000],
		['words', UNREAD, 'next week', 'n/a'],
		['no text', /is not/, true, [], ['2026-11-29'], { date: '2026-11-29' }],
		['the day before here', /is 2026-11-29 in Europe\/Berlin/, '2026-11-30T00:00:00+03:00'],
		['a placeholder', /before 2000/, '0001-01-01', '0001-01-01T00:00:00Z', '1999-12-31'],
		['long ago', /more than a year ago/, '2000-01-01', '2025-11-30'],
	])('that is %s comes to %s', (_, expected, ...values) => {
		for (const leavingDate of values) expect(verdict({ leavingDate })).toMatch(expected);
	});

	test.each([
		['America/New_York', '2026-11-30', STAYS],
		['America/New_York', '2026-11-29', /^2026-11-29$/],
		['America/New_York', '2026-11-30T00:00:00+01:00', /2026-11-29 in America/],
		['Pacific/Auckland', '2026-11-29T11:00:00Z', LEFT],
	])('is read in the time zone of the company: in %s, %s', (timeZone, leavingDate, expected) => {
		expect(verdict({ leavingDate }, { timeZone })).toMatch(expected);
	});

	test.each([undefined, '', 'Berlin', 7])('needs a time zone: %p is none', (timeZone) => {
		expect(() => feed([], { timeZone })).toThrow(/'timeZone' in Settings/);
	});
});

describe('a row', () => {
	const [LEFT, STAYS, ADDRESS] = [/^2026-11-15$/, /^$/, /not an email address/];

	test.each([
		[{ startDate: '2019-01-01', rehireDate: '' }, LEFT],
		[{ startDate: '2019-01-01', rehireDate: '2026-11-16' }, STAYS],
		[{ hire_date: '2026-12-01' }, STAYS],
		[{ rehireDate: '2026-12-02' }, /begins on 2026-12-02/],
		[{ rehireDate: '2026-11-15' }, /same day/],
		[{ startDate: 'soon' }, /start date 'soon' is not/],
		[{ status: 'Inactive' }, LEFT],
		[{ status: '' }, LEFT],
		[{ isActive: false }, LEFT],
		[{ active: 0 }, LEFT],
		[{ status: 'Active' }, /status is 'Active', although .* 2026-11-15 is over/],
		[{ status: 'Parental leave' }, /status is 'Parental leave'/],
		[{ active: true }, /status is 'true'/],
		[{ status: 'terminated', active: 1 }, /status is '1'/],
		[{ status: 0 }, /status is '0'/],
		[{ leavingDate: null, status: 'terminated' }, /no leaving date/],
		[{ terminationDate: '2026-11-16' }, /different leaving dates/],
		[{ terminationDate: null }, LEFT],
		[{ email: ' KIM.LEE@example.org' }, /more than once/],
		[{ workEmail: 'roe@example.org' }, /different email addresses/],
		[{ email: null }, /no email address/],
		[{ email: 'kim.lee' }, /'kim.lee' is not an email/],
		[{ email: 'Sam <sam@example.org>' }, ADDRESS],
		[{ email: 'a@example.org, b@example.org' }, ADDRESS],
		[{ email: 'sam\u200b@example.org' }, ADDRESS],
		[{ email: ['sam@example.org'] }, ADDRESS],
		[{ email: 7 }, ADDRESS],
	])('of a leaver with %j', (fields, expected) => {
		expect(verdict(fields)).toMatch(expected);
	});

	test('about a leaver who is in the list twice: the last date counts, if all can be read', () => {
		const twice = (...dates: string[]) =>
			feed(dates.map((leavingDate) => ({ email, leavingDate })));
		const people = [{ leavingDate: '2026-11-20' }];
		const questions = [{ row: 2 }, { row: 1 }];
		expect(twice('2026-11-20', '2026-11-15')).toMatchObject({ people, questions: [] });
		expect(twice('2026-11-15', '2026')).toMatchObject({ people: [], questions });
	});

	test('becomes one person', () => {
		const row = {
			work_email: ' Sam.Roe@Example.org ',
			'Full Name': 'Sam\n Roe',
			Manager: { email: 'ada@example.org' },
			termination_date: '2026-11-15',
			dryRun: 'a column of HR',
		};
		expect(feed([row])).toEqual({
			people: [{ ...left, name: 'Sam Roe', manager: 'ada@example.org', source: 'test' }],
			questions: [],
			refused: '',
			dryRun: false,
		});
	});

	test.each(['text', 7, null, [], [[]]])('%j is a question and spoils no other', (row) => {
		const { people, questions } = feed([row, left]);
		expect(people).toHaveLength(1);
		expect(questions).toMatchObject([{ row: 1, reason: 'This is not a person with fields.' }]);
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
		[JSON.stringify({ d: { results: rows } }), /There is a list in 'd.results'/],
		[JSON.stringify([{ '\ufeffemail;leavingDate': email }]), /fields are: 'email;leavingDate'/],
		// The ids of persons without their employments say nothing about anybody.
		[JSON.stringify([{ email, employments: [{ id: '1' }] }]), /No row .* 'leavingDate'/],
	])('%j is refused', (received, reason) => {
		const answer = call({ kind: 'feed', received });
		expect(answer).toMatchObject({ people: [], questions: [] });
		expect(answer.refused).toMatch(reason);
	});

	test('may be in a field that is named, or begin with a byte order mark', () => {
		const marked = call({ kind: 'feed', received: `\ufeff${JSON.stringify(rows)}` });
		expect(marked.people).toHaveLength(1);
		expect(feed({ data: rows }, { listField: 'data' }).people).toHaveLength(1);
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
});

/**
 * HR systems and n8n's spreadsheet nodes, shortened, about made-up people: Kim Lee left on 15 November
 * 2026, Sam Roe stays, and Ada Poe's row can't be read. Sources: docs/hr-systems.md.
 */
describe('what HR systems answer', () => {
	test.each(RECORDED)('$name', ({ body, listField, manager = '', question }) => {
		const reason = expect.stringContaining(question) as string;
		expect(feed(body, { listField })).toEqual({
			people: [{ email, name: 'Kim Lee', leavingDate: '2026-11-15', manager, source: 'test' }],
			questions: [expect.objectContaining({ row: 3, email: 'ada.poe@example.org', reason })],
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
});

describe('a request', () => {
	const day = '2026-11-30';

	test.each([
		[{ email }, ''],
		[{ email, leavingDate: day }, day],
		[{ people: [{ email }] }, ''],
		[{ people: [{ email }], leavingDate: day }, day],
		[[{ email }], ''],
		[{ event: 'terminated', leavingDate: day, employee: { email } }, day],
		[{ employees: [{ fields: { 'Work Email': email, 'Termination Date': day } }] }, day],
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
		[{ people: [] }, /empty/],
		[[], /empty/],
		[{ people: { email } }, /'people' must be a list/],
		[{ people: [email] }, /not a person/],
		[{ employee: email }, /'employee' must be an object/],
		[{ email, leavingDate: '2026-12-01' }, /2026-12-01 is not over/],
		[{ email, leavingDate: null }, /leaving date is empty/],
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

	test.each(['email=kim', undefined])('that is no JSON is refused: %j', (received) => {
		expect(call({ kind: 'request', received }).refused).toMatch(/JSON object/);
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

	test.each([null, '', 'yes', 'TRUE', 1, 0, {}])('with dryRun %j is refused', (dryRun) => {
		const refused = expect.stringContaining("'dryRun' must be true or false") as string;
		expect(request({ email, dryRun })).toMatchObject({ people: [], refused });
	});

	test('with dryRun off in the body and on in the query is refused', () => {
		const refused = expect.stringContaining('both') as string;
		const answer = request({ email, dryRun: false }, { dryRun: 'true' });
		expect(answer).toMatchObject({ people: [], refused });
	});
});

test.each([
	[[{ kind: 'other', timeZone: 'UTC' }], /'kind' must be one of: feed/],
	[[{ timeZone: 'UTC' }], /'kind' must be/],
	[[], /one item/],
	[[{}, {}], /one item .* not 2/],
])('it stops where it is called the wrong way: %j', (items, message) => {
	expect(() => run(items)).toThrow(message);
});
