import { codeNode } from './codeNode.cts';

/** The Code node that makes one result of everything that came of a person. */

interface Result {
	readonly complete: boolean;
	readonly summary: string;
}

const run = codeNode<Result>('offboard-everywhere', 'One Result');
const email = 'kim.lee@example.org';

const sumUp = (
	items: readonly object[],
	{ dryRun = false, tasks = [] as readonly string[] } = {},
) => run(items, { Person: [{ email, dryRun, tasks }] })[0];

const done = { service: 'zitadel', outcome: 'deactivated', userId: '1' };
const person = { email, complete: true, summary: 'Kim was deactivated.', services: [done] };
const nobody = { ...person, services: [{ service: 'odeus', outcome: 'alreadyDeactivated' }] };
const wiki = { service: 'Wiki', outcome: 'deactivated', userId: '2' };
const fax = { service: 'Fax', operation: 'task', outcome: 'open', note: 'Confirm: …' };

test.each([
	['everywhere off', [person, wiki], {}, true],
	['no SCIM app', [person], {}, true],
	['off before', [person, { ...wiki, outcome: 'alreadyDeactivated' }], {}, true],
	['no account at an app', [person, { service: 'Wiki', outcome: 'notFound' }], {}, true],
	['nobody knows the email', [nobody, { service: 'Wiki', outcome: 'notFound' }], {}, false],
	['an app failed', [person, { service: 'Wiki', outcome: 'failed', error: 'No' }], {}, false],
	['off, then failed', [person, { ...wiki, reason: 'timeout', error: 'No' }], {}, false],
	['a service failed', [{ ...person, complete: false }, wiki], {}, false],
	['a task is open', [person, wiki, fax], { tasks: ['Fax'] }, false],
	['a preview', [person, { ...wiki, outcome: 'wouldDeactivate' }], { dryRun: true }, false],
])('%s', (_, items, given, complete) => {
	const result = sumUp(items, given);
	expect(result?.complete).toBe(complete);
	expect(result?.summary.includes(': Complete.')).toBe(complete);
});

test.each([
	['the person is missing', [wiki], []],
	['a task is missing', [person, wiki], ['Fax']],
	['a disabled step passed on its input', [person, { email, dryRun: false }], []],
])('fails if %s', (_, items, tasks) => {
	expect(() => sumUp(items, { tasks })).toThrow(/Delete steps/);
});
