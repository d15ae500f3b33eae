import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Failure } from '../shared/model/failure';
import { toErrorItem, toNodeError, type ItemContext } from '../shared/n8n/errors';
import { isTool } from '../shared/n8n/output';
import type { Person } from './person';

/** People whom a message names one by one. */
const MAX_NAMED = 10;

/** Where a failure is of the node itself, whose name n8n shows with it. */
export function wholeNode(itemIndex: number): ItemContext {
	return {
		serviceName: 'offboardUser',
		subject: { service: '', addressField: 'Base URL', advice: { unauthorized: '', forbidden: '' } },
		itemIndex,
	};
}

/**
 * Puts out what came of all people of a run, as 'On Error' says.
 *
 * @throws NodeOperationError if the node stops on errors and somebody is not finished
 */
export function toOutput(
	context: IExecuteFunctions,
	people: readonly Person[],
): INodeExecutionData[] {
	const node = context.getNode();
	// n8n's AI Agent of version 2 tells the model nothing about an error that a tool throws.
	const asTool = isTool(context);
	const stoppedBy = people.findIndex(({ failure }) => failure !== undefined);
	if (stoppedBy >= 0 && !asTool && !context.continueOnFail()) {
		throw toNodeError(node, reportOf(people), wholeNode(stoppedBy));
	}
	const isRouted = node.onError === 'continueErrorOutput' && !asTool;
	return people.map(({ json, failure }, item) => {
		if (!failure) return { json, pairedItem: { item } };
		const { summary } = json;
		if (!isRouted) return { json: { ...json, error: summary }, pairedItem: { item } };
		const routed = toErrorItem(node, new Failure(failure.reason, { summary }), wholeNode(item));
		routed.json = { error: routed.json.error, details: json };
		return routed;
	});
}

/** Who is done where and who is not: the output is lost with the error that stops the workflow. */
function reportOf(people: readonly Person[]): Failure {
	const failures = people.flatMap(({ failure }) => failure ?? []);
	const open = people.filter(({ failure }) => failure).map(({ json }) => json.summary);
	const finished = people
		.filter(({ failure }) => !failure)
		.map(({ json: { email } }) => String(email));
	const report = (max: number) =>
		[
			...(people.length > 1 ? [`Not finished: ${open.length} of ${people.length} people.`] : []),
			...open.slice(0, max),
			...(open.length > max ? [`And ${open.length - max} more.`] : []),
			...(finished.length > 0 ? [`Finished: ${atMost(finished, max)}.`] : []),
		].join(' ');
	const advice = [...new Set(failures.flatMap((failure) => failure.advice))];
	const isLong = Math.max(open.length, finished.length) > MAX_NAMED;
	const canceled = failures.find(({ reason }) => reason === 'canceled');
	return new Failure((canceled ?? failures[0])?.reason ?? 'unexpectedResponse', {
		summary: report(MAX_NAMED),
		advice: [...advice.slice(0, MAX_NAMED), ...(isLong ? [report(Infinity)] : [])].join(' '),
	});
}

function atMost(names: readonly string[], max: number): string {
	const more = names.length > max ? ` and ${names.length - max} more` : '';
	return `${names.slice(0, max).join(', ')}${more}`;
}
