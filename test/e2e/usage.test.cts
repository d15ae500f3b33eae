import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

import { byEmail, byId } from '../harness/locators.cts';
import type { EditorExecution } from '../host/editor.cts';
import { itemsOf, type Execution } from '../host/execution.cts';
import { installHost } from '../host/install.cts';
import { Instance } from '../host/instance.cts';
import { credentialsFor } from '../host/offboarding.cts';
import { serve, type Served } from '../host/served.cts';
import { packed } from '../package/packed.cts';
import { CROWD, crowdPerson, startSimulators, type Simulators } from '../simulators/index.cts';
import {
	aggregate,
	call,
	called,
	flow,
	fromFile,
	given,
	json,
	loop,
	ours,
	split,
	start,
	toFile,
} from './flow.cts';

/** What people build around the nodes, in as few executions as show it. */

jest.setTimeout(5 * 60 * 1000);

// It has no types that a CommonJS module may import.
const { parse } = createRequire(__filename)('flatted') as { parse(text: string): unknown };
const { tarball, installed } = packed();
let simulators: Simulators;
let n8n: Served;
let execution: Execution;
let subWorkflow: string;

/** Some people of a company; each branch has its own, so that none disturbs another. */
const people = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		id: CROWD.zitadel(from + index).userId,
		email: crowdPerson(from + index).email,
	}));

/** ZITADEL's node, for whom an item or other parameters name. */
const zitadel = (name: string, settings: object = {}, parameters: object = {}) => {
	const usual = { userId: byId('={{ $json.id }}'), options: { maxRetries: 0 } };
	return ours('zitadel', name, { ...usual, ...parameters }, settings);
};
const resultOf = (name: string, output = 0) => itemsOf(execution, name, output);

const CONTINUE = { onError: 'continueRegularOutput' };
const ERROR_OUTPUT = { onError: 'continueErrorOutput' };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const one = people(0, 3);
const ten = people(3, 12);
const retried = { stop: people(20, 2), continue: people(22, 2), error: people(24, 2) };
const merged = people(26, 2);
const [sheet] = people(28, 1);
const [csv] = people(29, 1);
const [nested] = people(30, 1);
const [tenant] = people(38, 1);
const sub = {
	each: people(31, 2),
	failing: people(33, 2),
	unwatched: people(35, 1),
	aside: people(40, 2),
	stopping: people(42, 2),
};

const executionOf = ({ status, data }: EditorExecution): Execution => ({
	status,
	data: parse(data) as Execution['data'],
});

/** The deactivation of somebody is refused, so many times. */
const refuse = (id: string, times = 1) => {
	const path = new RegExp(`/${id}/deactivate$`);
	simulators.zitadel.next({ kind: 'status', status: 403 }, { path, times });
};

/** A credential that belongs to the item: at the second address nobody answers. */
const tenants = () => {
	const [credential] = credentialsFor(simulators).filter(({ id }) => id === 'zitadel');
	const data = { ...credential?.data, baseUrl: '={{ $json.url }}' };
	return { id: 'tenants', name: 'Tenants', type: 'zitadelAdminApi', data };
};
const OF_TENANTS = { zitadelAdminApi: { id: 'tenants', name: 'Tenants' } };

const byCell = (expression: string) => ({ userId: byEmail(expression) });
const rows = [{ Email: sheet?.email, Room: 42 }, { Email: '', Room: 7 }, { Room: 8 }];
const lines = `\ufeffE-Mail;Name\n${csv?.email};Kim\n;Nobody\n`;
const event = { body: { employee: { email: nested?.email } } };

