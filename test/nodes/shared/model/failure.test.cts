import { asFailure, attempt, Failure, type Source } from '../../../../nodes/shared/model/failure';

const source: Source = { kind: 'answer', status: 400, error: { code: 'c-1' }, body: { a: 1 } };

describe('a failure', () => {
	it('knows what the service said, if it answered', () => {
		const answered = new Failure('refused', { source });
		expect(answered).toMatchObject({ serviceError: { code: 'c-1' }, response: { a: 1 } });
		const lost = new Failure('timeout', { source: { kind: 'network', code: 'ETIMEDOUT' } });
		expect(lost).toMatchObject({ serviceError: {}, response: undefined, effect: 'none' });
	});

	it('is the same with other facts, and a new one', () => {
		const failure = new Failure('refused', { source, summary: 'No', effect: 'possible' });
		const facts = { source, summary: 'Never', effect: 'possible' };
		const other = { reason: 'refused', message: 'Never', effect: 'possible', facts };
		expect(failure.with({ summary: 'Never' })).toMatchObject(other);
		expect(failure.with({}, 'forbidden').reason).toBe('forbidden');
		expect(failure.message).toBe('No');
	});
});

it.each([new TypeError('oops'), 'oops'])('never hides %p', (thrown) => {
	const advice = expect.stringMatching(/(TypeError|Error): oops$/) as string;
	const facts = { summary: 'Something unexpected happened in this node', advice };
	expect(asFailure(thrown)).toMatchObject({ reason: 'unexpectedResponse', facts });
});

it('returns the result of an attempt, or its failure', () => {
	const failure = new Failure('refused');
	const fail = () => {
		throw failure;
	};
	expect(attempt(() => 1)).toBe(1);
	expect(attempt(fail)).toBe(failure);
});
