import { itemsOf, timeOf } from '../../test/host/execution.cts';
import type { Host } from '../../test/host/install.cts';
import type { Instance } from '../../test/host/instance.cts';
import type { Conditions, Ledger } from './place.cts';
import type { BenchService } from './service.cts';
import type { SideName } from './sides.cts';
import { rotate } from './statistics.cts';
import { credentialsFor, MEMORY_NODE, WORKFLOW_ID, workflowFor } from './workflow.cts';

/** All that a part of the benchmark measures with. */
export interface Bench {
	readonly host: Host;
	readonly instance: Instance;
	readonly service: BenchService;
	/** The package as npm gets it. */
	readonly tarball: string;
}

/** One side that works once on so many people. */
export interface Turn {
	readonly side: SideName;
	/** 0 is the round before the first one that counts. */
	readonly round: number;
	readonly users: number;
}

/** What came of a turn. */
export interface TakenTurn extends Turn {
	readonly milliseconds: number;
	readonly items: readonly unknown[];
	readonly ledger: Ledger;
}

/** What one process of n8n did. */
export interface Taken {
	readonly turns: readonly TakenTurn[];
	/** The most memory that it had. */
	readonly peakKilobytes: number;
}

/** So many rounds of the same turns, each round beginning with another of them. */
export function inRounds(turns: ReadonlyArray<Omit<Turn, 'round'>>, rounds: number): Turn[] {
	return Array.from({ length: rounds }, (_, index) =>
		rotate(turns, index).map((turn) => ({ ...turn, round: index + 1 })),
	).flat();
}

/**
 * Lets n8n take turns in one execution: what differs between two processes, or between two moments
 * on a shared machine, meets all sides alike.
 */
export async function takeTurns(
	{ instance, service }: Bench,
	turns: readonly Turn[],
	conditions: Conditions,
): Promise<Taken> {
	const opened = turns.map((turn) => {
		const name = `${turn.side}-${turn.users}-${turn.round}`;
		return { ...turn, name, ...service.open(name, turn.users, conditions) };
	});
	await instance.importCredentials(credentialsFor(opened));
	await instance.importWorkflow(workflowFor(opened));
	const execution = await instance.execute(WORKFLOW_ID);
	const [memory] = itemsOf(execution, MEMORY_NODE) as ReadonlyArray<{ peakKilobytes: number }>;
	return {
		turns: opened.map(({ side, round, users, name, ledger }) => ({
			side,
			round,
			users,
			milliseconds: timeOf(execution, name),
			items: itemsOf(execution, name),
			ledger,
		})),
		peakKilobytes: memory?.peakKilobytes ?? NaN,
	};
}
