import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { asFailure, toErrorItem, toNodeError } from './errors';
import { accountLabel, subjectOf } from './messages';
import type { Account, OffboardingRecord } from './record';
import type { Service } from './service';

/** Keeps account of a run, so that a failure can say what was done before it. */
export interface Report {
	done(record: OffboardingRecord): void;
	/**
	 * Settles an item that failed.
	 *
	 * @returns the item for the error branch, with 'On Error: Continue'
	 * @throws NodeApiError | NodeOperationError otherwise
	 */
	fail(error: unknown, itemIndex: number, account?: Account): INodeExecutionData;
}

export function createReport(
	context: IExecuteFunctions,
	service: Service,
	operation: string,
): Report {
	const done: OffboardingRecord[] = [];

	return {
		done(record) {
			done.push(record);
		},
		fail(error, itemIndex, account) {
			const failure = asFailure(error);
			const where = {
				serviceName: service.name,
				subject: { ...subjectOf(service), operation, ...(account && { account }) },
				itemIndex,
			};
			if (context.continueOnFail()) return toErrorItem(failure, where);
			throw toNodeError(
				context.getNode(),
				failure,
				where,
				done.map((record) => `${accountLabel(record)} (${record.outcome})`),
			);
		},
	};
}
