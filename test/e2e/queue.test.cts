import { setTimeout as wait } from 'node:timers/promises';
import { SUBJECTS } from '../harness/subjects.cts';
import { violationsOf } from '../host/agreement.cts';
import { Cluster } from '../host/cluster.cts';
import type { RunningCommand } from '../host/command.cts';
import { Editor } from '../host/editor.cts';
import { installHost } from '../host/install.cts';
import type { Instance } from '../host/instance.cts';
import { credentialsFor, EVERYWHERE } from '../host/offboarding.cts';
import { postJson } from '../host/postJson.cts';
import { changedSince, stateAt, statesOf } from '../host/staff.cts';
import { packed } from '../package/packed.cts';
import { crowdPerson, SERVICE_NAMES, startSimulators } from '../simulators/index.cts';
import type { Fault, Simulators } from '../simulators/index.cts';
import { flow, ours, webhook } from './flow.cts';

/**
 * Offboard User behind a webhook, in n8n's queue mode: a main instance, a webhook processor and two
 * workers, each with a folder of its own.
 */

jest.setTimeout(5 * 60 * 1000);

const PATH = 'leaver';
const { tarball } = packed();
let simulators: Simulators;
let cluster: Cluster;
let editor: Editor;
let address: string;
let first: Instance;
let workers: [RunningCommand, RunningCommand];

beforeAll(async () => {
	const host = await installHost();
	simulators = await startSimulators({ crowd: 250 });
	cluster = await Cluster.create(host);
	const [main, processor, second] = [
		await cluster.join(),
		await cluster.join(),
		await cluster.join(),
	];
	first = await cluster.join();
	await main.importCredentials(credentialsFor(simulators));
	await Promise.all([main, processor, first, second].map((one) => one.installPackage(tarball)));
	await cluster.start(main, 'main');
	editor = await Editor.open(main.url);
	const everywhere = { ...EVERYWHERE, email: '={{ $json.body.email }}' };
	await editor.publish(
		flow('Leaver', webhook(PATH), [ours('offboardUser', 'Everywhere', everywhere)]),
	);
	workers = await Promise.all([cluster.start(first, 'worker'), cluster.start(second, 'worker')]);
	await cluster.start(processor, 'webhook');
	address = await processor.webhook(PATH);
});
beforeEach(() => simulators.reset());
afterEach(() => expect(violationsOf(simulators)).toEqual([]));
afterAll(async () => {
	await cluster.remove();
	await simulators.close();
});

/** What Offboard User says of a person. */
interface Person {
	readonly email: string;
	readonly complete: boolean;
	readonly services: ReadonlyArray<{ readonly service: string; readonly changed: boolean }>;
}

/** What the webhook answered about one leaver: nothing if the execution failed. */
interface Answer {
	readonly email: string;
	readonly person?: Person;
}

/** The addresses of so many generated people, from this number on. */
const leavers = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => crowdPerson(from + index).email);

