import { asFailure, attempt, Failure, type Source } from '../../../../nodes/shared/model/failure';

const source: Source = { kind: 'answer', status: 400, error: { code: 'c-1' }, body: { a: 1 } };

describe('a failure', () => {
	it('has no effect unless it says so', () => {
		expect(new Failure('refused').effect).toBe('none');
		expect(new Failure('refused', { effect: 'done' }).effect).toBe('done');
	});

	it('knows what the service said, if it answered', () => {
		const answered = new Failure('refused', { source });
		expect(answered).toMatchObject({ serviceError: { code: 'c-1' }, response: { a: 1 } });
		const lost = new Failure('timeout', { source: { kind: 'network', code: 'ETIMEDOUT' } });
		expect(lost).toMatchObject({ serviceError: {}, response: undefined });
	});

	it('is the same with other facts, and a new one', () => {
		const failure = new Failure('refused', { source, summary: 'No', effect: 'possible' });
		expect(failure.with({ summary: 'Never' })).toMatchObject({
			reason: 'refused',
			message: 'Never',
			facts: { source, summary: 'Never', effect: 'possible' },
		});
		expect(failure.with({}, 'forbidden').reason).toBe('forbidden');
		expect(failure.message).toBe('No');
	});
});

describe('asFailure', () => {
	it('leaves a failure as it is', () => {
		const failure = new Failure('refused');
		expect(asFailure(failure)).toBe(failure);
	});

	it.each([new TypeError('oops'), 'oops'])('never hides %p', (thrown) => {
		expect(asFailure(thrown)).toMatchObject({
			reason: 'unexpectedResponse',
			facts: {
				summary: 'Something unexpected happened in this node',
				advice: expect.stringMatching(/(TypeError|Error): oops$/) as string,
			},
		});
	});
});

describe('attempt', () => {
	it('returns the result or the failure', () => {
		const failure = new Failure('refused');
		const fail = () => {
			throw failure;
		};
		expect(attempt(() => 1)).toBe(1);
		expect(attempt(fail)).toBe(failure);
	});
});
