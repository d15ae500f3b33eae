import { SERVICE_NAMES, STAFF } from '../simulators/index.cts';
import type { AccountSnapshot, ServiceName, Simulators } from '../simulators/index.cts';
import type { Instance } from './instance.cts';
import { LEAVER_WORKFLOW_ID, resultOf } from './offboarding.cts';
import type { ResultRow } from './offboarding.cts';

/** All accounts at all services at one moment. */
type Staff = Readonly<Record<ServiceName, readonly AccountSnapshot[]>>;

/** One run of the workflow: what it says, and what the services knew before and after it. */
export interface Pass {
	readonly expected: 'deactivated' | 'alreadyDeactivated';
	readonly rows: readonly ResultRow[];
	readonly before: Staff;
	readonly after: Staff;
}

/** Runs the example workflow, and notes what the services know before and after it. */
export async function runPass(
	instance: Instance,
	simulators: Simulators,
	expected: Pass['expected'],
): Promise<Pass> {
	const before = staffOf(simulators);
	const rows = resultOf(await instance.execute(LEAVER_WORKFLOW_ID));
	return { expected, rows, before, after: staffOf(simulators) };
}

/** Every way in which the result and the simulators' own state disagree, in plain sentences. */
export function disagreements({ expected, rows, before, after }: Pass): string[] {
	const services = SERVICE_NAMES.flatMap((service) => {
		const own = rows.filter((row) => row.service === service);
		const [row] = own;
		if (row === undefined || own.length > 1) {
			return [`${service}: ${own.length} results instead of one`];
		}
		return problemsOf(row, expected, leaverAmong(before[service]), leaverAmong(after[service])).map(
			(problem) => `${service}: ${problem}`,
		);
	});
	const strangers = rows.length - SERVICE_NAMES.length;
	return [
		...services,
		...(strangers > 0 ? [`${strangers} results more than there are services`] : []),
		...othersTouched(before, after),
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

function staffOf(simulators: Simulators): Staff {
	const entries = SERVICE_NAMES.map((service) => [service, simulators[service].accounts()]);
	return Object.fromEntries(entries) as Staff;
}

function problemsOf(
	row: ResultRow,
	expected: string,
	before: AccountSnapshot | undefined,
	after: AccountSnapshot | undefined,
): string[] {
	const really = before?.state !== after?.state;
	return [
		row.error !== undefined && `failed: ${row.error}`,
		row.outcome !== expected && `the outcome is ${row.outcome}, expected was ${expected}`,
		!row.done && 'the result does not say that the account is done',
		row.changed !== really && `changed is ${row.changed}, the simulator says ${really}`,
		after?.state !== 'deactivated' && `the simulator's account is ${after?.state}`,
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

function othersTouched(before: Staff, after: Staff): string[] {
	return SERVICE_NAMES.flatMap((service) => {
		const states = (staff: Staff): string =>
			JSON.stringify(staff[service].filter(({ email }) => email !== STAFF.leaver.email));
		return states(before) === states(after)
			? []
			: [`${service}: somebody else's account was changed`];
	});
}
