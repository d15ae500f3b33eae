import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { adaptiveConcurrency, fixedConcurrency, type ConcurrencyLimit } from '../http/concurrency';
import { attempt, Failure } from '../model/failure';
import { namesIn, type Account } from '../model/record';
import { readOptions, type Options } from '../parameters/options';
import type { ParameterReader } from '../parameters/reading';
import { ledgerIn, exceedsLimit, overLimit, refuseProtected, withoutDryRun } from '../users/guards';
import type { Operation, PreparedList, PreparedOperation, Service } from '../users/service';
import { withFieldsOf } from './itemFields';

/** An item that may be worked on. */
export interface Task {
	prepared: PreparedOperation | PreparedList;
	options: Options;
	/** What its record has to say although nothing is wrong with the item. */
	warning?: string;
}

/** Undefined if the parameter names none: every object has a `constructor`, and it is no operation. */
export function operationOf(
	context: IExecuteFunctions,
	{ operations }: Service,
): Operation | undefined {
	const name = context.getNodeParameter('operation', 0);
	return Object.entries(operations).find(([known]) => known === name)?.[1];
}

/** Whom an item is about, as far as its parameters could be read. */
export function accountOf(task: Task | Failure | undefined): Account | undefined {
	if (task instanceof Failure) return task.facts.account;
	return task && 'account' in task.prepared ? task.prepared.account : undefined;
}

/** How many items are read before n8n may do something else. */
const READ_AT_ONCE = 100;

/** The numbers of the input items, with a pause now and then: reading many takes seconds. */
export async function* itemIndexes(context: IExecuteFunctions): AsyncGenerator<number> {
	for (const itemIndex of context.getInputData().keys()) {
		if (itemIndex > 0 && itemIndex % READ_AT_ONCE === 0) await sleep(0);
		yield itemIndex;
	}
}

/**
 * Reads the parameters of all items and applies the guards, before the first request. An item that
 * can't be worked on is a failure in its place.
 *
 * @param people whom the run is about, where these items don't tell
 */
export async function planItems(
	context: IExecuteFunctions,
	operation: Operation | undefined,
	people: readonly Account[] = [],
): Promise<Array<Task | Failure>> {
	const readerFor = createReader(context);
	const count = ledgerIn(context.getContext('node')).counter();
	let total = 0;
	for (const person of people) total = count(person);

	const items = context.getInputData();
	const tasks: Array<Task | Failure> = [];
	const isFixed = !hasExpression(
		context.getNodeParameter('options', 0, undefined, { rawExpressions: true }),
	);
	let fixed: Options | undefined;
	const optionsOf: typeof readOptions = (offered, read) => {
		if (!isFixed) return readOptions(offered, read);
		return (fixed ??= readOptions(offered, read));
	};
	for await (const itemIndex of itemIndexes(context)) {
		const task = operation
			? attempt(() => prepare(operation, readerFor(itemIndex), optionsOf))
			: UNKNOWN_OPERATION;
		if (task instanceof Failure) {
			tasks.push(withFieldsOf(task, items[itemIndex]?.json));
			continue;
		}
		tasks.push(task);
		const account = accountOf(task);
		if (account && people.length === 0) total = count(account);
		const { options } = task;
		// To read the rest would not change anything, and takes long.
		if (isFixed && !options.dryRun && exceedsLimit(total, options)) {
			const rest = items
				.slice(tasks.length)
				.map(() => overTheLimit(undefined, `at least ${total}`, options));
			return [...limit(tasks, total, `at least ${total}`), ...rest];
		}
	}
	return limit(tasks, total);
}

/** Reads what has no expression in it once for the run: reading takes most of the time of an item. */
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

/** How much a run does at a time: what its first item says. */
export function concurrencyOf(tasks: ReadonlyArray<Task | Failure | undefined>): ConcurrencyLimit {
	const first = tasks.find((task) => task && !(task instanceof Failure));
	const count = first instanceof Failure || !first ? 1 : first.options.parallelRequests;
	return count === 0 ? adaptiveConcurrency() : fixedConcurrency(count);
}

function prepare(operation: Operation, read: ParameterReader, optionsOf: typeof readOptions): Task {
	const prepared = operation.prepare(read);
	const options = optionsOf(operation.options, read);
	if ('account' in prepared) {
		refuseProtected(namesIn(prepared.account), prepared.account, options);
	}
	return { prepared, options };
}

/** A broken feed must not empty a company: with too many accounts, none is touched. */
function limit(
	tasks: Array<Task | Failure>,
	total: number,
	count: number | string = total,
): Array<Task | Failure> {
	return tasks.map((task) => {
		if (task instanceof Failure || !exceedsLimit(total, task.options)) return task;
		return task.options.dryRun
			? { ...task, warning: withoutDryRun(overLimit(count, task.options)) }
			: overTheLimit(accountOf(task), count, task.options);
	});
}

function overTheLimit(
	account: Account | undefined,
	count: number | string,
	options: Options,
): Failure {
	return new Failure('safetyLimit', { summary: overLimit(count, options), account });
}

const UNKNOWN_OPERATION = new Failure('invalidInput', {
	summary: 'Unknown operation',
	advice: 'Choose an operation from the list.',
});
