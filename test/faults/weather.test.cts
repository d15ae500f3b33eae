import type { Execution } from '../harness/engine.cts';
import { runNode } from '../harness/runNode.cts';
import { credentialOf, LOOK_UP, OF_ITEM, SUBJECTS, type Naming } from '../harness/subjects.cts';
import {
	crowdPerson,
	SERVICE_NAMES,
	startSimulators,
	type ServiceName,
	type Simulators,
} from '../simulators/index.cts';
import { disagreements, outcomesOf, statesOf, type Item } from './agreement.cts';
import { SEED_OF_CHANCE } from './seed.cts';

const ACCOUNTS = 1000;
const AUTOMATIC = 0;
const FEWER = 200;
const NOBODIES = 20;
/** Every so manieth account was deactivated before the run. */
const DONE_BEFORE = 10;

let simulators: Simulators;

beforeEach(async () => {
	simulators = await startSimulators({ crowd: ACCOUNTS });
});

afterEach(async () => await simulators.close());

function itemsAt(service: ServiceName, accounts: number): Item[] {
	const { idOf, nobody } = SUBJECTS[service];
	const people = Array.from({ length: accounts }, (_, number): Item => {
		const { email } = crowdPerson(number);
		const id = idOf(number);
		return { id, isNobody: false, json: { id, email, employee: number } };
	});
	const nobodies = Array.from({ length: NOBODIES }, (_, number): Item => {
		const id = nobody(number);
		const email = `nobody.${number}@example.org`;
		return { id, isNobody: true, json: { id, email, employee: -number } };
	});
	return [...people, ...nobodies];
}

async function offboard(
	service: ServiceName,
	items: readonly Item[],
	naming: Naming,
	parallelRequests = AUTOMATIC,
): Promise<Execution> {
	const options = { safetyLimit: 0, parallelRequests, timeout: 5 };
	return await runNode({
		node: service,
		parameters: { ...SUBJECTS[service].parameters(OF_ITEM[naming]), options },
		credentials: credentialOf(service, simulators[service].baseUrl),
		input: items.map(({ json }) => json),
		settings: { onError: 'continueErrorOutput' },
	});
}

/** Nobody has this address. At Langdock and Odeus, the same answer is given for who is deactivated. */
function mayFail(service: ServiceName) {
	return ({ isNobody }: Item, reason: unknown, is: string | undefined): boolean =>
		reason === 'notFound' && (isNobody || (!SUBJECTS[service].canLookUp && is === 'deactivated'));
}

async function weather(
	service: ServiceName,
	accounts: number,
	naming: Naming,
	parallelRequests = AUTOMATIC,
) {
	const simulator = simulators[service];
	const items = itemsAt(service, accounts);
	await offboard(
		service,
		items.filter((_, index) => index % DONE_BEFORE === 0 && index < accounts),
		'id',
	);
	const before = statesOf(simulator);
	const quiet = simulator.requests.length;

	simulator.weather({ seed: SEED_OF_CHANCE, share: 0.3 });
	const execution = await offboard(service, items, naming, parallelRequests);
	const requests = simulator.requests.slice(quiet);

	expect(
		disagreements(items, outcomesOf(execution), before, statesOf(simulator), mayFail(service)),
	).toEqual([]);
	// A request that the documentation does not allow would be a fault as well.
	expect(simulator.violations).toEqual([]);
	// The weather was bad.
	const faults = requests.filter(({ fault }) => fault !== undefined);
	expect(faults.length / requests.length).toBeGreaterThan(0.2);
	return requests;
}

describe.each(SERVICE_NAMES)(`%s in bad weather (seed ${SEED_OF_CHANCE})`, (service) => {
	it.each([
		[ACCOUNTS, AUTOMATIC],
		[FEWER, 1],
	])(
		'loses none of %d accounts with %d Parallel Requests, and reports nothing that did not happen',
		async (accounts, parallelRequests) => {
			const requests = await weather(service, accounts, 'id', parallelRequests);
			if (service !== 'awork') return;
			const changes = requests.filter(
				({ path, handled = 0 }) => /\/deactivate$/.test(path) && handled,
			);
			// Nobody is told twice: private projects hang on it.
			expect(new Set(changes.map(({ path }) => path)).size).toBe(changes.length);
		},
		60_000,
	);
});

describe.each(LOOK_UP)(
	`%s, looked up by email in bad weather (seed ${SEED_OF_CHANCE})`,
	(service) => {
		it(`loses none of ${FEWER} accounts, and reports nothing that did not happen`, async () => {
			await weather(service, FEWER, 'email');
		}, 60_000);
	},
);
