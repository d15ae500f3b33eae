import type { IDataObject, INode } from 'n8n-workflow';

import { listSearch } from '../harness/listSearch.cts';
import { byEmail, byId, json, runNode } from '../harness/runNode.cts';
import { credentialOf, LOOK_UP, OF_ITEM, SUBJECTS } from '../harness/subjects.cts';
import {
	CROWD,
	crowdPerson,
	SEED,
	SERVICE_NAMES,
	STAFF,
	startSimulators,
	UNKNOWN_EMAIL,
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
	}
	simulators.reset();
	crowded.reset();
});

afterAll(async () => {
	await Promise.all([simulators.close(), crowded.close()]);
});

/** Fields of the node but for the user, who differs from test to test. */
const parametersOf = (service: ServiceName) => SUBJECTS[service].parameters(OF_ITEM.email);

const credentialAt = (service: ServiceName, at = simulators) =>
	credentialOf(service, at[service].baseUrl);

async function run(
	service: ServiceName,
	operation: string,
	userId: ReturnType<typeof byEmail<string>>,
	{
		at = simulators,
		options = {},
		input = [{}],
	}: {
		at?: Simulators;
		options?: IDataObject;
		input?: IDataObject[];
	} = {},
) {
	const execution = await runNode({
		node: service,
		parameters: {
			...parametersOf(service),
			operation,
			userId,
			options: options as INode['parameters'],
		},
		credentials: credentialAt(service, at),
		input,
		settings: { onError: 'continueErrorOutput' },
	});
	const [records = [], failures = []] = json(execution);
	return { records, failures };
}

const stateAt = (service: ServiceName, email: string) => simulators[service].account(email)?.state;
const changing = (service: ServiceName) =>
	simulators[service].requests.filter(({ method, path }) => {
		const { change } = SUBJECTS[service];
		return method === change.method && change.path.test(path);
	});

describe.each(LOOK_UP)('%s', (service) => {
	const { email } = STAFF.leaver;

	it('previews, deactivates, checks and undoes with nothing but an email', async () => {
		const preview = await run(service, 'deactivate', byEmail(email), { options: { dryRun: true } });
		expect(preview.records).toMatchObject([{ outcome: 'wouldDeactivate', stateBefore: 'active' }]);
		expect(stateAt(service, email)).toBe('active');
		expect(changing(service)).toEqual([]);

		const done = await run(service, 'deactivate', byEmail(email), { options: { verify: true } });
		expect(done.records).toMatchObject([{ outcome: 'deactivated', changed: true, verified: true }]);
		expect(stateAt(service, email)).toBe('deactivated');

		const again = await run(service, 'deactivate', byEmail(email));
		expect(again.records).toMatchObject([{ outcome: 'alreadyDeactivated', changed: false }]);

		const check = await run(service, 'get', byEmail(email));
		expect(check.records).toMatchObject([{ outcome: 'found', stateAfter: 'deactivated' }]);

		const undone = await run(service, 'reactivate', byEmail(email), { options: { verify: true } });
		expect(undone.records).toMatchObject([{ outcome: 'reactivated', stateAfter: 'active' }]);
		expect(stateAt(service, email)).toBe('active');

		const undoneAgain = await run(service, 'reactivate', byEmail(email));
		expect(undoneAgain.records).toMatchObject([{ outcome: 'alreadyActive', changed: false }]);
	});

	it.each([email.toUpperCase(), ` ${email} `])('finds %j', async (address) => {
		const { records } = await run(service, 'get', byEmail(address));
		expect(records).toMatchObject([{ outcome: 'found', email }]);
	});

	it.each([UNKNOWN_EMAIL, email.slice(1), email.slice(0, -1), `x${email}`])(
		'finds nobody with the address %s, and touches nobody',
		async (address) => {
			const { failures } = await run(service, 'deactivate', byEmail(address));
			expect(failures).toMatchObject([{ details: { reason: 'notFound', email: address } }]);
			expect(changing(service)).toEqual([]);
		},
	);

	it('deactivates nobody who is protected, whichever way they are named', async () => {
		const userId = String(simulators[service].account(email)?.id);
		for (const [selector, protectedUsers] of [
			[byId(userId), email],
			[byEmail(email), userId],
			[byEmail(email), email],
			[byId(userId), userId],
		] as const) {
			const { failures } = await run(service, 'deactivate', selector, {
				options: { protectedUsers },
			});
			expect(failures).toMatchObject([{ details: { reason: 'protectedUser' } }]);
		}
		expect(changing(service)).toEqual([]);
	});

	it('does nothing at all if there are too many', async () => {
		const input = [{ email }, { email: STAFF.colleague.email }, { email: STAFF.invitee.email }];
		const { failures } = await run(service, 'deactivate', byEmail('={{ $json.email }}'), {
			input,
			options: { safetyLimit: 2 },
		});
		expect(failures).toMatchObject(input.map(() => ({ details: { reason: 'safetyLimit' } })));
		expect(simulators[service].requests).toEqual([]);
	});

	it(`finds the right ones among ${CROWD_SIZE}, in few requests`, async () => {
		const numbers = [0, 5_000, CROWD_SIZE - 1];
		const input = numbers.map((number) => ({ email: crowdPerson(number).email }));
		const { records } = await run(service, 'get', byEmail('={{ $json.email }}'), {
			at: crowded,
			input,
		});
		const accounts = numbers.map((number) => crowded[service].account(crowdPerson(number).email));
		expect(records.map(({ userId }) => userId)).toEqual(accounts.map((account) => account?.id));
		// awork: the whole list once for the run, a thousand at a time, and each user once.
		const listings = service === 'awork' ? Math.ceil(crowded.awork.accounts().length / 1000) : 3;
		expect(crowded[service].requests).toHaveLength(listings + input.length);
	});

	it('lists users for the editor, page by page', async () => {
		const seen: unknown[] = [];
		let page: string | undefined;
		do {
			const result = await listSearch({
				node: service,
				method: 'searchUsers',
				parameters: parametersOf(service),
				credentials: credentialAt(service),
				...(page !== undefined && { page }),
			});
			seen.push(...result.results.map(({ value }) => value));
			page = typeof result.paginationToken === 'string' ? result.paginationToken : undefined;
		} while (page !== undefined);
		expect(seen).toContain(simulators[service].account(email)?.id);
		expect(new Set(seen).size).toBe(seen.length);
	});

	it('searches the list of users for the editor', async () => {
		const { results } = await listSearch({
			node: service,
			method: 'searchUsers',
			parameters: parametersOf(service),
			credentials: credentialAt(service),
			filter: 'SAM.ROE',
		});
		expect(results).toEqual([
			{
				name: 'Sam Roe (sam.roe@example.org)',
				value: simulators[service].account(STAFF.colleague.email)?.id,
			},
		]);
	});
});

