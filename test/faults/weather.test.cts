import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../harness/engine.cts';
import { NODE_NAME, runNode } from '../harness/runNode.cts';
import { credentialOf, LOOK_UP, OF_ITEM, SUBJECTS, type Naming } from '../harness/subjects.cts';
import {
	crowdPerson,
	SERVICE_NAMES,
	startSimulators,
	type AccountState,
	type ServiceName,
	type Simulator,
	type Simulators,
} from '../simulators/index.cts';

/** The seed of all chance. Another one: `FAULT_SEED=7 npm run test:faults`. */
const SEED_OF_CHANCE = Number(process.env.FAULT_SEED ?? 20_261_121);

const ACCOUNTS = 1000;
const AUTOMATIC = 0;
const FEWER = 200;
const NOBODIES = 20;
/** Every so manieth account was deactivated before the run. */
const DONE_BEFORE = 10;

/** What a run was about. */
interface Item {
	/** How the simulator calls the account; nobody has it if `isNobody`. */
	readonly id: string;
	readonly isNobody: boolean;
	readonly json: IDataObject;
}

/** What came out for one input item. */
interface Outcome {
	readonly branch: 'done' | 'failed';
	readonly json: IDataObject;
}

/** The state of every account of a simulator, by id. */
type States = ReadonlyMap<string, AccountState>;

const statesOf = (simulator: Simulator): States =>
	new Map(simulator.accounts().map(({ id, state }) => [id, state]));

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

	expect(disagreements(service, items, outcomesOf(execution), before, statesOf(simulator))).toEqual(
		[],
	);
	// A request that the documentation does not allow would be a fault as well.
	expect(simulator.violations).toEqual([]);
	// The weather was bad.
	const faults = requests.filter(({ fault }) => fault !== undefined);
	expect(faults.length / requests.length).toBeGreaterThan(0.2);
	return requests;
}

/**
 * Compares, account by account, what a run says with what the simulator knows: nothing lost, nothing
 * twice, nothing reported that did not happen. Gives what does not agree, in words.
 */
function disagreements(
	service: ServiceName,
	items: readonly Item[],
	outcomes: ReadonlyMap<number, readonly Outcome[]>,
	before: States,
	after: States,
): string[] {
	const meant = new Set(items.map(({ id }) => id));
	return [
		...items.flatMap((item, index) => {
			const own = outcomes.get(index) ?? [];
			const [only] = own;
			if (!only || own.length > 1) return [`${item.id}: came out ${own.length} times`];
			const [was, is] = [before.get(item.id), after.get(item.id)];
			const problem =
				only.branch === 'done'
					? wrongRecord(only.json, item, was, is)
					: wrongError(service, only.json, item, was, is);
			return problem === undefined ? [] : [`${item.id} (${was} → ${is}): ${problem}`];
		}),
		...[...after].flatMap(([id, state]) =>
			meant.has(id) || state === before.get(id) ? [] : [`${id}: was touched, and nobody meant it`],
		),
	];
}

/** What the node of a service put out, by input item. */
function outcomesOf(execution: Execution): Map<number, Outcome[]> {
	const outcomes = new Map<number, Outcome[]>();
	for (const [index, items] of execution.output(NODE_NAME).entries()) {
		const branch = index === 0 ? 'done' : 'failed';
		for (const { json, pairedItem } of items) {
			const { item } = pairedItem as { item: number };
			outcomes.set(item, [...(outcomes.get(item) ?? []), { branch, json }]);
		}
	}
	return outcomes;
}

function wrongRecord(
	record: IDataObject,
	{ isNobody }: Item,
	was: AccountState | undefined,
	is: AccountState | undefined,
): string | undefined {
	const { outcome, changed, warning } = record;
	// A conclusion from an answer that got lost says that it is one.
	const isConcluded = typeof warning === 'string';
	if (isNobody && !isConcluded) return `nobody has it, and the outcome is ${String(outcome)}`;
	switch (outcome) {
		case 'deactivated':
			if (changed !== true) return 'deactivated, but not changed';
			if (!isNobody && is !== 'deactivated') return 'reported as deactivated';
			return was === 'deactivated' && !isConcluded ? 'was so before' : undefined;
		case 'alreadyDeactivated':
			if (changed !== false) return 'already deactivated, but changed';
			if (is !== 'deactivated') return 'reported as deactivated';
			return was === 'deactivated' || isConcluded ? undefined : 'was not so before';
		default:
			return `has the outcome ${String(outcome)}`;
	}
}

function wrongError(
	service: ServiceName,
	{ error, details, employee }: IDataObject,
	item: Item,
	was: AccountState | undefined,
	is: AccountState | undefined,
): string | undefined {
	if (employee !== item.json.employee) return 'was not merged with its input';
	const { reason, description } = (details ?? {}) as { reason?: unknown; description?: unknown };
	// Nobody has this address. At Langdock and Odeus, the same answer is given for who is deactivated.
	const mayFail =
		reason === 'notFound' &&
		(item.isNobody || (!SUBJECTS[service].canLookUp && is === 'deactivated'));
	if (!mayFail) return `failed: ${String(error)} ${String(description)}`;
	const isHonest = String(description).includes("isn't known whether the user was changed");
	return was !== is && !isHonest ? 'was changed, and the error does not say so' : undefined;
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
