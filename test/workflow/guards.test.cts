import type { INode } from 'n8n-workflow';

import { json, runNode } from '../harness/runNode.cts';
import { credentialOf, OF_ITEM, SUBJECTS } from '../harness/subjects.cts';
import { SEED, startSimulators, STAFF, type Simulators } from '../simulators/index.cts';

/** What n8n's engine makes of expressions decides whether a guard is there at all. */

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});
afterAll(async () => await simulators.close());

const NOTHING = '={{ $json.noSuchField }}';
const credentials = () => credentialOf('zitadel', simulators.zitadel.baseUrl);
const input = [{ id: SEED.zitadel.accounts.leaver.userId, email: STAFF.leaver.email }];

/** Why the node refuses its only item, by the error branch. */
async function refusal(node: string, parameters: INode['parameters']): Promise<unknown> {
	const settings = { onError: 'continueErrorOutput' } as const;
	const execution = await runNode({
		node,
		parameters,
		credentials: credentials(),
		input,
		settings,
	});
	const [done, refused] = json(execution);
	expect(done).toEqual([]);
	expect(simulators.zitadel.requests).toEqual([]);
	return refused;
}

describe.each([
	['Dry Run', 'dryRun'],
	['End Sessions', 'endSessions'],
	['If Already Deactivated', 'ifAlreadyDeactivated'],
	['If Not Found', 'ifNotFound'],
	['Max Retries', 'maxRetries'],
	['Parallel Requests', 'parallelRequests'],
	['Protected Users', 'protectedUsers'],
	['Safety Limit', 'safetyLimit'],
	['Timeout', 'timeout'],
	['Verify', 'verify'],
])('an expression for %s that returns nothing', (label, name) => {
	const problem = expect.stringContaining(
		`'${label}' has no value: its expression returns nothing`,
	) as string;
	const options = { [name]: NOTHING };

	it('is refused by the node of a service, and nothing is sent', async () => {
		const parameters = { ...SUBJECTS.zitadel.parameters(OF_ITEM.id), options };
		expect(await refusal('zitadel', parameters)).toMatchObject([
			{ error: problem, details: { reason: 'invalidInput' } },
		]);
	});

	it('is refused by Offboard User, and nothing is sent', async () => {
		const parameters = { services: ['zitadel'], email: '={{ $json.email }}', options };
		expect(await refusal('offboardUser', parameters)).toMatchObject([
			{ error: problem, details: { reason: 'invalidInput' } },
		]);
	});
});
