import { Problem } from './problem.cts';

/** What `n8n execute --rawOutput` prints, as far as it is used here. */
export interface Execution {
	readonly status: string;
	readonly data: {
		readonly resultData: {
			readonly runData: Readonly<Record<string, readonly NodeRun[]>>;
		};
	};
}

interface NodeRun {
	/** Milliseconds. */
	readonly executionTime: number;
	readonly data?: {
		readonly main: ReadonlyArray<ReadonlyArray<{ readonly json: unknown }> | null>;
	};
}

/** Finds the execution in that output: other lines of n8n's log may come before and after it. */
export function readExecution(output: string): Execution {
	const [json] = /^\{$[^]*?^\}$/m.exec(output) ?? [];
	if (json === undefined) throw new Problem(`n8n printed no execution:\n${output.slice(-4000)}`);
	return JSON.parse(json) as Execution;
}

/** The items that a node put out on one of its outputs, in all its runs. */
export function itemsOf(execution: Execution, nodeName: string, output = 0): unknown[] {
	return runsOf(execution, nodeName).flatMap(({ data }) =>
		(data?.main[output] ?? []).map(({ json }) => json),
	);
}

/** How many milliseconds a node took by n8n's own record, in its only run. */
export function timeOf(execution: Execution, nodeName: string): number {
	const [run] = runsOf(execution, nodeName);
	return run.executionTime;
}

function runsOf(execution: Execution, nodeName: string): readonly [NodeRun, ...NodeRun[]] {
	const [first, ...others] = execution.data.resultData.runData[nodeName] ?? [];
	if (first === undefined) throw new Problem(`The node '${nodeName}' was not reached.`);
	return [first, ...others];
}
