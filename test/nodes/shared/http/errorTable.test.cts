import { aboutNobody, classify, type ErrorTable } from '../../../../nodes/shared/http/errorTable';
import { Failure } from '../../../../nodes/shared/model/failure';

const table: ErrorTable = {
	read: () => ({}),
	rules: [
		{ status: 404, code: 'user-gone', reason: 'notFound' },
		{ code: ['no-right', 'no-role'], reason: 'forbidden' },
		{ status: 404, message: 'No such member', reason: 'notFound', mayMean: 'alreadyDeactivated' },
	],
};

const reasonOf = (status: number, error = {}) => classify(table, status, error).reason;

describe('classify', () => {
	it('reads the rules of the service first', () => {
		expect(reasonOf(404, { code: 'user-gone' })).toBe('notFound');
		expect(reasonOf(404, { code: 'no-role' })).toBe('forbidden');
		expect(reasonOf(429, { code: 'no-right' })).toBe('forbidden');
	});

	it('compares whole codes', () => {
		expect(reasonOf(404, { code: 'user' })).toBe('unexpectedResponse');
		expect(reasonOf(400, { code: 'no' })).toBe('refused');
	});

	it('compares whole messages', () => {
		expect(classify(table, 404, { message: 'No such member' })).toMatchObject({
			reason: 'notFound',
			mayMean: 'alreadyDeactivated',
		});
		expect(reasonOf(404, { message: 'No such member.' })).toBe('unexpectedResponse');
	});

	it.each([
		[401, 'unauthorized'],
		[403, 'forbidden'],
		[408, 'timeout'],
		[429, 'rateLimited'],
		[500, 'unavailable'],
		[503, 'unavailable'],
		[599, 'unavailable'],
	])('falls back to what status %i means', (status, reason) => {
		expect(reasonOf(status)).toBe(reason);
	});

	it('never reads a 404 that the service did not write as a missing account', () => {
		expect(reasonOf(404)).toBe('unexpectedResponse');
		expect(reasonOf(404, { message: 'Not Found' })).toBe('unexpectedResponse');
	});

	it.each([400, 405, 409, 422])(
		'believes a refusal with status %i only in the form of the service',
		(status) => {
			expect(reasonOf(status, { message: 'No.' })).toBe('refused');
			expect(reasonOf(status, { code: 'no' })).toBe('refused');
			expect(reasonOf(status)).toBe('unexpectedResponse');
		},
	);
});

describe('aboutNobody', () => {
	it('reads a missing account as a wrong address where no account was asked for', () => {
		const failure = aboutNobody(new Failure('notFound', { summary: 'x', effect: 'none' }));
		expect(failure).toMatchObject({
			reason: 'unexpectedResponse',
			facts: { summary: 'The address in the credential has no such API' },
		});
	});

	it('leaves other failures as they are', () => {
		const failure = new Failure('forbidden');
		expect(aboutNobody(failure)).toBe(failure);
	});
});
