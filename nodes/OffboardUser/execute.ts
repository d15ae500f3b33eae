import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { attempt, Failure } from '../shared/model/failure';
import { addRunHints, FAILED, type RunSummary } from '../shared/n8n/hints';
import { isTool } from '../shared/n8n/output';
import { readParameters } from '../shared/parameters/reading';
import type { Service } from '../shared/users/service';
import { confirmNobody } from './nobody';
import { toOutput, wholeNode } from './output';
import { chosenServices } from './parameters';
import { readPeople, type Someone } from './people';
import { toPerson, type Person } from './person';
import type { AtService } from './result';
import { runAt } from './runAt';
import { SERVICES } from './services';

/**
 * Runs the node over all its input items: each service on its own, all of them at the same time. What
 * fails at one never stops another. When everybody is finished everywhere, 'On Error' decides.
 *
 * @throws NodeOperationError if the node stops on errors and somebody is not finished
 */
export async function offboard(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (context.getInputData().length === 0) return [[]];
	const services = attempt(() => readServices(context));
	const operation = String(context.getNodeParameter('operation', 0));
	const people = await readPeople(context, services instanceof Failure ? [] : services);
	const results =
		services instanceof Failure
			? people.map((person, item) => refuse(person, operation, services, item))
			: await runEverywhere(context, services, operation, people);
	return [toOutput(context, results)];
}

/** Those that are chosen. An expression is refused: it would be evaluated for the first item only. */
function readServices(context: IExecuteFunctions): readonly Service[] {
	const { services } = readParameters({ services: chosenServices }, (name) =>
		context.getNodeParameter(name, 0, undefined, { rawExpressions: true }),
	);
	return SERVICES.map(({ service }) => service).filter(({ name }) => services.includes(name));
}

function refuse(person: Someone, operation: string, failure: Failure, item: number): Person {
	return toPerson({ ...person, operation }, [], { failure, about: wholeNode(item) });
}

async function runEverywhere(
	context: IExecuteFunctions,
	services: readonly Service[],
	operation: string,
	people: readonly Someone[],
): Promise<Person[]> {
	const columns = await Promise.all(
		services.map(async (service) => await runAt(context, service, people)),
	);
	const everybody = people.map((person, item) => {
		const results = columns.flatMap((column) => column[item] ?? []);
		const { target } = person;
		return toPerson(
			{ ...person, operation },
			target instanceof Failure ? results : confirmNobody(results, target.email, item),
		);
	});
	if (!isTool(context)) addRunHints(context, summarize(everybody, columns.flat()));
	return everybody;
}

function summarize(
	people: readonly Person[],
	results: ReadonlyArray<AtService | undefined>,
): RunSummary {
	return {
		results: people.map(({ json, failure }) =>
			failure ? FAILED : json.complete ? 'complete' : 'not complete',
		),
		noun: ['person', 'people'],
		dryRuns: people.filter(({ json }) => json.dryRun).length,
		records: results.flatMap((result) => (result && 'record' in result ? result.record : [])),
	};
}
