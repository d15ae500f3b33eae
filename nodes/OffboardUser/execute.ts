import { type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { createLimiter } from '../shared/http/limiter';
import { attempt, Failure } from '../shared/model/failure';
import type { Account } from '../shared/model/record';
import {
	failureFields,
	itemContext,
	toErrorItem,
	toNodeError,
	type FailureContext,
} from '../shared/n8n/errors';
import { createWorker, isTool, runTasks } from '../shared/n8n/execute';
import {
	accountOf,
	concurrencyOf,
	createReader,
	itemIndexes,
	operationOf,
	planItems,
} from '../shared/n8n/plan';
import { readParameters, type Parameter } from '../shared/parameters/reading';
import type { Service } from '../shared/users/service';
import { confirmNobody } from './nobody';
import { email, serviceSwitch } from './parameters';
import { toPerson, type AtService, type Person } from './person';
import { SERVICES } from './services';
import { asNodeOf } from './view';

/** What came of the items at one service; nothing where it is turned off. */
type Column = ReadonlyArray<AtService | undefined>;

const NOTHING_TO_DO = new Failure('invalidInput', {
	summary: 'No service is turned on',
	advice: 'Turn on at least one service in the node.',
});

/** Where a failure is of the node itself, not of a service. */
const WHOLE_NODE: FailureContext = {
	serviceName: 'offboardUser',
	subject: {
		service: 'Offboard User',
		addressField: 'Base URL',
		advice: { unauthorized: '', forbidden: '' },
	},
};

/**
 * Runs the node over all its input items: each service on its own, all of them at the same time. What
 * fails at one never stops another, and never ends the execution, so that nothing is lost of what was
 * done: who needs attention comes out at the second output, whatever 'On Error' says.
 *
 * @throws NodeOperationError only if no service is turned on for anybody
 */
export async function offboard(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const startedAt = new Date().toISOString();
	const items = context.getInputData();
	const operation = String(context.getNodeParameter('operation', 0));
	const chosen: Chosen[] = [];
	for (const { service } of SERVICES) {
		const isOn = await readAll(context, serviceSwitch(service));
		// Where a service is turned off for everybody, its other fields need not even be there.
		if (isOn.some((on) => on !== false)) chosen.push({ service, isOn });
	}
	const isAsked = ({ service }: Chosen) => Object.hasOwn(service.operations, operation);
	if (items.length > 0 && chosen.length === 0) return nothingToDo(context);

	const emails = await readAll(context, email);
	const people = emails.flatMap((known, item) =>
		!(known instanceof Failure) && chosen.some(({ isOn }) => isOn[item] === true)
			? { email: known }
			: [],
	);
	const columns = await Promise.all(
		chosen.map(async (one) =>
			isAsked(one) ? await runAt(context, one, emails, people) : notAskedAt(one, emails),
		),
	);

	const run = { operation, startedAt, finishedAt: new Date().toISOString() };
	const results = emails.map((known, item) => {
		const cells = columns.flatMap((column) => column[item] ?? []);
		const address = known instanceof Failure ? undefined : known;
		return toPerson({ ...run, email: address }, confirmNobody(cells, address, item));
	});
	return isTool(context)
		? // Of several outputs a tool hands on the first.
			[toItems(results, () => true)]
		: [toItems(results, ({ complete }) => complete), toItems(results, ({ complete }) => !complete)];
}

function nothingToDo(context: IExecuteFunctions): INodeExecutionData[][] {
	const asTool = isTool(context);
	if (!asTool && !context.continueOnFail()) {
		throw toNodeError(context.getNode(), NOTHING_TO_DO, { ...WHOLE_NODE, itemIndex: 0 });
	}
	const refused = context
		.getInputData()
		.map((_, itemIndex) =>
			toErrorItem(context.getNode(), NOTHING_TO_DO, { ...WHOLE_NODE, itemIndex }),
		);
	return asTool ? [refused] : [[], refused];
}

function toItems(
	people: readonly Person[],
	belongsHere: (person: Person) => boolean,
): INodeExecutionData[] {
	return people.flatMap((person, item) =>
		belongsHere(person) ? [{ json: { ...person }, pairedItem: { item } }] : [],
	);
}

/** A service, and for each item whether it is turned on; a failure where that can't be told. */
interface Chosen {
	service: Service;
	isOn: ReadonlyArray<boolean | Failure>;
}

/** A service that has no such operation: it can't tell. */
function notAskedAt({ service, isOn }: Chosen, emails: ReadonlyArray<string | Failure>): Column {
	return isOn.map((on, item) => {
		const email = emails[item];
		const failure = on instanceof Failure ? on : on && email instanceof Failure ? email : undefined;
		if (failure) {
			const about = itemContext(service, undefined, undefined, item);
			return { service: service.name, failure: failureFields(failure, about) };
		}
		return on === true ? { service: service.name, notAsked: true } : undefined;
	});
}

/** Works on all items at one service, as its own node would. */
async function runAt(
	context: IExecuteFunctions,
	{ service, isOn }: Chosen,
	emails: ReadonlyArray<string | Failure>,
	people: readonly Account[],
): Promise<Column> {
	const view = asNodeOf(service, context, emails);
	const operation = operationOf(view, service);
	const tasks = (await planItems(view, operation, people)).map((task, item) => {
		const on = isOn[item];
		return on === true ? task : on instanceof Failure ? on : undefined;
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
			return result && { service: service.name, record: result.record };
		}
		const about = itemContext(service, operation, accountOf(tasks[item]), item);
		return { service: service.name, failure: failureFields(result, about) };
	});
}

/** Reads a parameter for all items. */
async function readAll<T>(
	context: IExecuteFunctions,
	parameter: Parameter<T>,
): Promise<Array<T | Failure>> {
	const readerFor = createReader(context);
	const values: Array<T | Failure> = [];
	for await (const item of itemIndexes(context)) {
		values.push(attempt(() => readParameters({ value: parameter }, readerFor(item)).value));
	}
	return values;
}
