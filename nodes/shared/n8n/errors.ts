import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Failure } from '../model/failure';
import type { Account } from '../model/record';
import { forModel } from '../model/text';
import type { Operation, Service } from '../users/service';
import { explain, subjectOf, type Subject } from './messages';
import { reportProgress, withProgress, type Progress } from './progress';

/** Where in a run something failed, and what it was about. */
export interface FailureContext {
	/** Name of the service in records. */
	serviceName: string;
	subject: Subject;
	/** Absent where no item is worked on, as in a list of the editor. */
	itemIndex?: number;
	/** A model reads it: it gets little of the service's own text. */
	forModel?: boolean;
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

/**
 * The error that ends an execution. It is made of plain values only: n8n stores and shows everything
 * that is attached to it.
 *
 * @param others what became of the other accounts of the run, so that it is not lost with the output
 */
export function toNodeError(
	node: INode,
	failure: Failure,
	context: FailureContext,
	others: readonly Progress[] = [],
): NodeApiError | NodeOperationError {
	const explained = explain(failure, context.subject);
	const httpCode = httpCodeOf(failure);
	// A parent workflow that continues on errors keeps the message and nothing else.
	const message = withProgress(explained.message, others);
	const options = {
		message,
		description: [explained.description, reportProgress(others)].filter(Boolean).join(' '),
		...(context.itemIndex !== undefined && { itemIndex: context.itemIndex }),
	};
	// For a list in the editor, n8n shows the description of a NodeApiError only.
	const error =
		httpCode === undefined && context.itemIndex !== undefined
			? new NodeOperationError(node, message, options)
			: new NodeApiError(
					node,
					{ message },
					{ ...options, ...(httpCode !== undefined && { httpCode }) },
				);
	// n8n replaces a message in which it finds a network code by a sentence of its own.
	error.message = message;
	return error;
}

/**
 * The item that stands for a failed one when the workflow goes on. n8n sends it to the error branch
 * only if it has no other keys than `error` and `details`, and merges it with its input only if
 * `pairedItem` is an object (packages/core/src/execution-engine/workflow-execute.ts,
 * handleNodeErrorOutput). Among the results of the others it is a row of their table.
 */
export function toErrorItem(
	node: INode,
	failure: Failure,
	context: ItemContext,
): INodeExecutionData {
	const { message, ...details } = failureFields(failure, context);
	const pairedItem = { item: context.itemIndex };
	if (node.onError !== 'continueErrorOutput') {
		const { service, operation, userId, email, reason, description } = details;
		const row = {
			...{ service, ...(operation !== undefined && { operation }), outcome: 'failed' },
			...(userId !== undefined && { userId }),
			...(email !== undefined && { email }),
			...{ reason, error: message, description, details },
		};
		return { json: row, pairedItem };
	}
	// Before 2.36, n8n takes an item with `details` for a success unless it has this error. It must not
	// be enumerable: n8n would keep the message and drop the rest.
	const item: INodeExecutionData = { json: { error: message, details }, pairedItem };
	return Object.defineProperty(item, 'error', { value: toNodeError(node, failure, context) });
}

/** What a failure says to programs and people, in plain values. */
export function failureFields(failure: Failure, context: ItemContext) {
	const told = context.forModel === true ? shortened(failure) : failure;
	const { message, description } = explain(told, context.subject);
	const { code, traceId } = told.serviceError;
	const { outcome, account = context.subject.account } = failure.facts;
	const httpCode = httpCodeOf(failure);
	const { operation } = context.subject;
	return {
		service: failure.facts.app ?? context.serviceName,
		...(operation !== undefined && { operation }),
		reason: failure.reason,
		message,
		description,
		...(account?.userId !== undefined && { userId: account.userId }),
		...(account?.email !== undefined && { email: account.email }),
		...(httpCode !== undefined && { httpCode }),
		...(code !== undefined && { code }),
		...(traceId !== undefined && { traceId }),
		...(outcome !== undefined && { outcome }),
		item: context.itemIndex,
	};
}

/** The same failure with the service's texts cut: also those that its own sentences quote. */
function shortened(failure: Failure): Failure {
	const { summary, advice, source } = failure.facts;
	return failure.with({
		summary: forModel(summary),
		advice: forModel(advice),
		...(source?.kind === 'answer' && { source: { ...source, error: forModel(source.error) } }),
	});
}

/** HTTP status of the answer, or the network code where there was none. */
function httpCodeOf({ facts: { source } }: Failure): string | undefined {
	return source?.kind === 'answer' ? String(source.status) : source?.code;
}
