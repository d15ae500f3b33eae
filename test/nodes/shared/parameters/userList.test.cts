import { userList } from '../../../../nodes/shared/parameters/userList';

const refusalOf = (value: unknown) => userList.safeParse(value).error?.issues[0]?.message;

const EMPTY = 'is empty: add an entry, or remove the option';
const EMPTY_ENTRY = (position: number) => `can't be read: entry ${position} is empty`;
const NO_ENTRY = (position: number) =>
	`can't be read: entry ${position} is neither an email address nor an ID`;

describe('userList', () => {
	it.each([
		['commas', 'A@x.org,b@x.org , 42', ['a@x.org', 'b@x.org', '42']],
		['semicolons', 'a@x.org;B@x.org;42', ['a@x.org', 'b@x.org', '42']],
		['spaces between addresses', ' a@x.org\tb@x.org ', ['a@x.org', 'b@x.org']],
		['line breaks', 'a@x.org,\r\n\n42\n', ['a@x.org', '42']],
		['list entries', [' a@x.org ', 'B@X.org', '42'], ['a@x.org', 'b@x.org', '42']],
		['commas in a list entry', ['a@x.org, b@x.org\n42'], ['a@x.org', 'b@x.org', '42']],
		['JSON', '["a@x.org", "b@x.org"]', ['a@x.org', 'b@x.org']],
		['JSON behind a byte order mark', '\uFEFF["a@x.org"]', ['a@x.org']],
	])('reads users separated by %s', (_, value, users) => {
		expect(userList.parse(value)).toEqual(users);
	});

	// All the forms of an address are tested with readAddress.
	it.each(['"Lee, Kim" <KIM@example.org.>', "'kim@example.org'", 'mailto:kim@example.org'])(
		'reads the address in %j',
		(entry) => {
			const list = `${entry}; Boss <boss@example.org>`;
			expect(userList.parse(list)).toEqual(['kim@example.org', 'boss@example.org']);
		},
	);

	it.each([
		['another Unicode form', 'jose\u0301@example.org', 'jos\u00E9@example.org'],
		['a Unicode domain', 'kim@m\u00FCller.example', 'kim@xn--mller-kva.example'],
		['a quoted ID', '"USR_1"', 'usr_1'],
	])('gives %s in the form in which names are compared', (_, value, name) => {
		expect(userList.parse(value)).toEqual([name]);
	});

	it.each([
		['an empty text', '', EMPTY],
		['white space that nobody sees', ' \u200B\n', EMPTY],
		['an empty list', [], EMPTY],
		['an empty list as JSON', '[]', EMPTY],
		['a number', 42, 'must be text or a list of texts'],
		['an object', { 0: 'a@x.org' }, 'must be text or a list of texts'],
		['JSON that is cut', '["a@x.org"', 'must be text or a list of texts'],
		['a name', 'a@x.org, Kim Lee', NO_ENTRY(2)],
		['an address with spaces', 'kim lee@example.org', NO_ENTRY(1)],
		['a full-width at sign', 'boss\uFF20example.org', NO_ENTRY(1)],
		['an empty list entry', ['a@x.org', ''], EMPTY_ENTRY(2)],
		['a separator alone', ' , ', EMPTY_ENTRY(1)],
		['a gap that a missing value left', 'a@x.org,,42', EMPTY_ENTRY(2)],
		['a separator at the end', 'a@x.org;', EMPTY_ENTRY(2)],
		['a number in a list', ['a@x.org', 42], NO_ENTRY(2)],
		['nothing in a list', ['a@x.org', null], NO_ENTRY(2)],
		['a list in a list', [['a@x.org']], NO_ENTRY(1)],
		['half a pair of quotation marks', '"a@x.org', NO_ENTRY(1)],
	])('refuses %s', (_, value, message) => {
		expect(refusalOf(value)).toBe(message);
	});
});