/** Tells the webhook who leaves, so many calls at a time. The answers come in any order. */
async function offboardAll(emails: readonly string[], atOnce: number): Promise<Answer[]> {
	const left = [...emails];
	const answers: Answer[] = [];
	const lane = async (): Promise<void> => {
		for (let email = left.shift(); email !== undefined; email = left.shift()) {
			const response = await postJson(address, { email });
			const body: unknown = await response.json();
			answers.push(response.ok ? { email, person: body as Person } : { email });
		}
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return answers;
}

/** Every change that the answers claim, as service and email. */
const claimsOf = (answers: readonly Answer[]) =>
	answers.flatMap(({ email, person }) =>
		(person?.services ?? [])
			.filter(({ changed }) => changed)
			.map(({ service }) => `${service} ${email}`),
	);

const accountsOf = (emails: readonly string[]) =>
	SERVICE_NAMES.flatMap((service) => emails.map((email) => `${service} ${email}`)).sort();

test('the workers share 200 leavers, and deactivate each account once', async () => {
	const emails = leavers(0, 200);
	const before = statesOf(simulators);

	// More than the workers take at once, ten each: there is always a queue.
	const answers = await offboardAll(emails, 50);

	expect(answers.filter(({ person }) => !person?.complete)).toEqual([]);
	expect(claimsOf(answers).sort()).toEqual(accountsOf(emails));
	expect(changedSince(before, simulators).sort()).toEqual(
		accountsOf(emails).map((account) => `${account} deactivated`),
	);
	for (const service of SERVICE_NAMES) {
		const { change } = SUBJECTS[service];
		const changes = simulators[service].requests.filter(
			({ method, path }) => method === change.method && change.path.test(path),
		);
		expect([service, changes.length]).toEqual([service, emails.length]);
	}
	const ended = workers.map((worker) => executionsOf(worker, 'finished'));
	// Each execution ran once, and no worker was idle.
	expect(new Set(ended.flat()).size).toBe(emails.length);
	expect(ended.flat()).toHaveLength(emails.length);
	for (const own of ended) expect(own.length).toBeGreaterThan(0);
});

test('what a killed worker began is finished when the HR system tries again', async () => {
	const emails = leavers(200, 20);
	const before = statesOf(simulators);

	// Every service keeps some of them waiting for the answer to a change that it has made, and
	// ZITADEL makes them wait before it makes the change.
	const times = 10;
	for (const service of SERVICE_NAMES) {
		const fault: Fault =
			service === 'zitadel' ? { kind: 'limited', seconds: 10 } : { kind: 'delay', ms: 10_000 };
		simulators[service].next(fault, { ...SUBJECTS[service].change, times });
	}
	const answered = offboardAll(emails, emails.length);
	await until(() =>
		SERVICE_NAMES.every(
			(service) => simulators[service].requests.filter(({ fault }) => fault).length === times,
		),
	);
	const [killed] = workers;
	killed.kill('SIGKILL');
	await killed.ended;
	workers[0] = await cluster.start(first, 'worker');

	const answers = await answered;
	const between = statesOf(simulators);
	const lost = answers.filter(({ person }) => !person).map(({ email }) => email);
	expect(answers.filter(({ person }) => person?.complete)).toHaveLength(
		emails.length - lost.length,
	);
	// In the middle: at some services something was done for them, and at others not.
	const half = lost.filter((email) => {
		const states = new Set(SERVICE_NAMES.map((service) => stateAt(between, service, email)));
		return states.size > 1;
	});
	expect(half.length).toBeGreaterThan(0);

	// n8n's own Retry does nothing for them.
	const ended = executionsOf(killed, 'finished');
	const unfinished = executionsOf(killed, 'started').filter((id) => !ended.includes(id));
	expect(unfinished.length).toBeGreaterThan(0);
	for (const id of unfinished) {
		const retry = await editor.post(`/rest/executions/${id}/retry`, { loadWorkflow: true });
		expect(retry).toMatchObject({ status: 'error' });
	}
	expect(statesOf(simulators)).toEqual(between);

	const repeated = await offboardAll(lost, lost.length);

	// Nothing is claimed for this run that the killed one did.
	const left = accountsOf(lost).filter((account) => {
		const [service, email] = account.split(' ') as [(typeof SERVICE_NAMES)[number], string];
		return stateAt(between, service, email) === 'active';
	});
	expect(repeated.filter(({ person }) => !person?.complete)).toEqual([]);
	expect(claimsOf(repeated).sort()).toEqual(left);
	expect(changedSince(before, simulators).sort()).toEqual(
		accountsOf(emails).map((account) => `${account} deactivated`),
	);
});

/** The numbers of the executions that a worker has started or finished so far. */
function executionsOf(worker: RunningCommand, what: 'started' | 'finished'): string[] {
	const lines = worker.output().matchAll(new RegExp(`Worker ${what} execution (\\d+)`, 'g'));
	return [...lines].map(([, id = '']) => id);
}

/** Resolves once the condition holds; nothing tells when it begins to. */
async function until(condition: () => boolean): Promise<void> {
	for (let attempt = 0; !condition(); attempt++) {
		if (attempt === 1200) throw new Error('It did not come to this within a minute.');
		await wait(50);
	}
}
