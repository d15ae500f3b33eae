import type { INode } from 'n8n-workflow';

import type { CredentialData } from '../harness/credentials.cts';
import { byId, json, runNode, startNode, type NodeRun } from '../harness/runNode.cts';
import { startSilentServer } from '../harness/silentServer.cts';
import { credentialOf } from '../harness/subjects.cts';
import { SEED, SERVICE_NAMES, STAFF, type ServiceName } from '../simulators/index.cts';
import { useSimulators } from './simulators.cts';

const simulators = useSimulators();

interface Run {
	people?: readonly string[];
	options?: INode['parameters'];
	settings?: NodeRun['settings'];
	/** In the place of the simulators. */
	baseUrl?: string;
}

const leaver: string = STAFF.leaver.email;
const colleague: string = STAFF.colleague.email;

function nodeRun(run: Run): NodeRun {
	const { people = [leaver], options = {} } = run;
	return {
		node: 'offboardUser',
		parameters: {
			email: '={{ $json.email }}',
			services: [...SERVICE_NAMES],
			aitronosOrganizationId: byId(SEED.aitronos.organizationId),
			aitronosTransferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
			options,
		},
		credentials: Object.assign(
			{},
			...SERVICE_NAMES.map((name) => credentialOf(name, run.baseUrl ?? simulators[name].baseUrl)),
		) as CredentialData,
		input: people.map((email) => ({ email })),
		settings: run.settings ?? { onError: 'continueErrorOutput' },
	};
}

/** With the error output, unless told otherwise: who is finished, and who is not. */
async function offboard(run: Run = {}) {
	const [done = [], failed = []] = json(await runNode(nodeRun(run)));
	return { done, failed };
}

/** What the table shows of a person. */
const everywhere = (outcome: string) =>
	Object.fromEntries(SERVICE_NAMES.map((name) => [name, outcome]));
const states = (email = leaver) =>
	Object.fromEntries(SERVICE_NAMES.map((name) => [name, simulators[name].account(email)?.state]));
const cut = (name: ServiceName) =>
	simulators[name].next({ kind: 'status', status: 503 }, { times: 1_000 });

it('takes all access away in one step, and repeats nothing on a second run', async () => {
	const { done, failed } = await offboard();
	expect(failed).toEqual([]);
	expect(done).toEqual([
		{
			email: leaver,
			complete: true,
			summary: `${leaver} was deactivated at Langdock, Odeus, Aitronos, ZITADEL, awork and scim.`,
			...everywhere('deactivated'),
			services: SERVICE_NAMES.map((service) => expect.objectContaining({ service }) as object),
		},
	]);
	expect(states()).toEqual(everywhere('deactivated'));

	const again = await offboard();
	expect(again.done).toMatchObject([{ complete: true, ...everywhere('alreadyDeactivated') }]);
	expect(again.done[0]?.summary).toMatch(/has no active account at Langdock and Odeus, and was/);
	expect(JSON.stringify(again)).not.toContain('"changed":true');
});

describe('when a service fails', () => {
	const people = [leaver, colleague];
	const failing = (email: string) =>
		`${email} was deactivated at Langdock, Odeus, Aitronos, awork and scim. ZITADEL failed: not available at the moment.`;
	const columns = { ...everywhere('deactivated'), zitadel: 'failed' };
	const person = { email: leaver, complete: false, summary: failing(leaver), ...columns };
	const run = (settings: NodeRun['settings']) =>
		nodeRun({ people, settings, options: { maxRetries: 0 } });

	beforeEach(() => cut('zitadel'));
	afterEach(() => {
		const expected = { ...everywhere('deactivated'), zitadel: 'active' };
		expect([states(leaver), states(colleague)]).toEqual([expected, expected]);
	});

	it('finishes the others, then stops and says who is done where', async () => {
		const { error } = await runNode(run({}));
		expect(error).toMatchObject({
			message: `Not finished: 2 of 2 people. ${failing(leaver)} ${failing(colleague)}`,
			description: expect.stringContaining('ZITADEL: Try again later') as string,
		});
	});

	it('sends who is not finished along the error output, with what came in', async () => {
		const [done, failed] = json(await runNode(run({ onError: 'continueErrorOutput' })));
		expect(done).toEqual([]);
		expect(failed).toMatchObject([
			{ email: leaver, error: failing(leaver), details: person },
			{ email: colleague, error: failing(colleague) },
		]);
	});
});

it('finishes what was left when it is run again, by Retry On Fail too', async () => {
	cut('awork');
	await offboard({ options: { maxRetries: 0 } });
	simulators.awork.reset();
	simulators.awork.next({ kind: 'status', status: 503 });
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const { done } = await offboard({ settings, options: { maxRetries: 0 } });
	expect(done).toMatchObject([{ ...everywhere('alreadyDeactivated'), awork: 'deactivated' }]);
});

it('begins nothing new when the execution is canceled', async () => {
	const silent = await startSilentServer();
	const running = startNode(
		nodeRun({
			people: Array.from({ length: 40 }, (_, index) => `person.${index}@example.org`),
			options: { safetyLimit: 0 },
			settings: {},
			baseUrl: silent.baseUrl,
		}),
	);
	await silent.asked;
	running.cancel();
	const { status } = await running.result;
	silent.close();
	expect(status).toBe('canceled');
	// Of 40 people.
	expect(silent.requests()).toBeLessThanOrEqual(10 * SERVICE_NAMES.length);
});
