import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient } from '../http/client';
import type { ErrorTable } from '../http/errorTable';
import { createLimiter, type Limiter } from '../http/limiter';
import type { Semaphore } from '../http/semaphore';
import { createThrottle } from '../http/throttle';
import type { Connection } from '../http/transport';
import { asFailure, Failure } from '../model/failure';
import { toRecord } from '../model/record';
import type { Options } from '../parameters/options';
import { ledgerIn } from '../users/guards';
import { resolveNotFound } from '../users/outcome';
import { createRun, type RunContext } from '../users/runContext';
import type { Service } from '../users/service';
import { createConnect } from './connection';
import { itemContext, toNodeError } from './errors';
import { isTool, toOutputItems, type Done, type Result } from './output';
import { accountOf, concurrencyOf, operationOf, planItems, type Task } from './plan';
import { acrossTries } from './tries';

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
	// n8n's AI Agent of version 2 tells the model nothing about an error that a tool throws.
	const asTool = isTool(context);
	const stops = !context.continueOnFail() && !asTool;
	const tasks = await planItems(context, operation);
	const contextOf = (itemIndex: number) => ({
		...itemContext(service, operation, accountOf(tasks[itemIndex]), itemIndex),
		forModel: asTool,
	});

	const refused = tasks.findIndex((task) => task instanceof Failure);
	const refusal = tasks[refused];
	if (stops && refusal instanceof Failure) {
		throw toNodeError(context.getNode(), refusal, contextOf(refused));
	}

	const limiter = createLimiter(concurrencyOf(tasks));
	const results = await runTasks(
		tasks,
		createWorker(context, service, limiter),
		limiter.items,
		(result) => stops && result instanceof Failure,
	);
	const failed = results.findIndex((result) => result instanceof Failure);
	const failure = results[failed];
	if (stops && failure instanceof Failure) {
		const others = tasks.flatMap((task, index) => {
			const account = index === failed ? undefined : accountOf(task);
			return account ? [{ account, result: progressOf(results[index]) }] : [];
		});
		throw toNodeError(context.getNode(), failure, contextOf(failed), others);
	}

	return [toOutputItems(context, tasks, results, contextOf, operation)];
}

function progressOf(result: Done | Failure | undefined) {
	if (result instanceof Failure) return result;
	return result && 'record' in result ? result.record.outcome : undefined;
}

/**
 * What is done with each item of a run at one service. It never rejects.
 *
 * @param counts what counts towards the safety limit: accounts, or people, who are the same everywhere
 */
export function createWorker(
	context: IExecuteFunctions,
	service: Service,
	limiter: Limiter,
	counts: 'accounts' | 'people' = 'accounts',
) {
	const signal = context.getExecutionCancelSignal();
	const ledger = ledgerIn(context.getContext('node'));
	const connect = createConnect(context, service);
	/** What the items of one connection share: tenants have nothing in common. */
	const runs = new Map<Connection, (options: Options) => RunContext>();

	let loading: Promise<ErrorTable> | undefined;

	const runOf = (connection: Connection, errors: ErrorTable) => {
		const known = runs.get(connection);
		if (known) return known;
		const throttle = createThrottle(signal, limiter);
		const runFor = createRun(ledger, counts === 'people' ? undefined : connection.fingerprint);
		const byPolicy = new Map<string, RunContext>();
		const run = (options: Options) => {
			const policy = {
				timeout: Math.round(options.timeout * 1000),
				maxRetries: options.maxRetries,
			};
			const key = JSON.stringify(policy);
			const created =
				byPolicy.get(key) ?? runFor(createClient(connection, errors, policy, throttle, signal));
			byPolicy.set(key, created);
			return created;
		};
		runs.set(connection, run);
		return run;
	};

	const perform = async (task: Task, itemIndex: number): Promise<Done> => {
		const { options } = task;
		const connection = await connect(itemIndex);
		const { app } = connection;
		const run = runOf(connection, await (loading ??= service.errors()))(options);
		const result = await performTask(task, run, app ?? service.name).catch((error: unknown) => {
			throw asFailure(error).with({ app });
		});
		return { ...result, options, app };
	};
	const tried = acrossTries(context, service.name);
	return async (task: Task | Failure, itemIndex: number): Promise<Done | Failure> =>
		task instanceof Failure
			? task
			: await tried(task, itemIndex, async () => await perform(task, itemIndex).catch(asFailure));
}

/** @param name of the service in the output */
async function performTask(
	{ prepared, options, warning }: Task,
	run: RunContext,
	name: string,
): Promise<Result> {
	if ('list' in prepared) {
		const rows = await prepared.list(run);
		return { rows: rows.map((row) => ({ service: name, ...row })) };
	}
	const { operation, account } = prepared;
	const change = await resolveNotFound(prepared.perform(run, options), options);
	const record = toRecord(
		{ service: name, operation, account },
		{ ...change, warning: joined(change.warning, warning) },
	);
	return { record };
}

function joined(...warnings: Array<string | undefined>): string | undefined {
	return [...new Set(warnings)].filter((one) => one !== undefined).join(' ') || undefined;
}

/**
 * Works through tasks, several at a time. The results are in the order of the tasks, however long
 * each takes; a slow one holds up nobody else.
 *
 * @param perform works on one task; it never rejects
 * @param places for tasks that are worked on
 * @param endsRun tells by a result whether no further task may be begun; those under way are finished
 * @returns undefined for each task that was not begun
 */
export async function runTasks<T, R>(
	tasks: readonly T[],
	perform: (task: T, index: number) => Promise<R>,
	places: Semaphore,
	endsRun: (result: R) => boolean,
): Promise<Array<R | undefined>> {
	const results = tasks.map((): R | undefined => undefined);
	const underWay = new Set<Promise<void>>();
	let isOver = false;

	for (const [index, task] of tasks.entries()) {
		await places.acquire();
		if (isOver) break;
		const work = perform(task, index).then((result) => {
			results[index] = result;
			isOver ||= endsRun(result);
			underWay.delete(work);
			places.release();
		});
		underWay.add(work);
	}
	await Promise.all(underWay);
	return results;
}
