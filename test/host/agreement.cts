import { SERVICE_NAMES, STAFF } from '../simulators/index.cts';
import type {
	AccountSnapshot,
	AccountState,
	ServiceName,
	Simulators,
} from '../simulators/index.cts';
import type { Instance } from './instance.cts';
import { LEAVER_WORKFLOW_ID, resultOf, UNDO_WORKFLOW_ID } from './offboarding.cts';
import type { ResultRow } from './offboarding.cts';

/** All accounts at all services at one moment. */
export type Staff = Readonly<Record<ServiceName, readonly AccountSnapshot[]>>;

/** What a run is expected to come to. */
interface Expectation {
	readonly workflow: typeof LEAVER_WORKFLOW_ID | typeof UNDO_WORKFLOW_ID;
	/** Whether the workflow calls the account done. */
	readonly done: boolean;
	/** The state of the account afterwards. */
	readonly state: (service: ServiceName) => AccountState;
}

/** By the outcome that all services are expected to have. */
const EXPECTATIONS = {
	deactivated: { workflow: LEAVER_WORKFLOW_ID, done: true, state: () => 'deactivated' },
	alreadyDeactivated: { workflow: LEAVER_WORKFLOW_ID, done: true, state: () => 'deactivated' },
	wouldDeactivate: { workflow: LEAVER_WORKFLOW_ID, done: false, state: () => 'active' },
	// Langdock and Odeus can only invite again.
	reactivated: {
		workflow: UNDO_WORKFLOW_ID,
		done: true,
		state: (service) => (service === 'langdock' || service === 'odeus' ? 'invited' : 'active'),
	},
} as const satisfies Record<string, Expectation>;

export type ExpectedOutcome = keyof typeof EXPECTATIONS;

/** One run of a workflow: what it says, and what the services knew before and after it. */
export interface Pass {
	readonly expected: ExpectedOutcome;
	readonly rows: readonly ResultRow[];
	readonly before: Staff;
	readonly after: Staff;
}

/** Runs the workflow that leads to the outcome, and notes what the services know before and after. */
export async function runPass(
	instance: Instance,
	simulators: Simulators,
	expected: ExpectedOutcome,
): Promise<Pass> {
	const before = staffOf(simulators);
	const rows = resultOf(await instance.execute(EXPECTATIONS[expected].workflow));
	return { expected, rows, before, after: staffOf(simulators) };
}

/** Every way in which the result and the simulators' own state disagree, in plain sentences. */
export function disagreements({ expected, rows, before, after }: Pass): string[] {
	const { done, state }: Expectation = EXPECTATIONS[expected];
	return [
		...problemsByService(rows, (service, row) =>
			problemsOf(
				row,
				{ outcome: expected, done, state: state(service) },
				leaverAmong(before[service]),
				leaverAmong(after[service]),
			),
		),
		...othersTouched(before, after, [STAFF.leaver.email]),
	];
}

/** Looks at a result's one row for each service, and says so if there is another number of them. */
export function problemsByService(
	rows: readonly ResultRow[],
	problemsOfRow: (service: ServiceName, row: ResultRow) => string[],
): string[] {
	const services = SERVICE_NAMES.flatMap((service) => {
		const own = rows.filter((row) => row.service === service);
		const [row] = own;
		if (row === undefined || own.length > 1) {
			return [`${service}: ${own.length} results instead of one`];
		}
		return problemsOfRow(service, row).map((problem) => `${service}: ${problem}`);
	});
	const strangers = rows.length - SERVICE_NAMES.length;
	return [
		...services,
		...(strangers > 0 ? [`${strangers} results more than there are services`] : []),
	];
}

/** Requests that a service's documentation does not allow. */
export function violationsOf(simulators: Simulators): string[] {
	return SERVICE_NAMES.flatMap((service) =>
		simulators[service].violations.map(
			({ method, path, problem }) => `${service}: ${method} ${path} is not allowed: ${problem}`,
		),
	);
}

/** All accounts as the simulators know them now. */
export function staffOf(simulators: Simulators): Staff {
	const entries = SERVICE_NAMES.map((service) => [service, simulators[service].accounts()]);
	return Object.fromEntries(entries) as Staff;
}

/** Every way in which one result and the account before and after the run disagree. */
export function problemsOf(
	row: ResultRow,
	expected: { outcome: ExpectedOutcome; done: boolean; state: AccountState },
	before: AccountSnapshot | undefined,
	after: AccountSnapshot | undefined,
): string[] {
	const really = before?.state !== after?.state;
	return [
		row.error !== undefined && `failed: ${row.error}`,
		row.outcome !== expected.outcome &&
			`the outcome is ${row.outcome}, expected was ${expected.outcome}`,
		row.done !== expected.done &&
			`the result says that the account is ${row.done ? '' : 'not '}done`,
		row.changed !== really && `changed is ${row.changed}, the simulator says ${really}`,
		after?.state !== expected.state && `the simulator's account is ${after?.state}`,
		differs(row.stateBefore, before) && `the state before was ${before?.state}`,
		differs(row.stateAfter, after) && `the state after is ${after?.state}`,
	].filter((problem) => problem !== false);
}

/** Not to know a state is allowed: some services do not tell. To be wrong about it is not. */
function differs(claimed: string | undefined, account: AccountSnapshot | undefined): boolean {
	return claimed !== undefined && claimed !== 'unknown' && claimed !== account?.state;
}

function leaverAmong(accounts: readonly AccountSnapshot[]): AccountSnapshot | undefined {
	return accounts.find(({ email }) => email === STAFF.leaver.email);
}

/** The services at which somebody who does not leave was changed, in plain sentences. */
export function othersTouched(
	before: Staff,
	after: Staff,
	leavers: ReadonlyArray<string | null>,
): string[] {
	return SERVICE_NAMES.flatMap((service) => {
		const states = (staff: Staff): string =>
			JSON.stringify(staff[service].filter(({ email }) => !leavers.includes(email)));
		return states(before) === states(after)
			? []
			: [`${service}: somebody else's account was changed`];
	});
}
