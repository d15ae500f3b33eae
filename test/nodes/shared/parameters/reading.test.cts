import { emailSchema } from '../../../../nodes/shared/model/email';
import { Failure } from '../../../../nodes/shared/model/failure';
import { readParameters, requiredText } from '../../../../nodes/shared/parameters/reading';

const email = requiredText(
	{ displayName: 'Email', name: 'email', placeholder: 'e.g. kim@example.org', description: '' },
	emailSchema,
);

const read = (value: unknown, field = email) => readParameters({ email: field }, () => value);

function refusalOf(value: unknown, field = email): Failure {
	try {
		read(value, field);
	} catch (error) {
		if (error instanceof Failure) return error;
	}
	throw new Error('not refused');
}

it('marks required text as required in the editor', () => {
	expect(email.property).toMatchObject({ type: 'string', required: true, default: '' });
});

describe('readParameters', () => {
	it('reads each parameter by its name', () => {
		expect(readParameters({ email }, (name) => `${name}@example.org`)).toEqual({
			email: 'email@example.org',
		});
	});

	it.each([
		['an empty text', '', "'Email' is empty"],
		['white space', ' \n', "'Email' is empty"],
		['a number', 42, "'Email' must be text"],
		['an object', { email: 1 }, "'Email' must be text"],
		['another text', 'kim', "'Email' is not an email address"],
	])('refuses %s and names the field, but not the value', (_, value, summary) => {
		const advice = 'Correct the field, for example: kim@example.org.';
		const lacksValue = summary.endsWith('empty') && { lacksValue: true };
		const facts = { summary, advice, ...lacksValue };
		expect(refusalOf(value)).toMatchObject({ reason: 'invalidInput', facts });
		expect(refusalOf(value).facts).toEqual(facts);
	});

	it.each([undefined, null])('refuses %p: the expression is wrong, not the value', (value) => {
		const summary = "'Email' has no value: its expression returns nothing";
		const advice = 'Check that the field that the expression names exists in the input item.';
		expect(refusalOf(value).facts).toEqual({ summary, advice, lacksValue: true });
	});

	it.each(['ExpressionError', 'ApplicationError', 'SyntaxError'])(
		"names the field whose expression n8n can't evaluate (%s)",
		(name) => {
			const evaluate = () => {
				throw Object.assign(new Error('invalid syntax'), { name });
			};
			const summary = "'Email' has an expression that can't be evaluated";
			const advice = 'Correct the expression. n8n says: invalid syntax';
			const failure = { reason: 'invalidInput', facts: { summary, advice } };
			const reading = () => readParameters({ email }, evaluate);
			expect(reading).toThrow(expect.objectContaining(failure));
		},
	);

	it.each([
		[{}, 'Correct the field.'],
		[{ placeholder: 'all, e.g. kim' }, 'Correct the field, for example: all, e.g. kim.'],
	])('gives the example of the editor, if there is one: %j', (rest, advice) => {
		const field = requiredText({ displayName: 'Email', name: 'email', ...rest }, emailSchema);
		expect(refusalOf('', field).facts.advice).toBe(advice);
	});
});
