import { NodeHelpers, type INode } from 'n8n-workflow';

import { readParameters } from '../../../../nodes/shared/parameters/reading';
import { idFormat, userLocator } from '../../../../nodes/shared/parameters/locators';

const locator = userLocator({
	placeholder: 'e.g. usr_1',
	hint: 'Where it is',
	id: idFormat('usr_\\d+', 'must be a user ID'),
});

const read = (value: unknown) => readParameters({ userId: locator }, () => value).userId;

/** What the editor marks red. */
function red(value: { mode: string; value: string }): string[] {
	const issues = NodeHelpers.getParameterIssues(
		locator.property,
		{ userId: { __rl: true, ...value } },
		'',
		{ typeVersion: 1 } as INode,
		null,
	);
	return issues.parameters?.['userId'] ?? [];
}

describe('the field that names a user', () => {
	it.each([
		['email', ' Kim@example.org ', { by: 'email', name: 'Kim@example.org' }],
		['email', '"k@x" <kim@example.org>', { by: 'email', name: 'kim@example.org' }],
		['id', ' usr_1 ', { by: 'id', userId: 'usr_1' }],
		['list', 'usr_1', { by: 'id', userId: 'usr_1' }],
	])('reads one by %s: %j', (mode, value, selector) => {
		expect(read({ mode, value })).toEqual(selector);
		expect(red({ mode, value })).toEqual([]);
	});

	it.each([
		['email', 'usr_1', "'User' is not an email address", 'Must be an email address'],
		['id', 'kim@example.org', "'User' must be a user ID", 'Must be a user ID'],
		['id', 'usr_1 usr_2', "'User' must be a user ID", 'Must be a user ID'],
	])('refuses as %s what another mode has left: %s', (mode, value, summary, issue) => {
		expect(() => read({ mode, value })).toThrow(summary);
		expect(red({ mode, value })).toEqual([issue]);
	});

	it.each(['email', 'id'])('takes an expression by %s', (mode) => {
		expect(red({ mode, value: '={{ $json.user }}' })).toEqual([]);
	});

	const NO_VALUE = "'User' has no value: its expression returns nothing";

	it.each([
		['a text', 'usr_1', "'User' must be a user"],
		['nothing', undefined, NO_VALUE],
		['no mode', { value: 'usr_1' }, "'User' must be a user"],
		['an email without a value', { mode: 'email', value: null }, NO_VALUE],
		['an ID without a value', { mode: 'id' }, NO_VALUE],
		['no choice from the list', { mode: 'list', value: '' }, "'User' is empty"],
	])('refuses %s', (_, value, summary) => {
		expect(() => read(value)).toThrow(summary);
	});

	it('offers the list first, then email, then ID', () => {
		expect(locator.property).toMatchObject({
			name: 'userId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: [
				{ name: 'list', typeOptions: { searchListMethod: 'searchUsers', searchable: true } },
				{ name: 'email', hint: 'Full email address, not case-sensitive' },
				{ name: 'id', placeholder: 'e.g. usr_1', hint: 'Where it is' },
			],
		});
	});
});
