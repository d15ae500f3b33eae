import { SERVICE_NAMES, STAFF } from '../simulators/index.cts';
import type { AccountState } from '../simulators/index.cts';
import { disagreements } from './agreement.cts';
import type { Pass } from './agreement.cts';
import type { ResultRow } from './offboarding.cts';

const staff = (leaver: AccountState, colleague: AccountState = 'active'): Pass['before'] =>
	Object.fromEntries(
		SERVICE_NAMES.map((service) => [
			service,
			[
				{ id: '1', name: 'Kim Lee', email: STAFF.leaver.email, state: leaver },
				{ id: '2', name: 'Sam Roe', email: STAFF.colleague.email, state: colleague },
			],
		]),
	) as unknown as Pass['before'];

const row = (service: string, facts: Partial<ResultRow> = {}): ResultRow => ({
	service,
	leaver: STAFF.leaver.email,
	done: true,
	outcome: 'deactivated',
	changed: true,
	stateBefore: 'active',
	stateAfter: 'deactivated',
	...facts,
});

const pass = (zitadel: Partial<ResultRow> = {}, facts: Partial<Pass> = {}): Pass => ({
	expected: 'deactivated',
	rows: SERVICE_NAMES.map((service) => row(service, service === 'zitadel' ? zitadel : {})),
	before: staff('active'),
	after: staff('deactivated'),
	...facts,
});

test('a result that says what happened agrees', () => {
	expect(disagreements(pass())).toEqual([]);
});

test('not to know a state is no disagreement', () => {
	expect(disagreements(pass({ stateBefore: 'unknown', stateAfter: 'unknown' }))).toEqual([]);
});

test.each([
	[
		{ outcome: 'alreadyDeactivated' },
		'the outcome is alreadyDeactivated, expected was deactivated',
	],
	[{ changed: false }, 'changed is false, the simulator says true'],
	[{ done: false }, 'the result says that the account is not done'],
	[{ error: 'No such user' }, 'failed: No such user'],
	[{ stateBefore: 'locked' }, 'the state before was active'],
	[{ stateAfter: 'active' }, 'the state after is deactivated'],
])('a claim that is wrong is named: %j', (claim, problem) => {
	expect(disagreements(pass(claim))).toEqual([`zitadel: ${problem}`]);
});

test('a claim that nothing stands behind is named for every service', () => {
	expect(disagreements(pass({}, { after: staff('active') }))).toHaveLength(
		3 * SERVICE_NAMES.length,
	);
});

test('of an account that was deactivated before, Langdock and Odeus may only fail', () => {
	const already = { outcome: 'alreadyDeactivated', changed: false, stateBefore: 'deactivated' };
	const run = (facts: Partial<ResultRow>) =>
		disagreements({
			expected: 'alreadyDeactivated',
			rows: SERVICE_NAMES.map((service) =>
				row(service, ['langdock', 'odeus'].includes(service) ? facts : already),
			),
			before: staff('deactivated'),
			after: staff('deactivated'),
		});
	expect(run({ done: false, error: 'Nobody or deactivated' })).toEqual([]);
	expect(run(already)).toHaveLength(4);
});

test('a service without a result is named', () => {
	const rows = pass().rows.filter(({ service }) => service !== 'awork');
	expect(disagreements(pass({}, { rows }))).toEqual(['awork: 0 results instead of one']);
});

test('a result that belongs to no service is named', () => {
	const rows = [...pass().rows, row('unknown')];
	expect(disagreements(pass({}, { rows }))).toEqual(['1 results more than there are services']);
});

test('somebody else who was touched is named', () => {
	const after = staff('deactivated', 'deactivated');
	expect(disagreements(pass({}, { after }))).toContain(
		"odeus: somebody else's account was changed",
	);
});
