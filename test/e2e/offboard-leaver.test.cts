import type { RunningCommand } from '../host/command.cts';
import { disagreements, runPass, violationsOf } from '../host/agreement.cts';
import { temporaryFolder } from '../host/cleanup.cts';
import { itemsOf } from '../host/execution.cts';
import { HOST_NAMES, installHost } from '../host/install.cts';
import { Instance } from '../host/instance.cts';
import {
	credentialsFor,
	exampleWorkflow,
	LEAVER_WORKFLOW_ID,
	UNDO_WORKFLOW_ID,
	WEBHOOK_KEY,
} from '../host/offboarding.cts';
import type { ResultRow } from '../host/offboarding.cts';
import { packPackage } from '../host/pack.cts';
import { SERVICE_NAMES, STAFF, startSimulators, UNKNOWN_EMAIL } from '../simulators/index.cts';
import type { Simulators } from '../simulators/index.cts';
import { OFFBOARD_USER_WORKFLOW_ID, offboardUserWorkflow } from './offboardUser.cts';
import {
	GUARDS,
	GUARDS_WORKFLOW_ID,
	guardsWorkflow,
	LOOP_WORKFLOW_ID,
	loopWorkflow,
} from './guards.cts';

/** The packed package in each real n8n, with the example workflow as shipped. */

jest.setTimeout(10 * 60 * 1000);

/** What an HR system sends. */
const leaver = { email: STAFF.leaver.email, name: 'Kim Lee' };

