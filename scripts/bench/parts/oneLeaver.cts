import { byId } from '../../../test/harness/locators.cts';
import { credentialOf } from '../../../test/harness/subjects.cts';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from '../../../test/simulators/index.cts';
import type { Simulators } from '../../../test/simulators/index.cts';
import { thin, turn } from '../sides.cts';
import { takeTurns } from '../turns.cts';
import type { Bench, PartReport, Turn, Verdict } from '../turns.cts';

const LATENCY_MS = 100;

/**
 * How many requests of the slowest service, ZITADEL, need the answer of the one before: it is searched
 * for the address, the user is read by ID, since a list may be out of date, and deactivated, the open
 * sessions are listed and ended, and listed again. All other requests can be sent at the same time.
 */
const CHAIN = 6;

/** A round takes a third of a second: with more of them, chance counts less. */
const LEAST_ROUNDS = 9;

/** Whether one person costs no more time at six services than at the slowest of them. */
export async function oneLeaver(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = {
		offboardUser,
		// The same number of requests, one after the other: what n8n itself needs for them is in it.
		chain: turn(thin(1), CHAIN, { latencyMs: LATENCY_MS }),
	};
	const { ratio, showings } = await takeTurns(bench, turns, Math.max(LEAST_ROUNDS, rounds));
	return {
		figures: { ratioToSlowestChain: ratio('offboardUser', 'chain') },
		atMost: { ratioToSlowestChain: 1.15 },
		turns: showings,
	};
}

const LEAVER = STAFF.leaver.email;
const { organizationId, departments } = SEED.aitronos;

/** Offboard User with services of its own: the simulators, since each service has its own requests. */
const offboardUser: Turn = {
	users: 1,
	async open() {
		const simulators = await startSimulators({ latencyMs: LATENCY_MS });
		const parameters = {
			services: SERVICE_NAMES,
			operation: 'deactivate',
			email: '={{ $json.email }}',
			aitronosOrganizationId: byId(organizationId),
			aitronosTransferResourcesToDepartmentId: byId(departments.transferTarget),
		};
		const all = SERVICE_NAMES.map((name) => credentialOf(name, simulators[name].baseUrl));
		return {
			people: { count: 1, pattern: LEAVER },
			nodes: [{ type: 'n8n-nodes-offboarding.offboardUser', parameters }],
			credentials: Object.assign({}, ...all) as Record<string, object>,
			judge: (items) => judge(items, simulators),
		};
	},
};

function judge(items: readonly unknown[], simulators: Simulators): Verdict {
	const all = SERVICE_NAMES.map((name) => simulators[name]);
	const [item] = items as ReadonlyArray<{ complete?: unknown } | undefined>;
	const active = all.filter((service) => service.account(LEAVER)?.state !== 'deactivated');
	const counts = all.map(({ requests }) => requests.length);
	const longest = Math.max(...counts);
	const problems = [
		(items.length !== 1 || item?.complete !== true) && `it says ${JSON.stringify(items)}`,
		active.length > 0 && `the leaver is active at ${active.map(({ name }) => name).join(', ')}`,
		all.some(({ violations }) => violations.length > 0) && 'a service objects to a request',
		longest < CHAIN &&
			`no service was sent more than ${longest} requests, so no chain is that long`,
	];
	const requests = counts.reduce((sum, count) => sum + count);
	return { problems, done: 1, requests };
}
