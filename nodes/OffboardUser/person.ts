import type { IDataObject } from 'n8n-workflow';

import type { OffboardingRecord, Outcome } from '../shared/model/record';

/** What came of one person at one service: a record, or what a failure says. */
export type AtService = { record: OffboardingRecord } | { failure: IDataObject };

/** The item that the node puts out for one person. */
export interface Person {
	email?: string;
	operation: string;
	/** Every service is in the wanted state, and at least one was asked. */
	complete: boolean;
	/** Services that were worked on. */
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

/** Sums up what came of one person at all services that were asked. */
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
		failed: results.length - records.length,
		startedAt: run.startedAt,
		finishedAt: run.finishedAt,
		services: results.map((result) => ('record' in result ? { ...result.record } : result.failure)),
	};
}
