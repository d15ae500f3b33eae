import { itemsOf, timeOf } from '../../test/host/execution.cts';
import type { Host } from '../../test/host/install.cts';
import type { Instance } from '../../test/host/instance.cts';
import type { BenchService } from './service.cts';
import { median, medianOf, rotate } from './statistics.cts';
import { credentialsFor, MEMORY_NODE, namesOf, WORKFLOW_ID, workflowFor } from './workflow.cts';

/** All that a part of the benchmark measures with. */
export interface Bench {
	readonly host: Host;
	readonly instance: Instance;
	readonly service: BenchService;
	/** The package as npm gets it. */
	readonly tarball: string;
}

/** A node as in a workflow, with the data of its credentials by their type. */
export interface TurnNode {
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: object;
	readonly credentials: Readonly<Record<string, object>>;
	/** A node that needs to work before it, with the same credentials; its time counts too. */
	readonly before?: Omit<TurnNode, 'credentials' | 'before'>;
}

/** What a turn achieved. */
export interface Verdict {
	/** Users that the node rightly says are done. */
	readonly done: number;
	/** Users that the service has deactivated although the node does not say so. */
	readonly unreported: number;
	/** Requests that change a user. */
	readonly requests: number;
	/** Share of all requests that were sent while too many others were under way. */
	readonly shareBeyond: number;
}

/** A turn that is about to be taken. */
export interface OpenTurn {
	/** How many, and their address, with an asterisk for their number. */
	readonly people: { readonly count: number; readonly pattern: string };
	readonly node: TurnNode;
	/** Holds what came out against the truth. @throws Problem if it is wrong */
	judge(items: readonly unknown[]): Verdict;
}

/** One node that works on so many people. */
export interface Turn {
	/** For people. */
	readonly title: string;
	readonly users: number;
	/** Opens a place of its own for each round. A warm-up may be shorter. */
	open(bench: Bench, round: { name: string; isWarmUp: boolean }): OpenTurn | Promise<OpenTurn>;
}

/** What came of a turn. */
export interface TakenTurn extends Verdict {
	readonly milliseconds: number;
}

/** What came of all rounds of one turn. */
export interface Showing {
	readonly title: string;
	readonly users: number;
	readonly medianMs: number;
	readonly roundsMs: readonly number[];
	/** Of the worst round. */
	readonly done: number;
	readonly unreported: number;
	readonly requestsPerUser: number;
}

/** What one process of n8n did. */
export interface Taken<Name extends string> {
	readonly rounds: ReadonlyArray<Readonly<Record<Name, TakenTurn>>>;
	readonly showings: Readonly<Record<Name, Showing>>;
	/** The time of one turn as a share of another's in the same round. */
	ratio(one: Name, other: Name): number;
	/** The most memory that it had. */
	readonly peakKilobytes: number;
}

/**
 * Lets n8n take turns in one execution, in rounds that each begin with another turn: what differs
 * between two processes, or between two moments on a shared machine, meets all turns alike. A
 * warm-up comes before, because code that has run before is faster.
 */
export async function takeTurns<Name extends string>(
	bench: Bench,
	turns: Readonly<Record<Name, Turn>>,
	roundCount: number,
	{ warmUp = true } = {},
): Promise<Taken<Name>> {
	const names = Object.keys(turns) as Name[];
	const opened = [];
	for (let round = warmUp ? 0 : 1; round <= roundCount; round++) {
		for (const turn of rotate(names, round)) {
			const name = `${turn}-${round}`;
			const open = await turns[turn].open(bench, { name, isWarmUp: round === 0 });
			opened.push({ round, turn, name, ...open });
		}
	}
	await bench.instance.importCredentials(credentialsFor(opened));
	await bench.instance.importWorkflow(workflowFor(opened));
	const execution = await bench.instance.execute(WORKFLOW_ID);

	const taken = opened.map(({ round, turn, name, node, judge }) => {
		const verdict = judge(itemsOf(execution, name));
		const milliseconds = namesOf({ name, node }).reduce(
			(sum, one) => sum + timeOf(execution, one),
			0,
		);
		return { round, turn, result: { ...verdict, milliseconds } };
	});
	const rounds = Array.from({ length: roundCount }, (_, index) => {
		const ofRound = taken.filter(({ round }) => round === index + 1);
		const entries = ofRound.map(({ turn, result }) => [turn, result]);
		return Object.fromEntries(entries) as Record<Name, TakenTurn>;
	});
	const showings = names.map((name) => {
		const ofTurn = rounds.map((round) => round[name]);
		return [name, showingOf(turns[name], ofTurn)];
	});
	const [memory] = itemsOf(execution, MEMORY_NODE) as ReadonlyArray<{ peakKilobytes: number }>;
	return {
		rounds,
		showings: Object.fromEntries(showings) as Record<Name, Showing>,
		ratio: (one, other) =>
			medianOf(rounds, (round) => round[one].milliseconds / round[other].milliseconds),
		peakKilobytes: memory?.peakKilobytes ?? NaN,
	};
}

function showingOf({ title, users }: Turn, taken: readonly TakenTurn[]): Showing {
	const roundsMs = taken.map(({ milliseconds }) => milliseconds);
	return {
		title,
		users,
		medianMs: median(roundsMs),
		roundsMs,
		done: Math.min(...taken.map(({ done }) => done)),
		unreported: Math.max(...taken.map(({ unreported }) => unreported)),
		requestsPerUser: median(taken.map(({ requests }) => requests)) / users,
	};
}
