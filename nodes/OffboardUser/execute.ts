import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	attempt,
	failureFields,
	itemContext,
	toErrorItem,
	toNodeError,
	type FailureContext,
} from '../shared/errors';
import { Failure } from '../shared/failure';
import { readParameters } from '../shared/parameters';
import { accountOf, createReader, operationOf, parallelRequests, planItems } from '../shared/plan';
import type { Account } from '../shared/record';
import { runTasks } from '../shared/run';
import type { Service } from '../shared/service';
import { isTool } from '../shared/tool';
import { createWork } from '../shared/work';
import { email, serviceSwitch } from './parameters';
import { toPerson, type AtService, type Person } from './person';
import { PARTS } from './services';
import { asNodeOf, type EmailReader } from './view';

/** What came of the items at one service; nothing where it is turned off. */
type Column = ReadonlyArray<{ email: string | undefined; result: AtService } | undefined>;

const NOTHING_TO_DO = new Failure('invalidInput', {
	summary: 'No service is turned on',
	advice: 'Turn on at least one service in the node. Nothing was sent.',
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
	const operation = String(context.getNodeParameter('operation', 0));
	const asTool = isTool(context);
	const emailOf = createEmailReader(context);
	const parts = PARTS.filter(({ service }) => Object.hasOwn(service.operations, operation)).map(
		({ service }) => ({ service, isOn: readSwitch(context, service) }),
	);
	const people = context
		.getInputData()
		.flatMap((_, item) => (parts.some(({ isOn }) => isOn[item] === true) ? emailOf(item) : []))
		.flatMap((known) => (known instanceof Failure ? [] : { email: known }));
	const columns = await Promise.all(
		parts.map(async (part) => await runAt(context, part, emailOf, people)),
	);

	const items = context.getInputData();
	if (items.length > 0 && columns.every((column) => column.every((cell) => !cell))) {
		if (!asTool && !context.continueOnFail()) {
			throw toNodeError(context.getNode(), NOTHING_TO_DO, { ...WHOLE_NODE, itemIndex: 0 });
		}
		const refused = items.map((_, itemIndex) =>
			toErrorItem(context.getNode(), NOTHING_TO_DO, { ...WHOLE_NODE, itemIndex }),
		);
		return asTool ? [refused] : [[], refused];
	}

	const finishedAt = new Date().toISOString();
	const results = items.map((_, item) => {
		const cells = columns.flatMap((column) => column[item] ?? []);
		const email = cells.find((cell) => cell.email !== undefined)?.email;
		return toPerson(
			{ email, operation, startedAt, finishedAt },
			cells.map(({ result }) => result),
		);
	});
	return asTool
		? // Of several outputs a tool hands on the first.
			[toItems(results, () => true)]
		: [toItems(results, ({ complete }) => complete), toItems(results, ({ complete }) => !complete)];
}

function toItems(
	people: readonly Person[],
	belongsHere: (person: Person) => boolean,
): INodeExecutionData[] {
	return people.flatMap((person, item) =>
		belongsHere(person) ? [{ json: { ...person }, pairedItem: { item } }] : [],
	);
}

/** A service, and for each item whether it is turned on; a failure where that cannot be told. */
interface Chosen {
	service: Service;
	isOn: ReadonlyArray<boolean | Failure>;
}

/** Works on all items at one service, as its own node would. */
async function runAt(
	context: IExecuteFunctions,
	{ service, isOn }: Chosen,
	emailOf: EmailReader,
	people: readonly Account[],
): Promise<Column> {
	// Its other fields need not even be there.
	if (isOn.every((on) => on === false)) return [];
	const view = asNodeOf(service, context, emailOf);
	const operation = operationOf(view, service);
	const tasks = planItems(view, operation, people).map((task, item) => {
		const on = isOn[item];
		return on === true ? task : on instanceof Failure ? on : undefined;
	});
	const work = createWork(view, service);
	const results = await runTasks(
		tasks,
		async (task) => task && (await work(task)),
		parallelRequests(tasks.filter((task) => task !== undefined)),
		() => false,
	);
	return results.map((result, item) => {
		if (!result) return undefined;
		const account = accountOf(tasks[item]);
		return {
			email: account?.email,
			result:
				result instanceof Failure
					? { failure: failureFields(result, itemContext(service, operation, account, item)) }
					: result,
		};
	});
}

function createEmailReader(context: IExecuteFunctions): EmailReader {
	const readerFor = createReader(context);
	const known = new Map<number, string | Failure>();
	return (item) => {
		const result =
			known.get(item) ?? attempt(() => readParameters({ email }, readerFor(item)).email);
		known.set(item, result);
		return result;
	};
}

function readSwitch(context: IExecuteFunctions, service: Service): Chosen['isOn'] {
	const readerFor = createReader(context);
	const parameters = { isOn: serviceSwitch(service) };
	return context
		.getInputData()
		.map((_, item) => attempt(() => readParameters(parameters, readerFor(item)).isOn));
}
