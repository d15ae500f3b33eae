import { toPerson } from '../../../nodes/OffboardUser/person';
import { isNobody, knowsAddress, type AtService } from '../../../nodes/OffboardUser/result';
import { Failure, type FailureFacts, type Reason } from '../../../nodes/shared/model/failure';
import type { AccountState, OffboardingRecord, Outcome } from '../../../nodes/shared/model/record';
import { itemContext } from '../../../nodes/shared/n8n/errors';
import { sampleOf } from '../services.cts';

const KIM = 'kim@example.org';

const record = (facts: Partial<OffboardingRecord>): OffboardingRecord => ({
	service: 'awork',
	operation: 'deactivate',
	outcome: 'deactivated',
	changed: false,
	stateBefore: 'unknown',
	stateAfter: 'unknown',
	verified: false,
	timestamp: '',
	...facts,
});

type At = (operation: string) => AtService;

/** What came of an account, written as `awork deactivated` or `awork found active`. */
const done =
	(text: string, facts: Partial<OffboardingRecord> = {}): At =>
	(operation) => {
		const [name = '', outcome, state = 'unknown'] = text.split(' ');
		const outcomes = { outcome: outcome as Outcome, stateAfter: state as AccountState };
		return {
			service: sampleOf(name).service,
			record: record({ operation, ...outcomes, ...facts }),
		};
	};

const failed =
	(name: string, reason: Reason, facts?: FailureFacts): At =>
	(operation) => {
		const { service } = sampleOf(name);
		const about = itemContext(service, service.operations[operation], { email: KIM }, 0);
		return { service, failure: new Failure(reason, facts), about };
	};

const notAsked =
	(name: string): At =>
	() => ({ service: sampleOf(name).service, notAsked: true });

const personOf = (operation: string, results: readonly At[], isDryRun = false) =>
	toPerson(
		{ operation, label: KIM, isDryRun },
		results.map((result) => result(operation)),
	);

const known = { userId: '1' };
const limit = { summary: "This node would deactivate 3 users, but 'Safety Limit' is 2" };
const isRight = { summary: 'Is it right?' };
const maybe = { ...isRight, effect: 'possible' } as const;
const after = {
	summary: "The outcome is 'deactivated', but 'Base URL' is gone",
	effect: 'done',
	outcome: 'deactivated',
} as const;
const off = done('zitadel deactivated deactivated');
const aworkOff = done('awork found deactivated', known);
const nobody = done('awork notFound');
const langdockGone = done('langdock alreadyDeactivated');
const aitronosOff = done('aitronos alreadyDeactivated deactivated');
const zitadelOn = done('zitadel reactivated active');
const forbidden = [failed('langdock', 'forbidden'), failed('odeus', 'forbidden')];
const noLookUp = [notAsked('langdock'), notAsked('odeus')];

/** What is asked for, and `complete` if nothing is left to do; the summary; what came of it. */
it.each<[asked: string, summary: string, results: At[]]>([
	[
		'deactivate complete',
		'has no active account at Langdock, was already deactivated at Aitronos, and was deactivated at ZITADEL and awork.',
		[langdockGone, aitronosOff, off, done('awork deactivated deactivated')],
	],
	[
		'deactivate',
		"was deactivated at ZITADEL. Langdock and Odeus failed: no permission. awork failed: no answer in time (it isn't known whether the user was changed).",
		[...forbidden, off, failed('awork', 'timeout', { effect: 'possible' })],
	],
	[
		'deactivate',
		`was not deactivated: ${limit.summary}.`,
		[failed('zitadel', 'safetyLimit', limit), failed('awork', 'safetyLimit', limit)],
	],
	[
		'deactivate',
		'may have been deactivated: Is it right?',
		[failed('odeus', 'notFound', isRight), failed('langdock', 'notFound', maybe)],
	],
	['deactivate complete', 'has no account at awork.', [nobody]],
	[
		'reactivate complete',
		'was invited again at Langdock, was reactivated at ZITADEL, and was already active at awork.',
		[done('langdock reactivated'), zitadelOn, done('awork alreadyActive active')],
	],
	['reactivate', 'has no account at awork.', [nobody]],
	[
		'get complete',
		'is deactivated at ZITADEL, and has no account at awork.',
		[done('zitadel found deactivated', known), nobody],
	],
	[
		'get',
		'is locked at ZITADEL, and is in an unknown state at awork.',
		[done('zitadel found locked', known), done('awork found unknown', known)],
	],
	[
		'get',
		"is deactivated at awork. Langdock and Odeus can't look up users.",
		[...noLookUp, aworkOff],
	],
	['get', 'has no account at awork. Is the email right?', [nobody]],
	['get', "couldn't be looked up: no user found with this email.", [failed('awork', 'notFound')]],
])('%s: %s', (asked, summary, results) => {
	const [operation = '', complete] = asked.split(' ');
	expect(personOf(operation, results).json).toMatchObject({
		email: KIM,
		complete: complete !== undefined,
		summary: `${KIM} ${summary}`,
	});
});

