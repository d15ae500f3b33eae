import { readParameters } from '../../../../nodes/shared/parameters/reading';
import { pathSegment } from '../../../../nodes/shared/model/path';
import { userLocator } from '../../../../nodes/shared/parameters/locators';

const locator = () =>
	userLocator({
		placeholder: 'e.g. usr_1',
		hint: 'Where it is',
		schema: pathSegment(/^usr_\d+$/, 'must be a user ID'),
	});

const read = (value: unknown) => readParameters({ userId: locator() }, () => value).userId;

describe('the field that names a user', () => {
	it.each([
		[
			'by email',
			{ mode: 'email', value: ' Kim@example.org ' },
			{ by: 'email', email: 'Kim@example.org' },
		],
		['by ID', { mode: 'id', value: ' usr_1 ' }, { by: 'id', userId: 'usr_1' }],
		['from the list', { mode: 'list', value: 'usr_1' }, { by: 'id', userId: 'usr_1' }],
	])('reads one %s', (_, value, selector) => {
		expect(read(value)).toEqual(selector);
	});

	it.each([
		['a text', 'usr_1', "'User' must be a user"],
		['nothing', undefined, "'User' has no value: its expression returns nothing"],
		['no mode', { value: 'usr_1' }, "'User' must be a user"],
		[
			'an email without a value',
			{ mode: 'email', value: null },
			"'User' has no value: its expression returns nothing",
		],
		[
			'an ID without a value',
			{ mode: 'id' },
			"'User' has no value: its expression returns nothing",
		],
		['no choice from the list', { mode: 'list', value: '' }, "'User' is empty"],
		['an ID as an email', { mode: 'email', value: 'usr_1' }, "'User' is not an email address"],
		['no ID', { mode: 'id', value: '' }, "'User' is empty"],
		['an email as an ID', { mode: 'id', value: 'kim@example.org' }, "'User' must be a user ID"],
	])('refuses %s', (_, value, summary) => {
		expect(() => read(value)).toThrow(summary);
	});

	it('offers the list first, then email, then ID', () => {
		const { property } = locator();
		expect(property).toMatchObject({
			name: 'userId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchUsers', searchable: true },
				},
				{
					displayName: 'By Email',
					name: 'email',
					type: 'string',
					hint: 'Full email address, not case-sensitive',
				},
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. usr_1',
					hint: 'Where it is',
				},
			],
		});
	});
});
