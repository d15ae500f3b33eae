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
		['a list', ['kim@example.org'], "'Email' must be text"],
		['an object', { email: 1 }, "'Email' must be text"],
		['another text', 'kim', "'Email' is not an email address"],
	])('refuses %s and names the field', (_, value, summary) => {
		const { reason, facts } = refusalOf(value);
		expect(reason).toBe('invalidInput');
		expect(facts).toEqual({
			summary,
			advice: 'Correct the field, for example: kim@example.org.',
			...(summary.endsWith('empty') && { lacksValue: true }),
		});
	});

	it.each([undefined, null])('refuses %p: the expression is wrong, not the value', (value) => {
		const { reason, facts } = refusalOf(value);
		expect(reason).toBe('invalidInput');
		expect(facts).toEqual({
			summary: "'Email' has no value: its expression returns nothing",
			advice: 'Check that the field that the expression names exists in the input item.',
			lacksValue: true,
		});
	});

	it.each(['ExpressionError', 'ApplicationError', 'SyntaxError'])(
		"names the field whose expression n8n can't evaluate (%s)",
		(name) => {
			const error = Object.assign(new Error('invalid syntax'), { name });
			const evaluate = () => {
				throw error;
			};
			expect(() => readParameters({ email }, evaluate)).toThrow(
				expect.objectContaining({
					reason: 'invalidInput',
					facts: {
						summary: "'Email' has an expression that can't be evaluated",
						advice: 'Correct the expression. n8n says: invalid syntax',
					},
				}),
			);
		},
	);

	it('gives the example of the editor, if there is one', () => {
		const adviceFor = (rest: { placeholder?: string }) => {
			const field = requiredText({ displayName: 'Email', name: 'email', ...rest }, emailSchema);
			return refusalOf('', field).facts.advice;
		};
		expect(adviceFor({})).toBe('Correct the field.');
		expect(adviceFor({ placeholder: 'all, e.g. kim' })).toBe(
			'Correct the field, for example: all, e.g. kim.',
		);
	});

	it('does not repeat the value: it may be hostile', () => {
		const { facts } = refusalOf('<script>alert(1)</script>');
		expect(JSON.stringify(facts)).not.toContain('script');
	});
});
