import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { itemContext, toErrorItem, toNodeError } from './errors';
import { Failure } from '../model/failure';
import type { Options } from '../parameters/options';
import { accountOf, operationOf, parallelRequests, planItems } from './plan';
import { toRawOutput, type OffboardingRecord } from '../model/record';
import { reportProgress } from './report';
import { runTasks } from './run';
import type { Service } from '../users/service';
import { isTool } from './tool';
import { createWork, type Done } from './work';

/** The `execute` of a service's node, which n8n calls with the execution as `this`. */
export function executor(service: Service) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, service);
	};
}

/**
 * Runs one node of a service over all its input items.
 *
 * All parameters are checked before the first request. With 'On Error: Continue' every input item
 * comes out exactly once; an error thrown then would send all of them, unchanged, to the success
 * output.
 *
 * @throws NodeApiError | NodeOperationError if the node stops on errors: then no further account is
 * begun, and those under way are finished
 */
export async function execute(
	context: IExecuteFunctions,
	service: Service,
): Promise<INodeExecutionData[][]> {
	const operation = operationOf(context, service);
	// Of an error that a tool throws, n8n's AI Agent of version 2 tells the model nothing.
	const stops = !context.continueOnFail() && !isTool(context);
	const tasks = planItems(context, operation);
	const contextOf = (itemIndex: number) =>
		itemContext(service, operation, accountOf(tasks[itemIndex]), itemIndex);

	const refused = tasks.findIndex((task) => task instanceof Failure);
	const refusal = tasks[refused];
	if (stops && refusal instanceof Failure) {
		throw toNodeError(context.getNode(), refusal, contextOf(refused));
	}

	const results = await runTasks(
		tasks,
		createWork(context, service),
		parallelRequests(tasks),
		(result) => stops && result instanceof Failure,
	);
	const failed = results.findIndex((result) => result instanceof Failure);
	const failure = results[failed];
	if (stops && failure instanceof Failure) {
		const others = tasks.flatMap((task, index) => {
			const account = index === failed ? undefined : accountOf(task);
			return account ? [{ account, result: progressOf(results[index]) }] : [];
		});
		throw toNodeError(context.getNode(), failure, contextOf(failed), reportProgress(others));
	}

	const toItem = (result: Done | Failure, item: number): INodeExecutionData =>
		result instanceof Failure
			? toErrorItem(context.getNode(), result, contextOf(item))
			: { json: toJson(result.record, result.options), pairedItem: { item } };
	return [results.flatMap((result, item) => (result ? [toItem(result, item)] : []))];
}

function progressOf(result: Done | Failure | undefined) {
	return result instanceof Failure ? result : result?.record.outcome;
}

function toJson(record: OffboardingRecord, { output }: Options): IDataObject {
	return output === 'raw' ? toRawOutput(record.response) : { ...record };
}
