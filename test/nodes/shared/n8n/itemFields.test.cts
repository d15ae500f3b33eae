import { Failure } from '../../../../nodes/shared/model/failure';
import { withFieldsOf } from '../../../../nodes/shared/n8n/itemFields';

const missing = new Failure('invalidInput', { lacksValue: true, advice: 'Check it.' });
const many = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`f${index}`, 1]));

it.each([
	[{}, 'The item has no fields.'],
	[{ '\ufeffEmail': 'x', name: null }, "The item has: '\\ufeffEmail', 'name'."],
	[
		{ body: { employee: { email: 'x', more: { deep: 1 } }, tags: ['x'] }, headers: {} },
		"The item has: 'body.employee.email', 'body.employee.more', 'body.tags', 'headers'.",
	],
	[many, "'f19', and more."],
	[{ ['x'.repeat(99)]: 1 }, `'${'x'.repeat(60)}'.`],
])('a missing value: %j', (item, fields) => {
	const { advice } = withFieldsOf(missing, item).facts;
	expect(advice).toContain('Check it. The item has');
	expect(advice).toContain(fields);
});

it('any other failure stays as it is', () => {
	const other = new Failure('invalidInput', { advice: 'Check it.' });
	expect(withFieldsOf(other, { email: 'x' })).toBe(other);
	expect(withFieldsOf(missing, undefined)).toBe(missing);
});
