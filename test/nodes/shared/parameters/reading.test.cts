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

it('a text that is required is empty at first, and the editor says that it is required', () => {
	expect(email.property).toMatchObject({ type: 'string', required: true, default: '' });
});

describe('readParameters', () => {
	it('reads each parameter by its name', () => {
		expect(readParameters({ email }, (name) => `${name}@example.org`)).toEqual({
			email: 'email@example.org',
		});
	});

	it.each([
		['nothing', undefined, "'Email' is empty"],
		['an empty text', '', "'Email' is empty"],
		['white space', ' \n', "'Email' is empty"],
		['a number', 42, "'Email' must be a text, not a number, a list or an object"],
		['null', null, "'Email' must be a text, not a number, a list or an object"],
		['a list', ['kim@example.org'], "'Email' must be a text, not a number, a list or an object"],
		['an object', { email: 1 }, "'Email' must be a text, not a number, a list or an object"],
		['another text', 'kim', "'Email' is not an email address"],
	])('refuses %s and names the field', (_, value, summary) => {
		const { reason, facts } = refusalOf(value);
		expect(reason).toBe('invalidInput');
		expect(facts.summary).toBe(summary);
		expect(facts.advice).toBe(
			'Correct the field; an example is kim@example.org. Nothing was sent for this item.',
		);
	});

	it.each(['ExpressionError', 'ApplicationError', 'SyntaxError'])(
		'names the field whose expression n8n cannot evaluate, be it with an %s',
		(name) => {
			const error = Object.assign(new Error('invalid syntax'), { name });
			const evaluate = () => {
				throw error;
			};
			expect(() => readParameters({ email }, evaluate)).toThrow(
				expect.objectContaining({
					reason: 'invalidInput',
					facts: {
						summary: "'Email' has an expression that cannot be evaluated",
						advice: 'Correct the expression. n8n says: invalid syntax',
					},
				}),
			);
		},
	);

	it('gives the example as the editor shows it, if there is one', () => {
		const adviceFor = (rest: { placeholder?: string }) => {
			const field = requiredText({ displayName: 'Email', name: 'email', ...rest }, emailSchema);
			return refusalOf('', field).facts.advice;
		};
		expect(adviceFor({})).toBe('Correct the field. Nothing was sent for this item.');
		expect(adviceFor({ placeholder: 'all, e.g. kim' })).toBe(
			'Correct the field; an example is all, e.g. kim. Nothing was sent for this item.',
		);
	});

	it('does not repeat the value: it may be hostile', () => {
		const { facts } = refusalOf('<script>alert(1)</script>');
		expect(JSON.stringify(facts)).not.toContain('script');
	});
});

describe('emailSchema', () => {
	it.each([
		'kim.lee@example.org',
		"o'neil+x@sub.example.org",
		'kim@müller.example',
		'kim@intranet',
	])('takes %s', (address) => {
		expect(emailSchema.parse(address)).toBe(address);
	});

	it('takes off white space around the address', () => {
		expect(read(' kim@example.org\n')).toEqual({ email: 'kim@example.org' });
	});

	it.each([
		'kim',
		'@example.org',
		'kim@',
		'a@b@c',
		'kim lee@example.org',
		'Kim <kim@example.org>',
		'kim@example.org,lee@example.org',
		'kim@example.org\r\nBcc: x@example.org',
		'kim\u202E@example.org',
		'kim\uD800@example.org',
		'kim@\uDC00example.org',
		`${'a'.repeat(250)}@example.org`,
	])('refuses %j', (address) => {
		expect(emailSchema.safeParse(address).success).toBe(false);
	});
});
