import { itemsOf, timeOf } from '../../test/host/execution.cts';
import type { Host } from '../../test/host/install.cts';
import type { Instance } from '../../test/host/instance.cts';
import { Problem } from '../../test/host/problem.cts';

/** All that a part of the benchmark measures with. */
export interface Bench {
	readonly host: Host;
	readonly instance: Instance;
	/** The package as npm gets it. */
	readonly tarball: string;
}

/** What came of one part of the benchmark. */
export interface PartReport {
	/** What the part is about. */
	readonly figures: Readonly<Record<string, number>>;
	/** For figures that have a target: what they may be at most, or must be at least. */
	readonly atMost: Readonly<Record<string, number>>;
	readonly atLeast?: Readonly<Record<string, number>>;
	/** What the figures come from. */
	readonly turns?: Readonly<Record<string, Showing>>;
}

/** What a turn achieved. */
export interface Verdict {
	/** What is wrong with it, so that it does not count: a node may be quick but wrong. */
	readonly problems: ReadonlyArray<string | false>;
	/** Users that the node rightly says are done. */
	readonly done: number;
	/** Requests that change a user. */
	readonly requests: number;
	/** Share of all requests that were sent while too many others were under way. */
	readonly shareBeyond?: number;
}

/** A node as in a workflow. */
export interface TurnNode {
	readonly type: string;
	/** The first if not given. */
	readonly typeVersion?: number;
	readonly parameters: object;
}

/** A turn that is about to be taken. */
export interface OpenTurn {
	/** How many, and their address, with an asterisk for their number. */
	readonly people: { readonly count: number; readonly pattern: string };
	/** They work one after the other, and the time of all counts. */
	readonly nodes: readonly TurnNode[];
	/** Their data by type. */
	readonly credentials: Readonly<Record<string, object>>;
	/** Holds what came out against the truth. */
	judge(items: readonly unknown[]): Verdict;
}

/** Some nodes that work on so many people. */
export interface Turn {
	readonly users: number;
	/** Opens a service of its own for each round. A warm-up may be shorter. */
	open(isWarmUp: boolean): Promise<OpenTurn>;
}

type TakenTurn = Verdict & { readonly milliseconds: number };

/** What came of all rounds of one turn. */
export type Showing = ReturnType<typeof showingOf>;

/**
 * Lets n8n take turns in one execution, in rounds that each begin with another turn: what differs
 * between two processes, or between two moments on a shared machine, meets all turns alike. A
 * warm-up comes before, because code that has run before is faster.
 */
export async function takeTurns<Name extends string>(
	{ instance }: Bench,
	turns: Readonly<Record<Name, Turn>>,
	roundCount: number,
	{ warmUp = true } = {},
) {
	const names = Object.keys(turns) as Name[];
	const opened = [];
	for (let round = warmUp ? 0 : 1; round <= roundCount; round++) {
		const first = round % names.length;
		for (const name of [...names.slice(first), ...names.slice(0, first)]) {
			const { credentials, ...turn } = await turns[name].open(round === 0);
			const named = Object.entries(credentials).map(([type, data]) => {
				const id = `${name}-${round}-${type}`;
				return { id, name: id, type, data: { ...data } };
			});
			const nodeNames = turn.nodes.map((_, index) => `${name}-${round}-${index}`);
			opened.push({ round, name, ...turn, credentials: named, nodeNames });
		}
	}
	await instance.importCredentials(opened.flatMap(({ credentials }) => credentials));
	await instance.importWorkflow(workflowFor(opened));
	const execution = await instance.execute(WORKFLOW_ID);

	const taken = opened.map(({ round, name, nodeNames, judge }) => {
		const verdict = judge(itemsOf(execution, nodeNames.at(-1) ?? ''));
		refuse(`The side '${name}'`, verdict.problems);
		const times = nodeNames.map((node) => timeOf(execution, node));
		const result = { ...verdict, milliseconds: times.reduce((sum, time) => sum + time) };
		return { round, name, result };
	});
	const rounds = Array.from({ length: roundCount }, (_, index) => {
		const ofRound = taken.filter(({ round }) => round === index + 1);
		const entries = ofRound.map(({ name, result }) => [name, result]);
		return Object.fromEntries(entries) as Record<Name, TakenTurn>;
	});
	const showings = names.map((name) => [
		name,
		showingOf(
			turns[name],
			rounds.map((round) => round[name]),
		),
	]);
	const [memory] = itemsOf(execution, MEMORY) as ReadonlyArray<{ peakKilobytes: number }>;
	return {
		rounds,
		showings: Object.fromEntries(showings) as Record<Name, Showing>,
		/** The time of one turn as a share of another's in the same round. */
		ratio: (one: Name, other: Name) =>
			medianOf(rounds, (round) => round[one].milliseconds / round[other].milliseconds),
		/** The most memory that n8n had. */
		peakKilobytes: memory?.peakKilobytes ?? NaN,
	};
}

const WORKFLOW_ID = 'bench';
/** The node that tells at the end how much memory n8n took. */
const MEMORY = 'Memory';

type NamedTurn = Pick<OpenTurn, 'people' | 'nodes'> & {
	readonly credentials: ReadonlyArray<{ id: string; name: string; type: string }>;
	readonly nodeNames: readonly string[];
};

/** The turns one after the other. A failing account ends nothing, so that the others are seen too. */
function workflowFor(turns: readonly NamedTurn[]): object {
	const nodes = [
		node('Start', { type: 'n8n-nodes-base.manualTrigger' }),
		...turns.flatMap((turn) => [
			node(`People of ${turn.nodeNames[0]}`, {
				type: 'n8n-nodes-bench.people',
				parameters: turn.people,
			}),
			...turn.nodes.map((own, index) =>
				node(turn.nodeNames[index] ?? '', {
					...own,
					credentials: Object.fromEntries(
						turn.credentials.map(({ id, name, type }) => [type, { id, name }]),
					) as object,
					onError: 'continueRegularOutput',
				}),
			),
		]),
		node(MEMORY, { type: 'n8n-nodes-bench.memory' }),
	];
	const connections = nodes.slice(1).map(({ name }, index) => {
		const main = [[{ node: name, type: 'main', index: 0 }]];
		return [nodes[index]?.name, { main }] as const;
	});
	return {
		id: WORKFLOW_ID,
		name: 'Benchmark',
		active: false,
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
		nodes,
		connections: Object.fromEntries(connections) as object,
	};
}

function node(name: string, own: Partial<TurnNode> & { credentials?: object; onError?: string }) {
	return { id: name, name, typeVersion: 1, position: [0, 0], parameters: {}, ...own };
}

function showingOf({ users }: Turn, taken: readonly TakenTurn[]) {
	const roundsMs = taken.map(({ milliseconds }) => milliseconds);
	return {
		users,
		medianMs: median(roundsMs),
		roundsMs,
		/** Of the worst round. */
		done: Math.min(...taken.map(({ done }) => done)),
		requestsPerUser: median(taken.map(({ requests }) => requests)) / users,
	};
}

/** @throws Problem if there is one */
export function refuse(what: string, problems: Verdict['problems']): void {
	const found = problems.filter((problem) => problem !== false);
	if (found.length > 0) throw new Problem(`${what} does not count: ${found.join('; ')}.`);
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** The median of what each round comes to, with three decimals: no measurement tells more. */
export function medianOf<Round>(rounds: readonly Round[], figure: (round: Round) => number) {
	return Math.round(median(rounds.map(figure)) * 1000) / 1000;
}
