import type { IExecuteFunctions } from 'n8n-workflow';

import { createLimiter } from '../shared/http/limiter';
import { Failure } from '../shared/model/failure';
import type { Account } from '../shared/model/record';
import { forModel } from '../shared/model/text';
import { itemContext } from '../shared/n8n/errors';
import { createWorker, runTasks } from '../shared/n8n/execute';
import { isTool } from '../shared/n8n/output';
import { accountOf, concurrencyOf, operationOf, planItems } from '../shared/n8n/plan';
import type { Operation, Service } from '../shared/users/service';
import { OPERATIONS } from './operations';
import type { Someone } from './people';
import type { AtService, FailedAt } from './result';
import { asNodeOf } from './view';

/** What came of the people at one service; nothing where it is not one of theirs. */
type Column = ReadonlyArray<AtService | undefined>;

/** Works on all people at one service, as its own node would. */
export async function runAt(
	context: IExecuteFunctions,
	service: Service,
	people: readonly Someone[],
): Promise<Column> {
	const name = context.getNodeParameter('operation', 0);
	const operation = operationOf(context, service);
	const isKnown = OPERATIONS.some(({ value }) => value === name);
	if (operation || !isKnown) return await workAt(context, service, operation, people);
	return people.map(({ target }, item) => {
		if (target instanceof Failure) return failedAt(service, operation, target, undefined, item);
		return isAt(service, target) ? { service, notAsked: true } : undefined;
	});
}

async function workAt(
	context: IExecuteFunctions,
	service: Service,
	operation: Operation | undefined,
	people: readonly Someone[],
): Promise<Column> {
	const asTool = isTool(context);
	const view = asNodeOf(service, context, people);
	const accounts = people.flatMap(({ target }) => (target instanceof Failure ? [] : [target]));
	const planned = await planItems(view, operation, accounts);
	const tasks = people.map(({ target }, item) => {
		if (target instanceof Failure) return target;
		return isAt(service, target) ? planned[item] : undefined;
	});
	const limiter = createLimiter(concurrencyOf(tasks));
	const work = createWorker(view, service, limiter, 'people');
	const results = await runTasks(
		tasks,
		async (task, item) => task && (await work(task, item)),
		limiter.items,
		() => false,
	);
	return results.map((result, item) => {
		if (!(result instanceof Failure)) {
			if (!result || !('record' in result)) return undefined;
			const { record, app } = result;
			return { service, record: asTool ? forModel(record) : record, app };
		}
		const failed = failedAt(service, operation, result, accountOf(tasks[item]), item);
		return { ...failed, about: { ...failed.about, forModel: asTool } };
	});
}

function isAt({ name }: Service, { services }: { services: readonly string[] }): boolean {
	return services.includes(name);
}

function failedAt(
	service: Service,
	operation: Operation | undefined,
	failure: Failure,
	account: Account | undefined,
	item: number,
): FailedAt {
	return { service, failure, about: itemContext(service, operation, account, item) };
}
