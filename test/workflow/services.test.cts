import { NodeApiError, type IDataObject, type INode } from 'n8n-workflow';

import { testCredential } from '../harness/credentialTest.cts';
import { listSearch } from '../harness/listSearch.cts';
import { byEmail, json, NODE_NAME, runNode, type NodeRun } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';
import { credentialOf, LOOK_UP, OF_ITEM, SUBJECTS } from '../harness/subjects.cts';
import {
	SEED,
	SERVICE_NAMES,
	STAFF,
	UNKNOWN_EMAIL,
	UNREACHABLE_EMAIL,
	type ServiceName,
} from '../simulators/index.cts';
import { useSimulators } from './simulators.cts';

/** The node of each service in n8n's engine, with n8n's request helper, against a real server. */
const simulators = useSimulators();

/** A key with a form of its own, so that a leak shows. */
const BAD = 'bad-5ecr3t-5ecr3t-5ecr3t';
const PEOPLE = [STAFF.leaver.email, STAFF.colleague.email];

const accountOf = (service: ServiceName, email: string) => simulators[service].account(email);
const credential = (service: ServiceName, secret?: string) =>
	credentialOf(service, simulators[service].baseUrl, secret);

/** Deactivates the users that the fields of the input items name, unless told otherwise. */
const run = async (
	service: ServiceName,
	input: IDataObject[],
	parameters: INode['parameters'] = {},
	settings: NodeRun['settings'] = {},
) =>
	await runNode({
		node: service,
		credentials: credential(service),
		input,
		settings,
		parameters: {
			...SUBJECTS[service].parameters(OF_ITEM.id),
			options: { ifAlreadyDeactivated: 'succeed', maxRetries: 0, parallelRequests: 1 },
			...parameters,
		},
	});