describe.each(HOST_NAMES)('in the %s n8n', (hostName) => {
	let simulators: Simulators;
	let instance: Instance;
	const tarballFolder = temporaryFolder();

	beforeAll(async () => {
		const host = await installHost(hostName);
		simulators = await startSimulators();
		instance = await Instance.create(host);
		await instance.importCredentials(credentialsFor(simulators));
		await instance.installPackage(await packPackage(tarballFolder.folder));
		await instance.importWorkflow(exampleWorkflow(LEAVER_WORKFLOW_ID));
		await instance.importWorkflow(exampleWorkflow(UNDO_WORKFLOW_ID));
	});

	afterAll(async () => {
		await simulators.close();
		instance.remove();
		tarballFolder.remove();
	});

	describe('started by hand', () => {
		test('deactivates the leaver at all services, and nobody else', async () => {
			const pass = await runPass(instance, simulators, 'deactivated');
			expect(disagreements(pass)).toEqual([]);
			expect(violationsOf(simulators)).toEqual([]);
		});

		test('says that nothing was left to do when it runs again', async () => {
			const pass = await runPass(instance, simulators, 'alreadyDeactivated');
			expect(disagreements(pass)).toEqual([]);
			expect(violationsOf(simulators)).toEqual([]);
		});

		test('gives the access back with the workflow that undoes it', async () => {
			const pass = await runPass(instance, simulators, 'reactivated');
			expect(disagreements(pass)).toEqual([]);
			expect(violationsOf(simulators)).toEqual([]);
		});

		test('does it all in one step, and tells apart who needs attention', async () => {
			simulators.reset();
			const people = [leaver.email, STAFF.lastAdmin.email];
			await instance.importWorkflow(offboardUserWorkflow(people));
			const execution = await instance.execute(OFFBOARD_USER_WORKFLOW_ID);
			expect(itemsOf(execution, 'Offboard User')).toMatchObject([
				{ email: leaver.email, complete: true, total: 5, changed: 5, failed: 0 },
			]);
			// ZITADEL knows no last admin.
			expect(itemsOf(execution, 'Offboard User', 1)).toMatchObject([
				{ email: STAFF.lastAdmin.email, complete: false, total: 5, changed: 1, failed: 4 },
			]);
			for (const service of SERVICE_NAMES) {
				const stateOf = (email: string) => simulators[service].account(email)?.state;
				expect(stateOf(leaver.email)).toBe('deactivated');
				const left = service === 'zitadel' ? 'deactivated' : 'active';
				expect(stateOf(STAFF.lastAdmin.email)).toBe(left);
			}
			expect(violationsOf(simulators)).toEqual([]);

			const again = await instance.execute(OFFBOARD_USER_WORKFLOW_ID);
			expect(itemsOf(again, 'Offboard User')).toMatchObject([{ complete: true, changed: 0 }]);
		});

		test('refuses whom it must not touch, and touches nobody', async () => {
			simulators.reset();
			await instance.importWorkflow(guardsWorkflow());
			const execution = await instance.execute(GUARDS_WORKFLOW_ID);
			for (const [name, service, , reason] of GUARDS) {
				const items = itemsOf(execution, name);
				// Two people come in, so two items come out, whatever happens to them.
				expect([name, items]).toEqual([
					name,
					[0, 1].map(() =>
						expect.objectContaining({ details: expect.objectContaining({ service, reason }) }),
					),
				]);
			}
			for (const service of SERVICE_NAMES) {
				expect(simulators[service].account(leaver.email)?.state).toBe('active');
				expect(simulators[service].violations).toEqual([]);
			}
		});

		test('stops at the safety limit, also in a loop of one person each', async () => {
			simulators.reset();
			await instance.importWorkflow(loopWorkflow());
			const execution = await instance.execute(LOOP_WORKFLOW_ID);
			expect(itemsOf(execution, 'One at Most')).toEqual([
				expect.objectContaining({ email: leaver.email, outcome: 'deactivated' }),
				expect.objectContaining({
					details: expect.objectContaining({ reason: 'safetyLimit' }),
				}),
			]);
			expect(simulators.awork.account(STAFF.colleague.email)?.state).toBe('active');
		});
	});

	describe('started by the HR system', () => {
		let server: RunningCommand;
		let webhook: string;

		beforeAll(async () => {
			await instance.importWorkflow(exampleWorkflow(LEAVER_WORKFLOW_ID, { live: true }));
			await instance.publishWorkflow(LEAVER_WORKFLOW_ID);
			server = await instance.start();
			webhook = await instance.webhook('offboard-leaver');
		});
		beforeEach(() => simulators.reset());
		afterAll(async () => {
			server.kill('SIGTERM');
			await server.ended;
		});

		const post = (body: object, key: string = WEBHOOK_KEY.value): Promise<Response> =>
			fetch(webhook, {
				method: 'POST',
				headers: { 'content-type': 'application/json', [WEBHOOK_KEY.name]: key },
				body: JSON.stringify(body),
			});
		const rowsFor = async (body: object): Promise<ResultRow[]> =>
			(await (await post(body)).json()) as ResultRow[];

		test('answers with one item for each service', async () => {
			const rows = await rowsFor(leaver);
			expect(rows).toEqual(
				SERVICE_NAMES.map((service) =>
					expect.objectContaining({
						leaver: leaver.email,
						service,
						done: true,
						outcome: 'deactivated',
					}),
				),
			);
		});

		test('does nothing for a caller without the key', async () => {
			const response = await post(leaver, 'wrong');
			expect(response.status).toBe(403);
			for (const service of SERVICE_NAMES) {
				expect(simulators[service].requests).toEqual([]);
			}
		});

		test.each(SERVICE_NAMES)('a wrong key for %s stops none of the others', async (wrong) => {
			const key = 'a-key-that-nobody-knows';
			await instance.importCredentials(credentialsFor(simulators, { [wrong]: key }));
			const rows = await rowsFor(leaver);

			expect(rows.map(({ service }) => service)).toEqual(SERVICE_NAMES);
			for (const row of rows) {
				const { state } = simulators[row.service as typeof wrong].account(leaver.email) ?? {};
				if (row.service === wrong) {
					expect(row).toMatchObject({ done: false, details: { reason: 'unauthorized' } });
					expect(row.error).toMatch(/credential/i);
					expect(state).toBe('active');
				} else {
					expect(row).toMatchObject({ done: true, outcome: 'deactivated' });
					expect(state).toBe('deactivated');
				}
			}
			expect(JSON.stringify(rows) + server.output()).not.toContain(key);
		});

		test('a dry run says what would happen, and asks for no change', async () => {
			await instance.importCredentials(credentialsFor(simulators));
			const rows = await rowsFor({ ...leaver, dryRun: true });
			expect(rows).toEqual(
				SERVICE_NAMES.map((service) =>
					expect.objectContaining({
						service,
						done: false,
						outcome: 'wouldDeactivate',
						changed: false,
					}),
				),
			);
			for (const service of SERVICE_NAMES) {
				const paths = simulators[service].requests.map(({ path }) => path);
				expect(paths.filter((path) => /deactivate/.test(path))).toEqual([]);
				expect(simulators[service].account(leaver.email)?.state).toBe('active');
			}
		});

		test('ends the sessions of the leaver at ZITADEL', async () => {
			const rows = await rowsFor(leaver);
			expect(rows).toContainEqual(
				expect.objectContaining({ service: 'zitadel', sessionsEnded: 2 }),
			);
		});

		test('an address that nobody has is no finished offboarding', async () => {
			const rows = await rowsFor({ email: UNKNOWN_EMAIL });
			expect(rows).toEqual(
				SERVICE_NAMES.map((service) =>
					expect.objectContaining({
						service,
						done: false,
						details: expect.objectContaining({ reason: 'notFound' }),
					}),
				),
			);
		});

		test('an address that two people have touches neither', async () => {
			const rows = await rowsFor({ email: STAFF.twin.email });
			const reasons = Object.fromEntries(
				rows.map(({ service, details }) => [service, details?.reason]),
			);
			expect(reasons).toMatchObject({ zitadel: 'ambiguousUser', awork: 'ambiguousUser' });
		});

		test.each([
			{ name: 'Kim Lee' },
			[leaver],
			{ people: [leaver] },
			{ ...leaver, leavingDate: '2099-12-31' },
			{ ...leaver, dryRun: 'maybe' },
			{ ...leaver, dryrun: true },
		])('refuses %j and touches nobody', async (body) => {
			const answer = await post(body);
			expect(answer.status).toBe(422);
			expect(await answer.json()).toEqual({ refused: expect.stringContaining("'email'") });
			for (const service of SERVICE_NAMES) expect(simulators[service].requests).toEqual([]);
		});
	});
});
