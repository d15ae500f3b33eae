import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Failure } from '../model/failure';
import { toOutput, type AccountRow, type OffboardingRecord } from '../model/record';
import { forModel } from '../model/text';
import type { Options } from '../parameters/options';
import type { Operation } from '../users/service';
import { toErrorItem, type ItemContext } from './errors';
import { addRunHints, FAILED, RESULT_WORDS } from './hints';
import type { Task } from './plan';

/** What came of an item that did not fail: of one account, or a list of them. */
export type Result = { record: OffboardingRecord } | { rows: readonly AccountRow[] };

/** The same, with what matters for the output. */
export type Done = Result & {
	options: Options;
	/** Which app it was, where one service stands for many. */
	app?: string | undefined;
};

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
			results: results.flatMap((result) => {
				if (result && 'rows' in result) return [];
				return result && 'record' in result ? RESULT_WORDS[result.record.outcome] : FAILED;
			}),
			canVerify: operation !== undefined && Object.hasOwn(operation.options, 'verify'),
			dryRuns: tasks.filter((task) => 'options' in task && task.options.dryRun).length,
			records: results.flatMap((result) => (result && 'record' in result ? result.record : [])),
			unreadable: results
				.flatMap((result) => (result && 'rows' in result ? result.rows : []))
				.filter(({ warning }) => warning !== undefined).length,
		});
	}
	const toItems = (result: Done | Failure, item: number): INodeExecutionData[] => {
		if (result instanceof Failure) return [toErrorItem(context.getNode(), result, contextOf(item))];
		return jsonOf(result).map((json) => ({
			json: asTool ? forModel(json) : json,
			pairedItem: { item },
		}));
	};
	return results.flatMap((result, item) => (result ? toItems(result, item) : []));
}

function jsonOf(result: Done): IDataObject[] {
	if ('rows' in result) return result.rows.map((row) => ({ ...row, emails: [...row.emails] }));
	return [toOutput(result.record, result.options.output)];
}
