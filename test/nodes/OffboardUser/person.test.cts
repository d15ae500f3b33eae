import { awork } from '../../../nodes/Awork/awork';
import {
	isNobody,
	knowsAddress,
	toPerson,
	type AtService,
} from '../../../nodes/OffboardUser/person';
import type { AccountState, OffboardingRecord, Outcome } from '../../../nodes/shared/model/record';

const run = {
	email: 'kim.lee@example.org',
	operation: 'deactivate',
	startedAt: '2026-11-21T10:00:00.000Z',
	finishedAt: '2026-11-21T10:00:01.000Z',
};

function done(
	operation: string,
	outcome: Outcome,
	stateAfter: AccountState = 'unknown',
): AtService & { record: OffboardingRecord } {
	const record: OffboardingRecord = {
		service: 'awork',
		operation,
		outcome,
		changed: outcome === 'deactivated' || outcome === 'reactivated',
		stateBefore: 'unknown',
		stateAfter,
		verified: false,
		timestamp: run.startedAt,
	};
	return { service: record.service, record };
}

const failedWith = (facts: object): AtService => ({
	service: 'zitadel',
	failure: { service: 'zitadel', reason: 'unavailable', ...facts },
});
const failed = failedWith({});

const NOT_ASKED: AtService = { service: 'langdock', notAsked: true };

const withId = ({ service, record }: ReturnType<typeof done>): AtService => ({
	service,
	record: { ...record, userId: '1' },
});

describe.each<[string, Outcome, AccountState, boolean]>([
	['deactivate', 'deactivated', 'deactivated', true],
	['deactivate', 'alreadyDeactivated', 'deactivated', true],
	['deactivate', 'notFound', 'unknown', true],
	['deactivate', 'wouldDeactivate', 'active', false],
	['deactivate', 'wouldDeactivate', 'deactivated', false],
	['reactivate', 'reactivated', 'active', true],
	['reactivate', 'alreadyActive', 'active', true],
	['reactivate', 'notFound', 'unknown', false],
	['reactivate', 'wouldReactivate', 'deactivated', false],
	['get', 'found', 'deactivated', true],
	['get', 'notFound', 'unknown', true],
	['get', 'found', 'active', false],
	['get', 'found', 'locked', false],
	['get', 'found', 'invited', false],
	['get', 'found', 'archived', false],
	['get', 'found', 'unknown', false],
])('%s with outcome %s and state %s', (operation, outcome, stateAfter, isWanted) => {
	it(`is ${isWanted ? '' : 'not '}where the operation wants it`, () => {
		const person = toPerson({ ...run, operation }, [done(operation, outcome, stateAfter)]);
		expect(person).toMatchObject({ complete: isWanted, inWantedState: isWanted ? 1 : 0 });
	});
});

it('is complete only if every service is', () => {
	const deactivated = done('deactivate', 'deactivated');
	const already = done('deactivate', 'alreadyDeactivated');
	expect(toPerson(run, [deactivated, already])).toMatchObject({
		complete: true,
		total: 2,
		changed: 1,
		inWantedState: 2,
		failed: 0,
	});
	expect(toPerson(run, [deactivated, failed])).toMatchObject({
		complete: false,
		total: 2,
		changed: 1,
		inWantedState: 1,
		failed: 1,
		services: [{ outcome: 'deactivated' }, { reason: 'unavailable' }],
	});
});

it('is not complete if no service was asked', () => {
	expect(toPerson(run, [])).toMatchObject({ complete: false, total: 0, services: [] });
});

it('is not complete where a service was not asked, although nothing failed', () => {
	const results = [done('get', 'found', 'deactivated'), NOT_ASKED];
	expect(toPerson({ ...run, operation: 'get' }, results)).toMatchObject({
		complete: false,
		total: 2,
		inWantedState: 1,
		failed: 0,
		services: [
			{ outcome: 'found' },
			{ service: 'langdock', operation: 'get', outcome: 'notAsked', email: run.email },
		],
	});
});

it.each<[string, boolean, AtService]>([
	['a record with an ID', true, withId(done('deactivate', 'alreadyDeactivated', 'deactivated'))],
	['a deactivation', true, done('deactivate', 'deactivated', 'deactivated')],
	['a failure after something was done', true, failedWith({ outcome: 'deactivated' })],
	['a failure about an account that was found', true, failedWith({ userId: '1' })],
	['an answer that could mean a mistyped email', false, done('deactivate', 'alreadyDeactivated')],
	['nobody found', false, done('deactivate', 'notFound')],
	['any other failure', false, failed],
	['a service that was not asked', false, NOT_ASKED],
])('knows from %s whether the address is right: %s', (_, isKnown, result) => {
	expect(knowsAddress(result)).toBe(isKnown);
});

it.each<[Outcome, AccountState, without: boolean, withLookUp: boolean]>([
	['alreadyDeactivated', 'unknown', true, false],
	['alreadyDeactivated', 'deactivated', false, false],
	['notFound', 'unknown', true, true],
	['deactivated', 'deactivated', false, false],
	['wouldDeactivate', 'unknown', false, false],
])('takes for nobody, without a look-up and with one: %s, %s', (outcome, state, ...expected) => {
	const { record } = done('deactivate', outcome, state);
	expect([isNobody(record, { operations: {} }), isNobody(record, awork)]).toEqual(expected);
});

it('claims no address where none could be read', () => {
	expect(toPerson({ ...run, email: undefined }, [failed])).not.toHaveProperty('email');
});
