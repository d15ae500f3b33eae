import type { IDataObject } from 'n8n-workflow';

import type { OffboardingRecord, Outcome } from '../shared/model/record';
import type { Service } from '../shared/users/service';

/** What came of one person at one service: a record, or what a failure says. */
export type AtService =
	| { service: string; record: OffboardingRecord }
	| { service: string; failure: IDataObject }
	/** The service has no way to tell. */
	| { service: string; notAsked: true };

/** The item that the node outputs for one person. */
export interface Person {
	email?: string;
	operation: string;
	/** Every service is known to be in the wanted state, and at least one was asked. */
	complete: boolean;
	/** Services that were selected. */
	total: number;
	/** Those where this run changed the account. */
	changed: number;
	/** Those where the account is in the wanted state, changed or not. */
	inWantedState: number;
	/** Those where something failed. */
	failed: number;
	/** When the run began and when it was over at all services, ISO 8601, UTC. */
	startedAt: string;
	finishedAt: string;
	/** A record or a failure for each service, in the order of the editor. */
	services: IDataObject[];
}

const NO_ACCESS: ReadonlySet<Outcome> = new Set(['deactivated', 'alreadyDeactivated', 'notFound']);
const HAS_ACCESS: ReadonlySet<Outcome> = new Set(['reactivated', 'alreadyActive']);

/**
 * Whether a service is where the operation wants it. A look-up is the check whether all access is
 * gone; a dry run leaves everything as it is, so it brings nobody where they should be.
 */
function isWanted({ operation, outcome, stateAfter }: OffboardingRecord): boolean {
	if (operation === 'reactivate') return HAS_ACCESS.has(outcome);
	return NO_ACCESS.has(outcome) || (operation === 'get' && stateAfter === 'deactivated');
}

/**
 * Whether a record says only that the service knows nobody by this address, or nobody who is active
 * where it can't look people up.
 */
export function isNobody(
	{ outcome, stateAfter }: OffboardingRecord,
	{ operations }: Pick<Service, 'operations'>,
): boolean {
	if (outcome === 'notFound') return true;
	const isUncertain = outcome === 'alreadyDeactivated' && stateAfter === 'unknown';
	return isUncertain && !Object.hasOwn(operations, 'get');
}

/**
 * Whether a result proves that a service knows exactly this address. A failure does if something was
 * done before it, or if it names the account that was found.
 */
export function knowsAddress(result: AtService): boolean {
	if ('notAsked' in result) return false;
	if ('failure' in result) {
		return result.failure.outcome !== undefined || result.failure.userId !== undefined;
	}
	const { outcome, userId } = result.record;
	return outcome !== 'notFound' && (userId !== undefined || outcome === 'deactivated');
}

/** Sums up what came of one person at all selected services. */
export function toPerson(
	run: Pick<Person, 'operation' | 'startedAt' | 'finishedAt'> & { email: string | undefined },
	results: readonly AtService[],
): Person {
	const records = results.flatMap((result) => ('record' in result ? [result.record] : []));
	const inWantedState = records.filter(isWanted).length;
	return {
		...(run.email !== undefined && { email: run.email }),
		operation: run.operation,
		complete: results.length > 0 && inWantedState === results.length,
		total: results.length,
		changed: records.filter(({ changed }) => changed).length,
		inWantedState,
		failed: results.filter((result) => 'failure' in result).length,
		startedAt: run.startedAt,
		finishedAt: run.finishedAt,
		services: results.map((result) => toEntry(result, run)),
	};
}

function toEntry(
	result: AtService,
	{ operation, email }: { operation: string; email: string | undefined },
): IDataObject {
	if ('record' in result) return { ...result.record };
	if ('failure' in result) return result.failure;
	return {
		service: result.service,
		operation,
		outcome: 'notAsked',
		...(email !== undefined && { email }),
	};
}