const workflow = () =>
	flow(
		'Usage',
		start,
		[
			...given('One', one),
			loop('One by one', 1),
			zitadel('In a loop of one', CONTINUE),
			'One by one',
		],
		[
			...given('Ten', ten),
			loop('Ten by ten', 10),
			zitadel('In a loop of ten', CONTINUE),
			'Ten by ten',
		],
		[...given('Retry 1', retried.continue), zitadel('Retried, then on', { ...CONTINUE, ...RETRY })],
		[
			...given('Retry 2', retried.error),
			zitadel('Retried, then aside', { ...ERROR_OUTPUT, ...RETRY }),
		],
		[...given('Retry 3', retried.stop), zitadel('Retried, or stop', RETRY)],
		[
			...given('Merged', merged),
			aggregate('All in one'),
			split('Apart again', 'data'),
			zitadel('Without links to items', CONTINUE),
		],
		[
			...given('Nobody', [{ id: '99990000' }]),
			zitadel('Of nobody', { ...CONTINUE, alwaysOutputData: true }),
		],
		[
			json('Empty list', { people: [] }),
			{ ...split('None', 'people'), alwaysOutputData: true },
			zitadel('Of an empty item', { ...CONTINUE, alwaysOutputData: true }),
		],
		[
			...given('Sheet', rows),
			toFile('To a sheet', 'xlsx'),
			fromFile('From a sheet', 'xlsx'),
			zitadel('Of a sheet', CONTINUE, byCell('={{ $json.Email }}')),
		],
		[
			json('Lines', { text: lines }),
			toFile('To a file', 'toText', { sourceProperty: 'text' }),
			fromFile('From a file', 'csv', { delimiter: ';', enableBOM: false }),
			zitadel('Of a CSV file', CONTINUE, byCell('={{ $json["E-Mail"] }}')),
			zitadel(
				'Of a column with its mark',
				CONTINUE,
				byCell(`={{ $('From a file').item.json["\ufeffE-Mail"] }}`),
			),
		],
		[
			json('Event', event),
			zitadel('Of an event, wrongly', CONTINUE, byCell('={{ $json.email }}')),
			zitadel('Of an event', CONTINUE, byCell("={{ $('Event').item.json.body.employee.email }}")),
		],
		[
			...given(
				'Tenants',
				[simulators.zitadel.baseUrl, 'http://127.0.0.1:9'].map((url) => ({ ...tenant, url })),
			),
			zitadel('Of two tenants', { ...CONTINUE, credentials: OF_TENANTS }, { operation: 'get' }),
		],
		[...given('Sub 1', sub.each), { ...call('For each', subWorkflow, 'each'), ...CONTINUE }],
		[...given('Sub 2', sub.failing), { ...call('Failing', subWorkflow, 'each'), ...CONTINUE }],
		[...given('Sub 4', sub.aside), { ...call('Aside', subWorkflow, 'each'), ...ERROR_OUTPUT }],
		[...given('Sub 3', sub.unwatched), call('Unwatched', subWorkflow, 'once', false)],
	);

beforeAll(async () => {
	simulators = await startSimulators({ crowd: 44 });
	n8n = await serve(tarball, {}, [...credentialsFor(simulators), tenants()]);
	subWorkflow = await n8n.editor.publish(
		flow('Sub-workflow', called, [zitadel('In a sub-workflow')]),
	);
	// Where it continues, n8n looks at the first item alone to see whether to try again.
	for (const [first] of Object.values(retried)) refuse(first?.id ?? '');
	for (const [first] of [sub.failing, sub.aside, sub.stopping]) refuse(first?.id ?? '', Infinity);
	const id = await n8n.editor.save(workflow());
	execution = executionOf(await n8n.editor.run(id, 'Start'));
});
afterAll(async () => {
	await n8n.stop();
	await simulators.close();
});

const done = { outcome: 'deactivated', changed: true };

test.each([
	['In a loop of one', one],
	['In a loop of ten', ten],
])('%s, each person is deactivated once, up to the safety limit', (name, list) => {
	const expected = list.map((_, index) =>
		index < 10 ? done : { outcome: 'failed', reason: 'safetyLimit' },
	);
	expect(resultOf(name)).toMatchObject(expected);
});

