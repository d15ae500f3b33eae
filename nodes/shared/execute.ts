import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { connect } from './executionTransport';
import { Failure } from './failure';
import type { Options } from './options';
import { planItems, type Task } from './plan';
import { toRawOutput, toRecord, type OffboardingRecord } from './record';
import { createReport } from './report';
import { createApi } from './request';
import { runItems } from './run';
import type { Service } from './service';
import { createMemo } from './session';
import { settleNotFound } from './settle';

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
 * @throws NodeApiError | NodeOperationError if the node stops on errors
 */
export async function execute(
	context: IExecuteFunctions,
	service: Service,
): Promise<INodeExecutionData[][]> {
	const operation = context.getNodeParameter('operation', 0) as string;
	const report = createReport(context, service, operation);
	const tasks = planItems(context, service.operations[operation]);

	const invalid = tasks.findIndex((task) => task instanceof Failure);
	if (invalid !== -1 && !context.continueOnFail()) report.fail(tasks[invalid], invalid);

	const once = createMemo();
	const perform = async (task: Task | Failure, item: number): Promise<INodeExecutionData> => {
		if (task instanceof Failure) return report.fail(task, item);
		const { prepared, options, warning } = task;
		try {
			const connection = await once('connection', async () => await connectFrom(context, service));
			const api = createApi(connection, service.errors, options.timeout * 1000);
			const change = await settleNotFound(prepared.perform({ api, once }, options), options);
			const record = toRecord(
				{ service: service.name, operation, account: prepared.account },
				{ ...change, ...(warning !== undefined && { warning }) },
			);
			report.done(record);
			return { json: toJson(record, options), pairedItem: { item } };
		} catch (error) {
			return report.fail(error, item, prepared.account);
		}
	};
	return [await runItems(tasks, perform)];
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