it('calls the field of a failure by its name in the credential of the service', () => {
	const { summary } = personOf('deactivate', [failed('zitadel', 'unavailable', after)]).json;
	expect(summary).toBe(
		`ZITADEL failed for ${KIM}: The outcome is 'deactivated', but 'Instance URL' is gone.`,
	);
});

it('shows what the table needs first, then each service, with what was said once left out', () => {
	const results = [failed('langdock', 'forbidden'), off, notAsked('awork')];
	const { json, failure } = personOf('deactivate', results);
	const columns = ['email', 'complete', 'summary', 'langdock', 'zitadel', 'awork', 'services'];
	expect(Object.keys(json)).toEqual(columns);
	expect(json).toMatchObject({
		langdock: 'failed',
		zitadel: 'deactivated',
		awork: 'notAsked',
		services: [
			{ service: 'langdock', reason: 'forbidden', message: expect.any(String) as string },
			{ outcome: 'deactivated' },
			{ service: 'awork', operation: 'deactivate', outcome: 'notAsked', email: KIM },
		],
	});
	expect(failure?.advice).toEqual([expect.stringMatching(/^Langdock: Give the key the scope/)]);

	const common = personOf('deactivate', [failed('zitadel', 'safetyLimit', limit)]);
	const { services, reason, description } = common.json;
	expect(services).toEqual([expect.not.objectContaining({ message: expect.anything() as string })]);
	expect([reason, description]).toEqual(['safetyLimit', expect.stringContaining('raise')]);
	expect(personOf('get', [done('awork found active', known)]).json).toMatchObject({
		awork: 'active',
	});
});

it('is never complete in a dry run, and finished if nothing failed', () => {
	const already = [done('awork alreadyDeactivated deactivated')];
	expect(personOf('deactivate', already, true)).toEqual({
		json: expect.objectContaining({ complete: false, dryRun: true }) as object,
	});
	expect(personOf('get', [aworkOff], true).json).toEqual(
		expect.not.objectContaining({ dryRun: true }),
	);
});

it.each<[string, boolean, At]>([
	['a record with an ID', true, done('awork alreadyDeactivated deactivated', known)],
	['a deactivation', true, done('langdock deactivated deactivated')],
	['a failure after the change', true, failed('zitadel', 'timeout', { outcome: 'deactivated' })],
	['a failure about an account', true, failed('zitadel', 'refused', { account: known })],
	['what could mean a mistyped email', false, done('langdock alreadyDeactivated unknown')],
	['nobody found', false, done('awork notFound', known)],
	['any other failure', false, failed('zitadel', 'unavailable')],
	['a service that was not asked', false, notAsked('langdock')],
])('knows from %s whether the address is right: %s', (_, isKnown, result) => {
	expect(knowsAddress(result('deactivate'))).toBe(isKnown);
});

it.each<[Outcome, AccountState, without: boolean, withLookUp: boolean]>([
	['alreadyDeactivated', 'unknown', true, false],
	['alreadyDeactivated', 'deactivated', false, false],
	['notFound', 'unknown', true, true],
	['deactivated', 'deactivated', false, false],
	['wouldDeactivate', 'unknown', false, false],
])(
	'takes for nobody, without a look-up and with one: %s, %s',
	(outcome, stateAfter, ...expected) => {
		const services = ['langdock', 'awork'].map((name) => sampleOf(name).service);
		expect(services.map((service) => isNobody(record({ outcome, stateAfter }), service))).toEqual(
			expected,
		);
	},
);