describe.each(LOOK_UP.filter((name) => 'twin2' in SEED[name].accounts))('%s', (service) => {
	it.each([STAFF.twin.email, STAFF.lowerCase.email])(
		'refuses %s, which two users have, and touches neither',
		async (email) => {
			const { failures } = await run(service, 'deactivate', byEmail(email));
			expect(failures).toMatchObject([
				{
					error: expect.stringContaining('2 users have the email') as string,
					details: { reason: 'ambiguousUser' },
				},
			]);
			expect(changing(service)).toEqual([]);
		},
	);
});

describe.each(['aitronos', 'awork'] as const)('%s', (service) => {
	it('passes on that the last admin cannot be deactivated', async () => {
		const { failures } = await run(service, 'deactivate', byEmail(STAFF.lastAdmin.email));
		expect(failures).toMatchObject([
			{
				details: {
					reason: 'refused',
					description: expect.stringContaining('someone else') as string,
				},
			},
		]);
	});
});

describe('zitadel', () => {
	const open = (userId: string) =>
		simulators.zitadel.sessions().filter((session) => session.userId === userId && !session.ended);

	it('ends the sessions of the leaver, and of nobody else', async () => {
		const { leaver, colleague } = SEED.zitadel.accounts;
		const others = open(colleague.userId).length;
		const { records } = await run('zitadel', 'deactivate', byEmail(STAFF.leaver.email), {
			options: { endSessions: true },
		});
		expect(records).toMatchObject([{ outcome: 'deactivated', sessionsEnded: 2 }]);
		expect(open(leaver.userId)).toEqual([]);
		expect(open(colleague.userId)).toHaveLength(others);
	});

	it('ends the sessions of somebody who was already deactivated', async () => {
		const { records } = await run('zitadel', 'deactivate', byEmail(STAFF.deactivated.email), {
			options: { endSessions: true },
		});
		expect(records).toMatchObject([{ outcome: 'alreadyDeactivated', sessionsEnded: 1 }]);
	});

	it('does not deactivate the account that the credential belongs to', async () => {
		const { userManager } = SEED.zitadel.accounts;
		const { failures } = await run('zitadel', 'deactivate', byId(userManager.userId));
		expect(failures).toMatchObject([{ details: { reason: 'protectedUser' } }]);
		expect(simulators.zitadel.account(userManager.userId)?.state).toBe('active');
	});

	it('says that the credential has no role where the user is', async () => {
		const { foreigner } = SEED.zitadel.accounts;
		const { failures } = await run('zitadel', 'deactivate', byId(foreigner.userId));
		expect(failures).toMatchObject([{ details: { reason: 'forbidden', code: 'AUTHZ-cdgFk' } }]);
	});

	it('knows a locked user', async () => {
		const { records } = await run('zitadel', 'get', byEmail(STAFF.locked.email));
		expect(records).toMatchObject([{ stateAfter: 'locked' }]);
	});
});

