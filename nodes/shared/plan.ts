import type { IExecuteFunctions } from 'n8n-workflow';

import { asFailure } from './errors';
import { Failure } from './failure';
import { countAccounts, exceedsLimit, overLimit, refuseProtected } from './guards';
import { readOptions, type Options } from './options';
import type { Operation, PreparedOperation } from './service';

/** An item that may be worked on. */
export interface Task {
	prepared: PreparedOperation;
	options: Options;
	/** What its record has to say although nothing is wrong with the item. */
	warning?: string;
}

/**
 * Reads the parameters of all items and applies the guards, before the first request. An item that
 * cannot be worked on is a failure in its place.
 */
export function planItems(
	context: IExecuteFunctions,
	operation: Operation | undefined,
): Array<Task | Failure> {
	const tasks = context.getInputData().map((_, itemIndex) => {
		if (!operation) return UNKNOWN_OPERATION;
		const read = (name: string) => context.getNodeParameter(name, itemIndex);
		try {
			return prepare(operation, read);
		} catch (error) {
			return asFailure(error);
		}
	});
	return limit(tasks);
}

function prepare(operation: Operation, read: (name: string) => unknown): Task {
	const prepared = operation.prepare(read);
	const options = readOptions(operation.options, read);
	const { userId, email } = prepared.account;
	refuseProtected({ userId, emails: email === undefined ? [] : [email] }, options);
	return { prepared, options };
}

/** A broken feed must not empty a company: with too many accounts, none is touched. */
function limit(tasks: Array<Task | Failure>): Array<Task | Failure> {
	const count = countAccounts(
		tasks.flatMap((task) => (task instanceof Failure ? [] : task.prepared.account)),
	);
	return tasks.map((task) => {
		if (task instanceof Failure || !exceedsLimit(count, task.options)) return task;
		const summary = overLimit(count, task.options);
		return task.options.dryRun
			? { ...task, warning: `${summary}: without 'Dry Run' nothing would be done.` }
			: new Failure('safetyLimit', { summary });
	});
}

const UNKNOWN_OPERATION = new Failure('invalidInput', {
	summary: "'Operation' is none that this node has",
	advice: 'Choose an operation from the list.',
});
