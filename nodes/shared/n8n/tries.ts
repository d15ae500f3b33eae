import type { IExecuteFunctions } from 'n8n-workflow';

import { Failure } from '../model/failure';
import { changesAccount, type Outcome } from '../model/record';
import { CONCLUDED, DEACTIVATION, REACTIVATION, type Goal } from '../users/outcome';
import { isTool, type Done } from './output';
import type { Task } from './plan';

type Result = Done | Failure;

/** What became of each item of one service in the tries of a run so far, by item and by what it asks. */
type Tries = Map<string, Result>;

interface Run {
	index: number;
	byService: Map<string, Tries>;
}

/** The last run of a node, by what n8n keeps for the node in an execution. */
const lastRuns = new WeakMap<object, Run>();

/**
 * The tries of a run. With 'Retry On Fail' n8n runs the whole node again because of one item: what an
 * earlier try did would then look as if somebody else had done it.
 *
 * An agent calls the node anew for each question: none of its calls is a try of another.
 *
 * @returns how to work on an item with regard to the tries before
 * @see packages/core/src/execution-engine/workflow-execute.ts of n8n
 */
export function acrossTries(context: IExecuteFunctions, service: string) {
	const tries = triesOf(context, service);
	return async (
		{ prepared }: Task,
		itemIndex: number,
		work: () => Promise<Result>,
	): Promise<Result> => {
		// To list accounts again does no harm.
		if (!tries || !('account' in prepared)) return await work();
		const key = JSON.stringify([itemIndex, prepared.operation, prepared.account]);
		const before = tries.get(key);
		if (before && !(before instanceof Failure)) return before;
		const result = withEarlier(before, await work());
		tries.set(key, result);
		return result;
	};
}

function triesOf(context: IExecuteFunctions, service: string): Tries | undefined {
	if (context.getNode().retryOnFail !== true || isTool(context)) return undefined;
	const store = context.getContext('node');
	// A new round of a loop is another run.
	const index = Number(context.getWorkflowDataProxy(0).$runIndex);
	const last = lastRuns.get(store);
	const run = last?.index === index ? last : { index, byService: new Map<string, Tries>() };
	lastRuns.set(store, run);
	const tries = run.byService.get(service) ?? new Map<string, Result>();
	run.byService.set(service, tries);
	return tries;
}

const DONE_BEFORE: ReadonlyMap<Outcome, Goal> = new Map(
	[DEACTIVATION, REACTIVATION].map((goal) => [goal.already, goal]),
);

/** What came of an item, where an earlier try failed after it had, or may have, done something. */
function withEarlier(before: Failure | undefined, result: Result): Result {
	if (!before || before.effect === 'none') return result;
	const { effect } = before;
	const { outcome } = before.facts;
	if (result instanceof Failure) {
		const knowsLess = effect === 'done' || result.effect === 'none';
		return knowsLess ? result.with({ effect, outcome }) : result;
	}
	const goal = 'record' in result ? DONE_BEFORE.get(result.record.outcome) : undefined;
	if (!goal || !('record' in result)) return result;
	const isKnown = outcome !== undefined && changesAccount(outcome);
	const record = {
		...result.record,
		outcome: goal.done,
		changed: true,
		stateBefore: 'unknown' as const,
		...(!isKnown && { warning: CONCLUDED(goal.state) }),
	};
	return { ...result, record };
}
