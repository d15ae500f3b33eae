import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { asError, Failure } from '../model/failure';
import { explain, subjectOf, type Subject } from './messages';
import type { Account } from '../model/record';
import type { Operation, Service } from '../users/service';

/** Where in a run something failed, and what it was about. */
export interface FailureContext {
	/** Name of the service in records. */
	serviceName: string;
	subject: Subject;
	/** Absent where no item is worked on, as in a list of the editor. */
	itemIndex?: number;
}

/** The same, where it is about an item. */
export type ItemContext = FailureContext & { itemIndex: number };

/** The context of an item, as far as its parameters could be read. */
export function itemContext(
	service: Service,
	operation: Operation | undefined,
	account: Account | undefined,
	itemIndex: number,
): ItemContext {
	const subject = {
		...subjectOf(service),
		...(operation && { operation: operation.option.value }),
		...(account && { account }),
	};
	return { serviceName: service.name, subject, itemIndex };
}

/** Reads any thrown value as a failure. What is not one is a bug, of ours or of n8n. */
export function asFailure(error: unknown): Failure {
	if (error instanceof Failure) return error;
	const { name, message } = asError(error);
	return new Failure('unexpectedResponse', {
		summary: 'Something happened that this node does not foresee',
		advice: `Please report it to the makers of this node, with these words: ${name}: ${message}`,
	});
}

/** What a function returns, or the failure that it throws. */
export function attempt<Result>(work: () => Result): Result | Failure {
	try {
		return work();
	} catch (error) {
		return asFailure(error);
	}
}

/**
 * The error that ends an execution. It is made of plain values alone, for n8n stores and shows all
 * that hangs on it.
 *
 * @param progress what the same run did and did not do, so that it is not lost with the output
 */
export function toNodeError(
	node: INode,
	failure: Failure,
	context: FailureContext,
	progress = '',
): NodeApiError | NodeOperationError {
	const { message, description } = numbered(failure, context);
	const { httpCode } = failure.facts;
	const options = {
		message,
		description: [description, progress].filter(Boolean).join(' '),
		...(context.itemIndex !== undefined && { itemIndex: context.itemIndex }),
	};
	// Of an error in a list of the editor, n8n shows the description only if it is of an API.
	const error =
		httpCode === undefined && context.itemIndex !== undefined
			? new NodeOperationError(node, message, options)
			: new NodeApiError(
					node,
					{ message },
					{ ...options, ...(httpCode !== undefined && { httpCode }) },
				);
	// n8n puts its own sentence in the place of a message in which it finds a network code.
	error.message = message;
	return error;
}

/**
 * The item that stands for a failed one when the workflow goes on. n8n sends it to the error branch
 * only if it has no other keys than these, and merges it with its input only if `pairedItem` is an
 * object (packages/core/src/execution-engine/workflow-execute.ts, handleNodeErrorOutput).
 */
export function toErrorItem(
	node: INode,
	failure: Failure,
	context: ItemContext,
): INodeExecutionData {
	const { message, ...details } = failureFields(failure, context);
	const item: INodeExecutionData = {
		json: { error: message, details },
		pairedItem: { item: context.itemIndex },
	};
	// Before 2.36, n8n takes an item with `details` for a success unless it has this. Where n8n would
	// see it later on, it would keep the message and nothing else: so it must not be enumerable, and
	// must not be there without an error branch.
	return node.onError === 'continueErrorOutput'
		? Object.defineProperty(item, 'error', { value: toNodeError(node, failure, context) })
		: item;
}

/** What a failure says to programs and people, in plain values. */
export function failureFields(failure: Failure, context: ItemContext) {
	const { message, description } = numbered(failure, context);
	const { httpCode, code, traceId, done } = failure.facts;
	const { operation, account } = context.subject;
	return {
		service: context.serviceName,
		...(operation !== undefined && { operation }),
		reason: failure.reason,
		message,
		description,
		...account,
		...(httpCode !== undefined && { httpCode }),
		...(code !== undefined && { code }),
		...(traceId !== undefined && { traceId }),
		...(done !== undefined && { outcome: done }),
	};
}

function numbered(failure: Failure, { subject, itemIndex }: FailureContext) {
	const { message, description } = explain(failure, subject);
	return itemIndex === undefined
		? { message, description }
		: { message: `${message} [Item ${itemIndex}]`, description };
}
