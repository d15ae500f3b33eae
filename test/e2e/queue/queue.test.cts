import { setTimeout as wait } from 'node:timers/promises';
import { othersTouched, staffOf, violationsOf } from '../../host/agreement.cts';
import { Cluster } from '../../host/cluster.cts';
import type { RunningCommand } from '../../host/command.cts';
import { Editor } from '../../host/editor.cts';
import { installHost } from '../../host/install.cts';
import type { Instance } from '../../host/instance.cts';
import { credentialsFor, LEAVER_WORKFLOW_ID, leaverWebhook } from '../../host/offboarding.cts';
import { packed } from '../../package/packed.cts';
import { SERVICE_NAMES, startSimulators } from '../../simulators/index.cts';
import type { Fault, Simulators } from '../../simulators/index.cts';
import {
	deactivations,
	disagreements,
	leavers,
	offboard,
	offboardAll,
	rowsOf,
} from './leavers.cts';

/**
 * The example workflow behind a webhook, in n8n's queue mode: a main instance, a webhook processor and two
 * workers, each with a folder of its own.
 */

jest.setTimeout(5 * 60 * 1000);

const { tarball } = packed();
let simulators: Simulators;
let cluster: Cluster;
let main: Instance;
let processor: Instance;
let first: Instance;
let second: Instance;

beforeAll(async () => {
	const host = await installHost();
	simulators = await startSimulators({ crowd: 250 });
	cluster = await Cluster.create(host);
	main = await cluster.join();
	processor = await cluster.join();
	first = await cluster.join();
	second = await cluster.join();
	await main.importCredentials(credentialsFor(simulators));
	await main.installPackage(tarball);
	await main.importWorkflow(leaverWebhook());
	await main.publishWorkflow(LEAVER_WORKFLOW_ID);
	await cluster.start(main, 'main');
});
beforeEach(() => simulators.reset());
afterAll(async () => {
	await cluster.remove();
	await simulators.close();
});

test('a worker without the package does not know the nodes, and the execution fails', async () => {
	const worker = await cluster.start(first, 'worker');
	const [leaver = ''] = leavers(0, 1);
	expect((await offboard(await main.webhook('offboard-leaver'), leaver)).status).toBe(500);
	const last = async () => (await cluster.executions()).at(-1);
	// n8n answers before it has written down how the execution ended.
	await until(async () => (await last())?.status !== 'running');
	expect(await last()).toMatchObject({
		status: 'error',
		data: expect.stringContaining('Unrecognized node type: n8n-nodes-offboarding.'),
	});
	for (const service of SERVICE_NAMES) expect(simulators[service].requests).toEqual([]);
	worker.kill('SIGTERM');
	await worker.ended;
});

