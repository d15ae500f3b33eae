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
	it.each<[status: number, error: object, reason: string]>([
		// The rules of the service come first.
		[404, { code: 'user-gone' }, 'notFound'],
		[404, { code: 'no-role' }, 'forbidden'],
		[429, { code: 'no-right' }, 'forbidden'],
		// Codes and messages are compared as a whole.
		[404, { code: 'user' }, 'unexpectedResponse'],
		[400, { code: 'no' }, 'refused'],
		[404, { message: 'No such member.' }, 'unexpectedResponse'],
		[401, {}, 'unauthorized'],
		[403, {}, 'forbidden'],
		[408, {}, 'timeout'],
		[429, {}, 'rateLimited'],
		[500, {}, 'unavailable'],
		[599, {}, 'unavailable'],
		// A 404 that the service did not write says nothing of an account.
		[404, {}, 'unexpectedResponse'],
		[404, { message: 'Not Found' }, 'unexpectedResponse'],
	])('reads %i with %j as %s', (status, error, reason) => {
		expect(reasonOf(status, error)).toBe(reason);
	});

	it('says what else an answer may mean', () => {
		const ends = { reason: 'notFound', mayMean: 'alreadyDeactivated' };
		expect(classify(table, 404, { message: 'No such member' })).toMatchObject(ends);
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
