import type { IDataObject } from 'n8n-workflow';

import type { Reason } from '../shared/model/failure';
import { failureFields } from '../shared/n8n/errors';
import { isWanted, knowsAddress, nameOf, type AtService, type Cause, type Run } from './result';
import { commonCause, summaryOf } from './summary';

/** The fields of the item that the node outputs for one person, beside one for each service. */
export interface PersonFields {
	/** The address, or what was entered in its place. Absent if nothing was. */
	email?: string;
	/** Whether all access is known to be as wanted. */
	complete: boolean;
	/** What came of the person where, in plain sentences. */
	summary: string;
	dryRun?: true;
	/** What came of the person at each service. */
	services: IDataObject[];
	/** Why the person failed at all services, if it is not the fault of a service. */
	reason?: Reason;
	/** What to do about that. */
	description?: string;
}

/** What came of one person at all services. */
export interface Person {
	json: PersonFields & IDataObject;
	/** Absent if the person is finished. */
	failure?: {
		reason: Reason;
		/** What to do, one text for each service that failed. */
		advice: readonly string[];
	};
}

/** Whether all access is known to be as wanted. A dry run leaves everything as it is. */
function isComplete({ operation, isDryRun }: Run, results: readonly AtService[]): boolean {
	if (isDryRun && operation !== 'get') return false;
	// A mistyped address has no access anywhere either.
	if (operation === 'get' && !results.some(knowsAddress)) return false;
	return results.length > 0 && results.every(isWanted);
}

/**
 * Sums up what came of one person at all services that were chosen.
 *
 * @param cause the one cause of all failures, where it is not the fault of a service
 */
export function toPerson(
	run: Run,
	results: readonly AtService[],
	cause: Cause | undefined = commonCause(results),
): Person {
	const { label, operation, isDryRun } = run;
	return {
		json: {
			...(label !== undefined && { email: label }),
			complete: isComplete(run, results),
			summary: summaryOf(run, results, cause),
			...(isDryRun && operation !== 'get' && { dryRun: true as const }),
			...Object.fromEntries(results.map((result) => [result.service.name, columnOf(result)])),
			services: results.map((result) => toEntry(result, run, cause !== undefined)),
			...(cause && reasonAndAdvice(cause)),
		},
		...failureOf(results, cause),
	};
}

function reasonAndAdvice({ failure, about }: Cause) {
	const { reason, description } = failureFields(failure, about);
	return { reason, description };
}

function failureOf(
	results: readonly AtService[],
	cause: Cause | undefined,
): Pick<Person, 'failure'> {
	const failed = results.filter((result) => 'failure' in result);
	const [first] = failed;
	if (cause) {
		const { reason, description } = reasonAndAdvice(cause);
		return { failure: { reason, advice: [description] } };
	}
	if (!first) return {};
	const isCanceled = failed.some(({ failure }) => failure.reason === 'canceled');
	return {
		failure: {
			reason: isCanceled ? 'canceled' : first.failure.reason,
			advice: failed.map(
				(one) => `${nameOf(one)}: ${failureFields(one.failure, one.about).description}`,
			),
		},
	};
}

/** What the table shows of a service. */
function columnOf(result: AtService): string {
	if ('failure' in result) return 'failed';
	if ('notAsked' in result) return 'notAsked';
	const { outcome, stateAfter } = result.record;
	return outcome === 'found' ? stateAfter : outcome;
}

/** @param isSaid whether the item itself says what happened */
function toEntry(result: AtService, { operation, label }: Run, isSaid: boolean): IDataObject {
	if ('record' in result) return { ...result.record };
	if ('failure' in result) {
		const { message, description, ...facts } = failureFields(result.failure, result.about);
		return isSaid ? facts : { ...facts, message, description };
	}
	const { name } = result.service;
	return { service: name, operation, outcome: 'notAsked', ...(label && { email: label }) };
}