describe('with the package on every instance', () => {
	let webhook: string;
	let workers: [RunningCommand, RunningCommand];

	beforeAll(async () => {
		await Promise.all([processor, first, second].map((one) => one.installPackage(tarball)));
		[workers] = await Promise.all([
			Promise.all([cluster.start(first, 'worker'), cluster.start(second, 'worker')]),
			cluster.start(processor, 'webhook'),
		]);
		webhook = await processor.webhook('offboard-leaver');
	});

	test('the workers share 200 leavers, and deactivate each account once', async () => {
		const emails = leavers(0, 200);
		const before = staffOf(simulators);
		const executionsBefore = (await cluster.executions()).length;
		const doneBefore = workers.map((worker) => endedBy(worker).length);

		// More than the workers take at once, ten each: there is always a queue.
		const answers = await offboardAll(webhook, emails, 50);

		const after = staffOf(simulators);
		expect(answers).toHaveLength(emails.length);
		expect(disagreements(answers, before, after)).toEqual([]);
		expect(othersTouched(before, after, emails)).toEqual([]);
		expect(violationsOf(simulators)).toEqual([]);
		for (const service of SERVICE_NAMES) {
			const changes = simulators[service].requests.filter(({ path }) => /deactivate/.test(path));
			expect([service, changes.length]).toEqual([service, emails.length]);
		}

		const executions = (await cluster.executions()).slice(executionsBefore);
		expect(executions.map(({ status }) => status)).toEqual(emails.map(() => 'success'));
		const done = workers.map((worker, index) => endedBy(worker).slice(doneBefore[index]));
		// Each execution ran once, and no worker was idle.
		expect(done.flat().sort((a, b) => a - b)).toEqual(executions.map(({ id }) => id));
		for (const own of done) expect(own.length).toBeGreaterThan(0);
	});

	test('what a killed worker began is finished when the HR system tries again', async () => {
		const emails = leavers(200, 20);
		const before = staffOf(simulators);
		const executionsBefore = (await cluster.executions()).length;

		// Every service keeps some of them waiting for the answer to a change that it has made, and
		// ZITADEL makes them wait before it makes the change.
		const times = 10;
		for (const service of SERVICE_NAMES) {
			const fault: Fault =
				service === 'zitadel' ? { kind: 'limited', seconds: 10 } : { kind: 'delay', ms: 10_000 };
			simulators[service].next(fault, { path: /deactivate/, times });
		}
		const answered = offboardAll(webhook, emails, emails.length);
		await until(() =>
			SERVICE_NAMES.every(
				(service) => simulators[service].requests.filter(({ fault }) => fault).length === times,
			),
		);
		const killed = workers[0];
		killed.kill('SIGKILL');
		await killed.ended;
		workers[0] = await cluster.start(first, 'worker');

		const answers = await answered;
		const between = staffOf(simulators);
		const succeeded = answers.filter(({ status }) => status === 200);
		expect(disagreements(succeeded, before, between)).toEqual([]);

		const failed = answers.filter(({ status }) => status !== 200).map(({ email }) => email);
		const lost = (await cluster.executions())
			.slice(executionsBefore)
			.filter(({ status }) => status !== 'success');
		expect(lost).toHaveLength(failed.length);
		expect(begunBy(killed)).toEqual(expect.arrayContaining(lost.map(({ id }) => id)));
		// In the middle: at some services something was done for them, and at others not.
		const half = deactivations(between, failed).filter(
			(count) => count > 0 && count < SERVICE_NAMES.length,
		);
		expect(half.length).toBeGreaterThan(0);

		// n8n's own Retry does nothing for them.
		const editor = await Editor.open(main.url);
		for (const { id } of lost) {
			const retry = await editor.post(`/rest/executions/${id}/retry`, { loadWorkflow: true });
			expect(retry).toMatchObject({ status: 'error' });
		}
		expect(staffOf(simulators)).toEqual(between);

		const repeated = await offboardAll(webhook, failed, failed.length);

		const after = staffOf(simulators);
		// Nothing is claimed for this run that the killed one did.
		expect(disagreements(repeated, between, after)).toEqual([]);
		const changes = [...succeeded, ...repeated]
			.flatMap(rowsOf)
			.filter(({ changed }) => changed)
			.map(({ leaver, service }) => `${service}: ${leaver}`);
		expect(new Set(changes).size).toBe(changes.length);
		expect(deactivations(after, emails)).toEqual(emails.map(() => SERVICE_NAMES.length));
		expect(othersTouched(before, after, emails)).toEqual([]);
		expect(violationsOf(simulators)).toEqual([]);
	});
});

/** The numbers of the executions that a worker has begun so far. */
const begunBy = (worker: RunningCommand) => numbersAfter('Worker started execution', worker);

/** The numbers of the executions that a worker has ended so far. */
const endedBy = (worker: RunningCommand) => numbersAfter('Worker finished execution', worker);

function numbersAfter(text: string, worker: RunningCommand): number[] {
	const lines = worker.output().matchAll(new RegExp(`${text} (\\d+)`, 'g'));
	return [...lines].map(([, id]) => Number(id));
}

/** Resolves once the condition holds; nothing tells when it begins to. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	for (let attempt = 0; !(await condition()); attempt++) {
		if (attempt === 1200) throw new Error('It did not come to this within a minute.');
		await wait(50);
	}
}