describe.each(SERVICE_NAMES)('%s', (service) => {
	const items = () => PEOPLE.map((email) => ({ id: String(accountOf(service, email)?.id), email }));
	const states = () => PEOPLE.map((email) => accountOf(service, email)?.state);
	const secrets = [SEED[service].secrets.valid];

	it('deactivates the user of each item, and may run again', async () => {
		const execution = await run(service, items());
		const record = { service, operation: 'deactivate', outcome: 'deactivated', changed: true };
		expect(json(execution)).toMatchObject([[record, record]]);
		expect(execution.output(NODE_NAME)[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(states()).toEqual(['deactivated', 'deactivated']);
		const already = { outcome: 'alreadyDeactivated', changed: false };
		expect(json(await run(service, items()))).toMatchObject([[already, already]]);
	});

	it('sends what fails to the error branch, merged with its input', async () => {
		const body = { message: secrets[0], description: secrets[0], error: { message: secrets[0] } };
		simulators[service].next({ kind: 'status', status: 403, body }, SUBJECTS[service].change);
		const [first = {}, second = {}] = items();
		const input = [{ ...first, employee: 7 }, second];
		const execution = await run(service, input, {}, { onError: 'continueErrorOutput' });
		const details = { item: 0, service, operation: 'deactivate', reason: 'forbidden' };
		const error = expect.stringContaining("doesn't have permission to deactivate") as string;
		expect(json(execution)).toMatchObject([
			[{ outcome: 'deactivated' }],
			[{ ...input[0], error, details: { ...details, httpCode: '403' } }],
		]);
		expect(findSecrets(execution.output(NODE_NAME), secrets)).toEqual([]);
		expect(states()).toEqual(['active', 'deactivated']);
	});

	it('stops with an error that says what was already done', async () => {
		const nobody = { id: SUBJECTS[service].nobody(1), email: UNKNOWN_EMAIL };
		const [first = {}] = items();
		const options = { ifAlreadyDeactivated: 'fail', parallelRequests: 1 };
		const { error } = await run(service, [first, nobody], { options });
		expect(error?.name).toBe(NodeApiError.name);
		expect(error?.message).toMatch(/\. Already done in this run: '.+' \(deactivated\)\.$/);
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(findSecrets(error, secrets)).toEqual([]);
	});

	it('tests a credential, and changes nothing', async () => {
		const { credentialType } = SUBJECTS[service];
		const test = async (secret?: string) =>
			await testCredential(credentialType, credential(service, secret)[credentialType] ?? {});
		const before = simulators[service].accounts();
		expect(await test()).toMatchObject({ status: 'OK' });
		const refused = await test(BAD);
		const message = expect.stringContaining('rejected the credential') as string;
		expect(refused).toMatchObject({ status: 'Error', message });
		expect(findSecrets(refused, [BAD])).toEqual([]);
		expect(simulators[service].accounts()).toEqual(before);
	});
});

describe.each(LOOK_UP)('%s', (service) => {
	const { email } = STAFF.leaver;
	const verify = { options: { verify: true } };

	it('previews, deactivates, checks and undoes with nothing but an email', async () => {
		const steps: Array<[INode['parameters'], object, state: string]> = [
			[{ options: { dryRun: true } }, { outcome: 'wouldDeactivate' }, 'active'],
			[verify, { outcome: 'deactivated', changed: true, verified: true }, 'deactivated'],
			[{ operation: 'get' }, { outcome: 'found', stateAfter: 'deactivated' }, 'deactivated'],
			[{ operation: 'reactivate', ...verify }, { outcome: 'reactivated' }, 'active'],
			[{ operation: 'reactivate' }, { outcome: 'alreadyActive', changed: false }, 'active'],
		];
		for (const [parameters, record, state] of steps) {
			const execution = await run(service, [{}], { userId: byEmail(email), ...parameters });
			expect(json(execution)).toMatchObject([[record]]);
			expect(accountOf(service, email)?.state).toBe(state);
		}
	});

	it('lists users for the editor, page by page, and searches them', async () => {
		const request = {
			node: service,
			method: 'searchUsers',
			parameters: SUBJECTS[service].parameters(OF_ITEM.email),
			credentials: credential(service),
		};
		const seen: unknown[] = [];
		let page = {};
		do {
			const { results, paginationToken } = await listSearch({ ...request, ...page });
			seen.push(...results.map(({ value }) => value));
			page = typeof paginationToken === 'string' ? { page: paginationToken } : {};
		} while ('page' in page);
		expect(seen).toContain(accountOf(service, email)?.id);
		expect(new Set(seen).size).toBe(seen.length);
		const value = accountOf(service, STAFF.colleague.email)?.id;
		expect(await listSearch({ ...request, filter: 'SAM.ROE' })).toMatchObject({
			results: [{ name: 'Sam Roe (sam.roe@example.org)', value }],
		});
		const refused = { ...request, credentials: credential(service, BAD) };
		const error: unknown = await listSearch(refused).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(NodeApiError);
		expect((error as Error).message).toContain('rejected the credential');
		expect(findSecrets(error, [BAD])).toEqual([]);
	});
});

it.each(['langdock', 'odeus'] as const)('invites again at %s', async (service) => {
	const emails = [STAFF.deactivated.email, STAFF.colleague.email, UNREACHABLE_EMAIL];
	const input = emails.map((email) => ({ email }));
	const parameters = { operation: 'reactivate', role: 'editor' };
	const execution = await run(service, input, parameters, { onError: 'continueErrorOutput' });
	expect(json(execution)).toMatchObject([
		[{ outcome: 'reactivated' }, { outcome: 'alreadyActive' }],
		// The service says yes, and lists the address among those that can't be invited.
		[{ details: { reason: 'refused' } }],
	]);
	expect(accountOf(service, STAFF.deactivated.email)?.state).toBe('invited');
	expect(simulators[service].roleOf(STAFF.deactivated.email)).toBe('editor');
	expect(simulators[service].invitationMails()).toEqual([STAFF.deactivated.email]);
});
