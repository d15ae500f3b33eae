import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Failure } from '../model/failure';
import { toOutput, type OffboardingRecord } from '../model/record';
import { forModel } from '../model/text';
import type { Options } from '../parameters/options';
import type { Operation } from '../users/service';
import { toErrorItem, type ItemContext } from './errors';
import { addRunHints, FAILED, RESULT_WORDS } from './hints';
import type { Task } from './plan';

/** What came of an item that did not fail. */
export interface Done {
	record: OffboardingRecord;
	options: Options;
}

/**
 * Whether an agent runs the node as its tool, so that a model reads its output. n8n's AI Agent of
 * version 3 runs tools like any node: then only the type tells, to whose name n8n adds `Tool`.
 */
export function isTool(context: IExecuteFunctions): boolean {
	return context.isToolExecution() || context.getNode().type.endsWith('Tool');
}

/** The output of a run that is not stopped by its failures, with the hints above it. */
export function toOutputItems(
	context: IExecuteFunctions,
	tasks: ReadonlyArray<Task | Failure>,
	results: ReadonlyArray<Done | Failure | undefined>,
	contextOf: (itemIndex: number) => ItemContext,
	operation: Pick<Operation, 'options'> | undefined,
): INodeExecutionData[] {
	const asTool = isTool(context);
	if (!asTool) {
		addRunHints(context, {
			results: results.map((result) =>
				result && 'record' in result ? RESULT_WORDS[result.record.outcome] : FAILED,
			),
			canVerify: operation !== undefined && Object.hasOwn(operation.options, 'verify'),
			dryRuns: tasks.filter((task) => 'options' in task && task.options.dryRun).length,
			records: results.flatMap((result) => (result && 'record' in result ? result.record : [])),
		});
	}
	const toItem = (result: Done | Failure, item: number): INodeExecutionData => {
		if (result instanceof Failure) return toErrorItem(context.getNode(), result, contextOf(item));
		const json = toOutput(result.record, result.options.output);
		return { json: asTool ? forModel(json) : json, pairedItem: { item } };
	};
	return results.flatMap((result, item) => (result ? [toItem(result, item)] : []));
}
