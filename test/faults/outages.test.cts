import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { json, runNode, type NodeRun } from '../harness/runNode.cts';
import { selfSigned } from '../harness/selfSigned.cts';
import { credentialOf, OF_ITEM, SUBJECTS } from '../harness/subjects.cts';
import {
	crowdPerson,
	SEED,
	SERVICE_NAMES,
	startSimulators,
	type LoggedRequest,
	type ServiceName,
	type Simulators,
} from '../simulators/index.cts';

const ACCOUNTS = 200;

// Far from what a test takes: a hang ends here, and nothing depends on it.
jest.setTimeout(60_000);

let simulators: Simulators;

beforeEach(async () => {
	simulators = await startSimulators({ crowd: ACCOUNTS });
});

afterEach(async () => await simulators.close());

function run(
	service: ServiceName,
	{
		accounts = ACCOUNTS,
		options = {},
		baseUrl = simulators[service].baseUrl,
		secret = SEED[service].secrets.valid as string,
	},
): NodeRun {
	const { parameters, idOf } = SUBJECTS[service];
	return {
		node: service,
		parameters: { ...parameters(OF_ITEM.id), options: { safetyLimit: 0, ...options } },
		credentials: credentialOf(service, baseUrl, secret),
		input: Array.from({ length: accounts }, (_, number) => ({
			id: idOf(number),
			email: crowdPerson(number).email,
		})),
		settings: { onError: 'continueErrorOutput' },
	};
}

const reasonsOf = (items: Array<Record<string, unknown>> = []) =>
	new Set(items.map(({ details }) => (details as { reason: string }).reason));

/** A secret that may also read who is active, where that is a right of its own. */
function readingSecretOf(service: ServiceName): string {
	const { secrets } = SEED[service];
	return 'withBilling' in secrets ? secrets.withBilling : secrets.valid;
}

describe.each(SERVICE_NAMES)('%s', (service) => {
	const { change, canLookUp } = SUBJECTS[service];
	const isChange = ({ method, path }: LoggedRequest) =>
		method === change.method && change.path.test(path);

	it('is down: everybody is on the error branch, and nobody is asked for over and over', async () => {
		simulators[service].next({ kind: 'status', status: 503 }, { times: Infinity });
		const [done, failed] = json(await runNode(run(service, {})));
		expect(done).toEqual([]);
		expect(failed).toHaveLength(ACCOUNTS);
		expect(reasonsOf(failed)).toEqual(new Set(['unavailable']));
		// Once for each item, and the retries of the first ones; where there is an optional look-up, or
		// the caller is asked for at the same time, that once as well.
		const each = canLookUp && service !== 'awork' ? 1 : 2;
		expect(simulators[service].requests.length).toBeLessThan((each + 1) * ACCOUNTS);
	});

	it('shows a certificate that nobody trusts: everybody fails, and no request goes out', async () => {
		let requests = 0;
		const server = createServer(selfSigned('localhost'), (_, response) => {
			requests++;
			response.end();
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const [, failed] = json(
			await runNode(run(service, { accounts: 20, baseUrl: `https://localhost:${port}` })),
		);
		server.close();
		expect(failed).toHaveLength(20);
		expect(failed?.[0]?.error).toContain("The certificate of the service isn't trusted");
		expect(JSON.stringify(failed)).not.toContain('Tried');
		expect(requests).toBe(0);
	});

	it('drips its answer for longer than Timeout: what it has done all the same is found out', async () => {
		simulators[service].next({ kind: 'drip', ms: 60_000 }, change);
		const [done] = json(
			await runNode(
				run(service, { accounts: 1, options: { timeout: 1 }, secret: readingSecretOf(service) }),
			),
		);
		expect(done).toMatchObject([{ outcome: 'deactivated', changed: true }]);
		// Without a word only where a second attempt got a yes; SCIM is read back in any case.
		const [, ...repeats] = simulators[service].requests.filter(isChange);
		const isConfirmed = repeats.some(({ status }) => status === 200 || status === 204);
		expect(done?.map((record) => 'warning' in record || record.verified)).toEqual([
			!isConfirmed || service === 'scim',
		]);
	});

	it('drips its answers without end: that is a timeout', async () => {
		simulators[service].next({ kind: 'drip', ms: 60_000 }, { times: Infinity });
		const options = { timeout: 1, maxRetries: 0 };
		const [, failed] = json(await runNode(run(service, { accounts: 1, options })));
		expect(reasonsOf(failed)).toEqual(new Set(['timeout']));
	});
});
