import type { IExecuteFunctions } from 'n8n-workflow';

import { connectFrom } from './connect';
import { asFailure } from './errors';
import { Failure } from '../model/failure';
import type { Options } from '../parameters/options';
import { createPace } from '../http/throttle';
import type { Task } from './plan';
import { toRecord, type OffboardingRecord } from '../model/record';
import { createApi } from '../http/client';
import type { Service } from '../users/service';
import { createRunState } from '../users/runContext';
import { settleNotFound } from '../users/outcome';

/** What came of an item that did not fail. */
export interface Done {
	record: OffboardingRecord;
	options: Options;
}

/** What is done with each item of a run at one service. */
export function createWork(context: IExecuteFunctions, service: Service) {
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
		return { record, options };
	};
	return async (task: Task | Failure): Promise<Done | Failure> =>
		task instanceof Failure ? task : await perform(task).catch(asFailure);
}
