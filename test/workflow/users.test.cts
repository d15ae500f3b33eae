import type { IDataObject, INode } from 'n8n-workflow';

import { listSearch } from '../harness/listSearch.cts';
import { byEmail, json, runNode } from '../harness/runNode.cts';
import { credentialOf, LOOK_UP, OF_ITEM, SUBJECTS } from '../harness/subjects.cts';
import {
	crowdPerson,
	SEED,
	SERVICE_NAMES,
	STAFF,
	startSimulators,
	UNREACHABLE_EMAIL,
	type ServiceName,
	type Simulators,
} from '../simulators/index.cts';

const CROWD_SIZE = 10_000;

let simulators: Simulators;
/** With ten thousand people more. */
let crowded: Simulators;

beforeAll(async () => {
	[simulators, crowded] = await Promise.all([
		startSimulators(),
		startSimulators({ crowd: CROWD_SIZE }),
	]);
});

afterEach(() => {
	for (const at of [simulators, crowded]) {
		for (const name of SERVICE_NAMES) expect(at[name].violations).toEqual([]);
		// When Aitronos lists them, it gives the owner of the credential access to more of them.
		// Listing the organizations grants the caller access to more of them.
		expect(at.aitronos.requests.filter(({ path }) => path === '/v1/organizations')).toEqual([]);
		at.reset();
	}
});

afterAll(async () => {
	await Promise.all([simulators.close(), crowded.close()]);
});

/** Runs an operation; what is given replaces fields of the node. */
async function run(
	service: ServiceName,
	parameters: INode['parameters'],
	{ at = simulators, input = [{}] as IDataObject[] } = {},
) {
	const execution = await runNode({
		node: service,
		parameters: { ...SUBJECTS[service].parameters(OF_ITEM.email), ...parameters },
		credentials: credentialOf(service, at[service].baseUrl),
		input,
		settings: { onError: 'continueErrorOutput' },
	});
	const [records = [], failures = []] = json(execution);
	return { records, failures };
}

describe.each(LOOK_UP)('%s', (service) => {
	const { email } = STAFF.leaver;
	const verify = { options: { verify: true } };

	it('previews, deactivates, checks and undoes with nothing but an email', async () => {
		const userId = byEmail(email);
		const steps: Array<[INode['parameters'], object, state: string]> = [
			[{ options: { dryRun: true } }, { outcome: 'wouldDeactivate' }, 'active'],
			[verify, { outcome: 'deactivated', changed: true, verified: true }, 'deactivated'],
			[{}, { outcome: 'alreadyDeactivated', changed: false }, 'deactivated'],
			[{ operation: 'get' }, { outcome: 'found', stateAfter: 'deactivated' }, 'deactivated'],
			[{ operation: 'reactivate', ...verify }, { outcome: 'reactivated' }, 'active'],
			[{ operation: 'reactivate' }, { outcome: 'alreadyActive', changed: false }, 'active'],
		];
		for (const [parameters, record, state] of steps) {
			const { records } = await run(service, { userId, ...parameters });
			expect(records).toMatchObject([record]);
			expect(simulators[service].account(email)?.state).toBe(state);
		}
	});

	it(`finds the right ones among ${CROWD_SIZE}, in few requests`, async () => {
		const people = [0, 5_000, CROWD_SIZE - 1].map((number) => crowdPerson(number).email);
		const input = people.map((person) => ({ email: person }));
		const { records } = await run(service, { operation: 'get' }, { at: crowded, input });
		expect(records.map(({ userId }) => userId)).toEqual(
			people.map((person) => crowded[service].account(person)?.id ?? 'nobody'),
		);
		// The whole list once for the run, a thousand at a time.
		const others: Partial<Record<ServiceName, number>> = {
			awork: Math.ceil(crowded.awork.accounts().length / 1000),
		};
		const searches = others[service] ?? input.length;
		expect(crowded[service].requests).toHaveLength(searches + input.length);
	});

	it('lists users for the editor, page by page, and searches them', async () => {
		const request = {
			node: service,
			method: 'searchUsers',
			parameters: SUBJECTS[service].parameters(OF_ITEM.email),
			credentials: credentialOf(service, simulators[service].baseUrl),
		};
		const seen: unknown[] = [];
		let page = {};
		do {
			const { results, paginationToken } = await listSearch({ ...request, ...page });
			seen.push(...results.map(({ value }) => value));
			page = typeof paginationToken === 'string' ? { page: paginationToken } : {};
		} while ('page' in page);
		expect(seen).toContain(simulators[service].account(email)?.id);
		expect(new Set(seen).size).toBe(seen.length);
		const value = simulators[service].account(STAFF.colleague.email)?.id;
		expect(await listSearch({ ...request, filter: 'SAM.ROE' })).toMatchObject({
			results: [{ name: 'Sam Roe (sam.roe@example.org)', value }],
		});
	});
});

it('ends the sessions of the leaver at zitadel, and of nobody else', async () => {
	const { leaver, colleague } = SEED.zitadel.accounts;
	const open = (userId: string) =>
		simulators.zitadel.sessions().filter((session) => session.userId === userId && !session.ended);
	const others = open(colleague.userId).length;
	const userId = byEmail(STAFF.leaver.email);
	const { records } = await run('zitadel', { userId, options: { endSessions: true } });
	expect(records).toMatchObject([{ outcome: 'deactivated', sessionsEnded: 2 }]);
	expect(open(leaver.userId)).toEqual([]);
	expect(open(colleague.userId)).toHaveLength(others);
});

it.each(['langdock', 'odeus'] as const)('invites again at %s', async (service) => {
	const invite = async (email: string) =>
		await run(service, { operation: 'reactivate', email, role: 'editor' });
	const { email } = STAFF.deactivated;
	expect((await invite(email)).records).toMatchObject([{ outcome: 'reactivated' }]);
	expect(simulators[service].account(email)?.state).toBe('invited');
	expect(simulators[service].roleOf(email)).toBe('editor');
	const active = await invite(STAFF.colleague.email);
	expect(active.records).toMatchObject([{ outcome: 'alreadyActive' }]);
	// The service says yes, and lists the address among those that can't be invited.
	const unreachable = await invite(UNREACHABLE_EMAIL);
	expect(unreachable.failures).toMatchObject([{ details: { reason: 'refused' } }]);
	expect(simulators[service].invitationMails()).toEqual([email]);
});
