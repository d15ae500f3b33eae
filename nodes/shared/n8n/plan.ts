import type { IExecuteFunctions } from 'n8n-workflow';

import { attempt } from './errors';
import { Failure } from '../model/failure';
import { countAccounts, exceedsLimit, overLimit, refuseProtected } from '../users/guards';
import { readOptions, type Options } from '../parameters/options';
import type { ParameterReader } from '../parameters/reading';
import type { Account } from '../model/record';
import type { Operation, PreparedOperation, Service } from '../users/service';

/** An item that may be worked on. */
export interface Task {
	prepared: PreparedOperation;
	options: Options;
	/** What its record has to say although nothing is wrong with the item. */
	warning?: string;
}

/** Nothing if the parameter names none: every object has a `constructor`, and it is no operation. */
export function operationOf(
	context: IExecuteFunctions,
	{ operations }: Service,
): Operation | undefined {
	const name = context.getNodeParameter('operation', 0);
	return Object.entries(operations).find(([known]) => known === name)?.[1];
}

/** Whom an item is about, as far as its parameters could be read. */
export function accountOf(task: Task | Failure | undefined): Account | undefined {
	return task instanceof Failure ? task.facts.account : task?.prepared.account;
}

/**
 * Reads the parameters of all items and applies the guards, before the first request. An item that
 * cannot be worked on is a failure in its place.
 *
 * @param accounts whom the run is about, where these items do not tell
 */
export function planItems(
	context: IExecuteFunctions,
	operation: Operation | undefined,
	accounts?: readonly Account[],
): Array<Task | Failure> {
	const readerFor = createReader(context);
	const tasks = context
		.getInputData()
		.map((_, itemIndex) =>
			operation ? attempt(() => prepare(operation, readerFor(itemIndex))) : UNKNOWN_OPERATION,
		);
	const own = tasks.flatMap((task) => (task instanceof Failure ? [] : task.prepared.account));
	return limit(tasks, countAccounts(accounts ?? own));
}

/** Reads what has no expression in it once for the run: reading costs more than all else of an item. */
export function createReader(context: IExecuteFunctions): (itemIndex: number) => ParameterReader {
	const constants = new Map<string, { value: unknown } | undefined>();
	const constant = (name: string) => {
		if (!constants.has(name)) {
			const raw = context.getNodeParameter(name, 0, undefined, { rawExpressions: true });
			constants.set(
				name,
				hasExpression(raw) ? undefined : { value: context.getNodeParameter(name, 0) },
			);
		}
		return constants.get(name);
	};
	return (itemIndex) => (name) => {
		const known = constant(name);
		return known ? known.value : context.getNodeParameter(name, itemIndex);
	};
}

/** n8n's mark of an expression is the equals sign that a text begins with. */
function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);
}

/** How many items a run works on at a time: what its first item says, since it is one for all. */
export function parallelRequests(tasks: ReadonlyArray<Task | Failure>): number {
	const first = tasks.find((task) => !(task instanceof Failure));
	return first instanceof Failure || !first ? 1 : first.options.parallelRequests;
}

function prepare(operation: Operation, read: ParameterReader): Task {
	const prepared = operation.prepare(read);
	const options = readOptions(operation.options, read);
	const { userId, email } = prepared.account;
	refuseProtected({ userId, emails: email === undefined ? [] : [email] }, options);
	return { prepared, options };
}

/** A broken feed must not empty a company: with too many accounts, none is touched. */
function limit(tasks: Array<Task | Failure>, count: number): Array<Task | Failure> {
	return tasks.map((task) => {
		if (task instanceof Failure || !exceedsLimit(count, task.options)) return task;
		const summary = overLimit(count, task.options);
		return task.options.dryRun
			? { ...task, warning: `${summary}: without 'Dry Run' nothing would be done.` }
			: new Failure('safetyLimit', { summary, account: task.prepared.account });
	});
}

const UNKNOWN_OPERATION = new Failure('invalidInput', {
	summary: "'Operation' is none that this node has",
	advice: 'Choose an operation from the list.',
});
