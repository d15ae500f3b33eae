import { Failure, type FailureFacts, type Reason } from '../../../../nodes/shared/model/failure';
import { offer, readOptions } from '../../../../nodes/shared/parameters/options';
import type { AccountState, Change } from '../../../../nodes/shared/model/record';
import {
	CONCLUDED,
	settleAlreadyActive,
	settleAlreadyDeactivated,
	settleNotFound,
} from '../../../../nodes/shared/users/outcome';

const failed = async (reason: Reason, facts: FailureFacts = {}) =>
	await Promise.reject<Change>(new Failure(reason, { response: 'body', ...facts }));

const optionsWith = (options: object) =>
	readOptions(offer(['ifAlreadyDeactivated', 'ifNotFound']), () => options);

const LOST = { isFateUnknown: true };

describe('an account that is deactivated already', () => {
	const settle = async (
		performed: Promise<Change>,
		ifAlreadyDeactivated: 'fail' | 'succeed' = 'succeed',
		known?: AccountState,
	) =>
		await settleAlreadyDeactivated(performed, optionsWith({ ifAlreadyDeactivated }), known).catch(
			(error: unknown) => error,
		);
	const maybe = { maybe: 'alreadyDeactivated' } as const;

	it('is one in whatever state it is, by option', async () => {
		expect(await settle(failed('alreadyDeactivated'))).toStrictEqual({
			outcome: 'alreadyDeactivated',
			stateBefore: 'deactivated',
			stateAfter: 'deactivated',
			response: 'body',
		});
		expect(await settle(failed('alreadyDeactivated'), 'fail')).toMatchObject({
			reason: 'alreadyDeactivated',
		});
	});

	it('is in a state that nobody knows if the service does not tell', async () => {
		expect(await settle(failed('notFound', maybe))).toStrictEqual({
			outcome: 'alreadyDeactivated',
			stateBefore: 'unknown',
			stateAfter: 'unknown',
			response: 'body',
		});
		expect(await settle(failed('notFound', maybe), 'fail')).toMatchObject({ reason: 'notFound' });
	});

	it.each(['fail', 'succeed'] as const)(
		'is none if the service says something else (%s)',
		async (option) => {
			expect(await settle(failed('notFound'), option)).toMatchObject({ reason: 'notFound' });
			expect(await settle(failed('refused', LOST), option)).toMatchObject({ reason: 'refused' });
		},
	);

	it('was read as such, and fails by option all the same', async () => {
		const read: Change = { outcome: 'alreadyDeactivated', stateAfter: 'deactivated' };
		expect(await settle(Promise.resolve(read))).toBe(read);
		expect(await settle(Promise.resolve(read), 'fail')).toMatchObject({
			reason: 'alreadyDeactivated',
		});
	});

	it.each(['fail', 'succeed'] as const)(
		'was deactivated by this run if an answer of it got lost (%s)',
		async (option) => {
			expect(await settle(failed('alreadyDeactivated', LOST), option)).toStrictEqual({
				outcome: 'deactivated',
				stateAfter: 'deactivated',
				response: 'body',
				warning: CONCLUDED,
			});
			expect(await settle(failed('notFound', { ...maybe, ...LOST }), option)).toStrictEqual({
				outcome: 'deactivated',
				stateAfter: 'unknown',
				response: 'body',
				warning: CONCLUDED,
			});
			const known = await settle(failed('alreadyDeactivated', LOST), option, 'active');
			expect(known).toStrictEqual({
				outcome: 'deactivated',
				stateAfter: 'deactivated',
				response: 'body',
			});
		},
	);

	it('was it before this run if that was known', async () => {
		expect(
			await settle(failed('alreadyDeactivated', LOST), 'succeed', 'deactivated'),
		).toMatchObject({ outcome: 'alreadyDeactivated' });
	});

	it('changes nothing of an account that was deactivated', async () => {
		const done: Change = { outcome: 'deactivated' };
		expect(await settle(Promise.resolve(done), 'fail')).toBe(done);
	});
});

describe('an account that is active already', () => {
	const settle = async (performed: Promise<Change>, known?: AccountState) =>
		await settleAlreadyActive(performed, known).catch((error: unknown) => error);

	it('is what was wanted', async () => {
		expect(await settle(failed('alreadyActive'))).toStrictEqual({
			outcome: 'alreadyActive',
			stateBefore: 'active',
			stateAfter: 'active',
			response: 'body',
		});
	});

	it('is none if the service says something else', async () => {
		expect(await settle(failed('refused'))).toMatchObject({ reason: 'refused' });
		expect(await settle(failed('refused', LOST))).toMatchObject({ reason: 'refused' });
	});

	it('was reactivated by this run if an answer of it got lost', async () => {
		expect(await settle(failed('alreadyActive', LOST))).toStrictEqual({
			outcome: 'reactivated',
			stateAfter: 'active',
			response: 'body',
			warning: CONCLUDED,
		});
		expect(await settle(failed('alreadyActive', LOST), 'deactivated')).toStrictEqual({
			outcome: 'reactivated',
			stateAfter: 'active',
			response: 'body',
		});
	});

	it('was it before this run if that was known', async () => {
		expect(await settle(failed('alreadyActive', LOST), 'active')).toMatchObject({
			outcome: 'alreadyActive',
		});
	});
});

describe('an account that is not found', () => {
	const settle = async (performed: Promise<Change>, ifNotFound: 'fail' | 'succeed' = 'succeed') =>
		await settleNotFound(performed, optionsWith({ ifNotFound })).catch((error: unknown) => error);

	it('is an outcome by option, and a failure by default', async () => {
		expect(await settle(failed('notFound'))).toStrictEqual({
			outcome: 'notFound',
			stateBefore: 'unknown',
			stateAfter: 'unknown',
			response: 'body',
		});
		expect(await settle(failed('notFound'), 'fail')).toMatchObject({ reason: 'notFound' });
	});

	it('was there if something was done to it', async () => {
		expect(await settle(failed('notFound', { done: 'deactivated' }))).toMatchObject({
			reason: 'notFound',
		});
	});

	it('is no other failure', async () => {
		expect(await settle(failed('unavailable'))).toMatchObject({ reason: 'unavailable' });
	});
});