describe('awork', () => {
	it('shows what became of private projects', async () => {
		const { records } = await run('awork', 'deactivate', byEmail(STAFF.leaver.email));
		expect(records).toMatchObject([
			{ warning: "awork reassigned 3 and deleted 2 of the user's private projects." },
		]);
	});

	it('mails nobody who is active', async () => {
		await run('awork', 'reactivate', byEmail(STAFF.leaver.email));
		expect(simulators.awork.activationMails()).toEqual([]);
	});

	it('says that the credential sees nobody', async () => {
		const execution = await runNode({
			node: 'awork',
			parameters: { operation: 'get', userId: byEmail(STAFF.leaver.email) },
			credentials: credentialOf(
				'awork',
				simulators.awork.baseUrl,
				SEED.awork.secrets.withoutMasterData,
			),
			settings: { onError: 'continueErrorOutput' },
		});
		expect(json(execution)[1]).toMatchObject([{ details: { reason: 'forbidden' } }]);
	});
});

describe('aitronos', () => {
	it('does not list organizations behind anybody’s back', async () => {
		await run('aitronos', 'deactivate', byEmail(STAFF.leaver.email), { options: { verify: true } });
		await listSearch({
			node: 'aitronos',
			method: 'searchDepartments',
			parameters: parametersOf('aitronos'),
			credentials: credentialAt('aitronos'),
		});
		expect(simulators.aitronos.organizationListings()).toBe(0);
	});

	it('lists departments and, when asked to, organizations', async () => {
		const list = async (method: string) =>
			await listSearch({
				node: 'aitronos',
				method,
				parameters: parametersOf('aitronos'),
				credentials: credentialAt('aitronos'),
			});
		const departments = await list('searchDepartments');
		expect(departments.results.map(({ value }) => value)).toContain(
			SEED.aitronos.departments.transferTarget,
		);
		const organizations = await list('searchOrganizations');
		expect(organizations.results.map(({ value }) => value)).toContain(SEED.aitronos.organizationId);
	});
});

describe.each(['langdock', 'odeus'] as const)('%s', (service) => {
	const invite = async (email: string, role: string) => {
		const execution = await runNode({
			node: service,
			parameters: { operation: 'reactivate', email, role },
			credentials: credentialAt(service),
			settings: { onError: 'continueErrorOutput' },
		});
		return json(execution);
	};

	it('brings somebody back by a new invitation, in the wanted role', async () => {
		const { email } = STAFF.deactivated;
		expect((await invite(email, 'editor'))[0]).toMatchObject([{ outcome: 'reactivated' }]);
		expect(simulators[service].account(email)?.state).toBe('invited');
		expect(simulators[service].roleOf(email)).toBe('editor');
		expect(simulators[service].invitationMails()).toEqual([email]);
	});

	it('leaves somebody who is active alone', async () => {
		const { email } = STAFF.colleague;
		expect((await invite(email, 'member'))[0]).toMatchObject([{ outcome: 'alreadyActive' }]);
		expect(simulators[service].invitationMails()).toEqual([]);
	});

	it('says that an address cannot be invited although the service says yes', async () => {
		expect((await invite(UNREACHABLE_EMAIL, 'member'))[1]).toMatchObject([
			{ details: { reason: 'refused' } },
		]);
	});
});

it('has a crowd that is there', () => {
	expect(CROWD.zitadel(0).userId).toBe(crowded.zitadel.account(crowdPerson(0).email)?.id);
});