const says = (text: string) => expect.stringContaining(text) as string;
const missing = (fields: string) => ({ reason: 'invalidInput', description: says(fields) });

test.each<[name: string, expected: object[]]>([
	['Retried, then on', [done, done]],
	['Retried, then aside', [done, done]],
	['Retried, or stop', [done, done]],
	['Without links to items', [done, done]],
	// Nobody is no success, with an item that n8n adds or without it.
	['Of nobody', [{ outcome: 'failed', reason: 'notFound' }]],
	['Of an empty item', [missing('The item has no fields.')]],
	['Of a sheet', [done, { error: says("'User' is empty") }, missing("The item has: 'Room'")]],
	['Of a CSV file', [missing("The item has: '\\ufeffE-Mail', 'Name'"), missing("'Name'")]],
	['Of a column with its mark', [done, { reason: 'invalidInput' }]],
	['Of an event, wrongly', [missing("The item has: 'body.employee.email'")]],
	['Of an event', [done]],
	['Of two tenants', [{ outcome: 'found' }, { reason: 'unavailable' }]],
	['For each', [done, done]],
	['Failing', [{ error: says("doesn't have permission to deactivate") }, done]],
	['Aside', [done]],
])('%s, each person comes out with what happened', (name, expected) => {
	expect(resultOf(name)).toMatchObject(expected);
	expect(resultOf(name)).toHaveLength(expected.length);
});

test('a failing sub-workflow leads to the error output, or stops the workflow before the next person', async () => {
	const refused = { error: says("doesn't have permission to deactivate") };
	expect(resultOf('Aside', 1)).toMatchObject([refused]);
	const draft = flow('Stop', start, [
		...given('Sub', sub.stopping),
		call('Stopping', subWorkflow, 'each'),
	]);
	const { status } = await n8n.editor.run(await n8n.editor.save(draft), 'Start');
	expect(status).toBe('error');
	const [, next] = sub.stopping;
	expect(simulators.zitadel.account(next?.email ?? '')?.state).toBe('active');
});

test('an unwatched sub-workflow deactivates, but hands back what it was given', async () => {
	expect(resultOf('Unwatched')).toEqual(sub.unwatched);
	const { email = '' } = sub.unwatched[0] ?? {};
	while (simulators.zitadel.account(email)?.state !== 'deactivated') await wait(50);
});

test('a single step runs with pinned data', async () => {
	const { email } = crowdPerson(36);
	const byEvent = byCell('={{ $json.body.employee.email }}');
	const draft = flow('Pinned', start, [json('Event', {}), zitadel('Of an event', {}, byEvent)]);
	const pinData = { Event: [{ json: { body: { employee: { email } } } }] };
	const saved = await n8n.editor.post<{ id: string }>('/rest/workflows', { ...draft, pinData });
	const { executionId } = await n8n.editor.post<{ executionId: string }>(
		`/rest/workflows/${saved.id}/run`,
		{
			workflowData: saved,
			destinationNode: { nodeName: 'Of an event', mode: 'inclusive' },
			triggerToStartFrom: { name: 'Start' },
		},
	);
	const run = executionOf(await n8n.editor.settled(executionId));
	expect(itemsOf(run, 'Of an event')).toMatchObject([{ ...done, email }]);
});

test('the nodes work from a folder of custom extensions', async () => {
	const other = await Instance.create(await installHost(), { N8N_CUSTOM_EXTENSIONS: installed });
	const { email } = crowdPerson(37);
	const node = zitadel('Get', {}, { operation: 'get', userId: byEmail(email) });
	try {
		await other.importCredentials(credentialsFor(simulators));
		const draft = flow('Custom', start, [{ ...node, type: 'CUSTOM.zitadel' }]);
		await other.importWorkflow({ id: 'custom', active: false, ...draft });
		const run = await other.execute('custom');
		expect(itemsOf(run, 'Get')).toMatchObject([{ outcome: 'found', email }]);
	} finally {
		other.remove();
	}
});
