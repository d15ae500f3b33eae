import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { asFailure, toErrorItem, toNodeError, type ItemContext } from './errors';
import { connect } from './executionTransport';
import { Failure } from './failure';
import { subjectOf } from './messages';
import type { Options } from './options';
import { createPace } from './pace';
import { parallelRequests, planItems, type Task } from './plan';
import { toRawOutput, toRecord, type Account, type OffboardingRecord } from './record';
import { reportProgress } from './report';
import { createApi } from './request';
import { runTasks } from './run';
import type { Operation, Service } from './service';
import { createRunState } from './session';
import { settleNotFound } from './settle';

/** The `execute` of a service's node, which n8n calls with the execution as `this`. */
export function executor(service: Service) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, service);
	};
}

/** What came of an item that did not fail. */
interface Done {
	record: OffboardingRecord;
	/** As the node puts it out. */
	json: IDataObject;
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
	const stops = !context.continueOnFail() && !context.isToolExecution();
	const tasks = planItems(context, operation);
	const contextOf = (itemIndex: number): ItemContext => {
		const account = accountOf(tasks[itemIndex]);
		const subject = {
			...subjectOf(service),
			...(operation && { operation: operation.option.value }),
			...(account && { account }),
		};
		return { serviceName: service.name, subject, itemIndex };
	};

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
			: { json: result.json, pairedItem: { item } };
	return [results.flatMap((result, item) => (result ? [toItem(result, item)] : []))];
}

/** Nothing if the parameter names none: every object has a `constructor`, and it is no operation. */
function operationOf(context: IExecuteFunctions, { operations }: Service): Operation | undefined {
	const name = context.getNodeParameter('operation', 0);
	return Object.entries(operations).find(([known]) => known === name)?.[1];
}

function accountOf(task: Task | Failure | undefined): Account | undefined {
	return task instanceof Failure ? task.facts.account : task?.prepared.account;
}

function progressOf(result: Done | Failure | undefined) {
	return result instanceof Failure ? result : result?.record.outcome;
}

/** What is done with each item of a run. */
function createWork(context: IExecuteFunctions, service: Service) {
	const signal = context.getExecutionCancelSignal();
	const run = createRunState();
	const pace = createPace(signal);

	const perform = async ({ prepared, options, warning }: Task): Promise<Done> => {
		const connection = await run.once(
			'connection',
			async () => await connectFrom(context, service),
		);
		const patience = {
			timeout: Math.round(options.timeout * 1000),
			maxRetries: options.maxRetries,
		};
		const api = createApi(connection, service.errors, patience, pace, signal);
		const change = await settleNotFound(prepared.perform({ api, ...run }, options), options);
		const record = toRecord(
			{ service: service.name, operation: prepared.operation, account: prepared.account },
			{ ...change, ...(warning !== undefined && { warning }) },
		);
		return { record, json: toJson(record, options) };
	};
	return async (task: Task | Failure): Promise<Done | Failure> =>
		task instanceof Failure ? task : await perform(task).catch(asFailure);
}

/** Connects with the credential that the node is set to. */
export async function connectFrom(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ credentials }: Service,
) {
	const [only, ...others] = credentials;
	const chosen =
		others.length === 0 ? only?.authentication : context.getNodeParameter('authentication', 0);
	const credential = credentials.find(({ authentication }) => authentication === chosen);
	if (credential) return await connect(context, credential.type);
	throw new Failure('invalidInput', {
		summary: "'Authentication' is none that this node has",
		advice: 'Choose an authentication from the list.',
	});
}

function toJson(record: OffboardingRecord, { output }: Options): IDataObject {
	return output === 'raw' ? toRawOutput(record.response) : { ...record };
}
