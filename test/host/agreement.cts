import { SERVICE_NAMES, STAFF } from '../simulators/index.cts';
import type { AccountState, ServiceName, Simulators } from '../simulators/index.cts';
import type { Instance } from './instance.cts';
import { LEAVER_WORKFLOW_ID, resultOf, UNDO_WORKFLOW_ID, type ResultRow } from './offboarding.cts';
import { changedBetween, stateAt, statesOf, type States } from './staff.cts';

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
	readonly before: States;
	readonly after: States;
}

/** Runs the workflow that leads to the outcome, and notes what the services know before and after. */
export async function runPass(
	instance: Instance,
	simulators: Simulators,
	expected: ExpectedOutcome,
): Promise<Pass> {
	const before = statesOf(simulators);
	const rows = resultOf(await instance.execute(EXPECTATIONS[expected].workflow));
	return { expected, rows, before, after: statesOf(simulators) };
}

/** Every way in which the result and the simulators' own state disagree, in plain sentences. */
export function disagreements(pass: Pass): string[] {
	const { rows, before, after } = pass;
	const ofServices = SERVICE_NAMES.flatMap((service) => {
		const [row, ...more] = rows.filter((one) => one.service === service);
		const problems = row && more.length === 0 ? problemsOf(row, service, pass) : ['not one result'];
		return problems.map((problem) => `${service}: ${problem}`);
	});
	const ofOthers = changedBetween(before, after)
		.filter((change) => !change.includes(` ${STAFF.leaver.email} `))
		.map((change) => `somebody else's account was changed: ${change}`);
	return [...ofServices, ...ofOthers];
}

function problemsOf(row: ResultRow, service: ServiceName, pass: Pass): string[] {
	const { done, state }: Expectation = EXPECTATIONS[pass.expected];
	const was = stateAt(pass.before, service, STAFF.leaver.email);
	const is = stateAt(pass.after, service, STAFF.leaver.email);
	// Not to know a state is allowed: some services do not tell. To be wrong about it is not.
	const differs = (claimed = 'unknown', really?: string) =>
		claimed !== 'unknown' && claimed !== really;
	return [
		row.error !== undefined && `failed: ${row.error}`,
		row.outcome !== pass.expected && `the outcome is ${row.outcome}, expected was ${pass.expected}`,
		row.done !== done && `the result says that the account is ${row.done ? '' : 'not '}done`,
		row.changed !== (was !== is) && `changed is ${row.changed}, the simulator says ${was !== is}`,
		is !== state(service) && `the simulator's account is ${is}`,
		differs(row.stateBefore, was) && `the state before was ${was}`,
		differs(row.stateAfter, is) && `the state after is ${is}`,
	].filter((problem) => problem !== false);
}

/** Requests that a service's documentation does not allow. */
export function violationsOf(simulators: Simulators): string[] {
	return SERVICE_NAMES.flatMap((service) =>
		simulators[service].violations.map(
			({ method, path, problem }) => `${service}: ${method} ${path} is not allowed: ${problem}`,
		),
	);
}
