import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { settleAlreadyDeactivated } from './alreadyDeactivated';
import { asFailure } from './errors';
import { connect } from './executionTransport';
import { Failure } from './failure';
import { optionParameters, readOptions, type Options } from './options';
import { toRawOutput, toRecord, type OffboardingRecord } from './record';
import { createReport } from './report';
import { createApi } from './request';
import { runItems } from './run';
import type { Operation, PreparedOperation, Service } from './service';
import type { Connection } from './transport';

/** An item whose parameters were read and checked. */
interface Task {
	prepared: PreparedOperation;
	options: Options;
}

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
	const operationName = context.getNodeParameter('operation', 0) as string;
	const report = createReport(context, service, operationName);
	const tasks = prepare(context, service, service.operations[operationName]);

	const invalid = tasks.findIndex((task) => task instanceof Failure);
	if (invalid !== -1 && !context.continueOnFail()) report.fail(tasks[invalid], invalid);

	let connection: Promise<Connection> | undefined;
	const perform = async (task: Task | Failure, item: number): Promise<INodeExecutionData> => {
		if (task instanceof Failure) return report.fail(task, item);
		const { prepared, options } = task;
		try {
			connection ??= connect(context, credentialType(context, service));
			const api = createApi(await connection, service.errors, options.timeout * 1000);
			const change = await settleAlreadyDeactivated(prepared.perform(api), options);
			const record = toRecord(
				{ service: service.name, operation: operationName, account: prepared.account },
				change,
			);
			report.done(record);
			return { json: toJson(record, options), pairedItem: { item } };
		} catch (error) {
			return report.fail(error, item, prepared.account);
		}
	};
	return [await runItems(tasks, perform)];
}

/** Reads the parameters of all items; what cannot be read is a failure of its own item. */
function prepare(
	context: IExecuteFunctions,
	service: Service,
	operation: Operation | undefined,
): Array<Task | Failure> {
	const parameters = optionParameters(service);
	return context.getInputData().map((_, itemIndex) => {
		if (!operation) return UNKNOWN_OPERATION;
		const read = (name: string) => context.getNodeParameter(name, itemIndex);
		try {
			return { prepared: operation.prepare(read), options: readOptions(parameters, read) };
		} catch (error) {
			return asFailure(error);
		}
	});
}

const UNKNOWN_OPERATION = new Failure('invalidInput', {
	summary: "'Operation' is none that this node has",
	advice: 'Choose an operation from the list.',
});

function credentialType(context: IExecuteFunctions, { credentials }: Service): string {
	const [only, ...others] = credentials;
	const chosen =
		others.length === 0 ? only?.authentication : context.getNodeParameter('authentication', 0);
	const credential = credentials.find(({ authentication }) => authentication === chosen);
	if (credential) return credential.type;
	throw new Failure('invalidInput', {
		summary: "'Authentication' is none that this node has",
		advice: 'Choose an authentication from the list.',
	});
}

function toJson(record: OffboardingRecord, { output }: Options): IDataObject {
	return output === 'raw' ? toRawOutput(record.response) : { ...record };
}
