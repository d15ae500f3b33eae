import type { Failure } from '../shared/model/failure';
import type { OffboardingRecord, Outcome } from '../shared/model/record';
import type { ItemContext } from '../shared/n8n/errors';
import type { Service } from '../shared/users/service';

/** What came of one person at one service. */
export type AtService = DoneAt | FailedAt | NotAskedAt;

export interface DoneAt {
	service: Service;
	record: OffboardingRecord;
	/** Which app it was, where the service stands for many. */
	app?: string | undefined;
}

/** Why something failed, and what the message is about. */
export interface Cause {
	failure: Failure;
	about: ItemContext;
}

export interface FailedAt extends Cause {
	service: Service;
}

/** The service has no such operation. */
interface NotAskedAt {
	service: Service;
	notAsked: true;
}

/** How sentences name the service. */
export function nameOf(result: AtService): string {
	if ('notAsked' in result) return result.service.displayName;
	const app = 'record' in result ? result.app : result.failure.facts.app;
	return app ?? result.service.displayName;
}

/** What the results of one person are about. */
export interface Run {
	operation: string;
	/** How to call the person. Absent if nothing was entered. */
	label?: string | undefined;
	isDryRun: boolean;
}

const NO_ACCESS: ReadonlySet<Outcome> = new Set(['deactivated', 'alreadyDeactivated', 'notFound']);
const HAS_ACCESS: ReadonlySet<Outcome> = new Set(['reactivated', 'alreadyActive']);

/** Whether a service is where the operation wants it. A look-up is the check whether access is gone. */
export function isWanted(result: AtService): boolean {
	if (!('record' in result)) return false;
	const { operation, outcome, stateAfter } = result.record;
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
		const { outcome, account } = result.failure.facts;
		return outcome !== undefined || account?.userId !== undefined;
	}
	const { outcome, userId } = result.record;
	return outcome !== 'notFound' && (userId !== undefined || outcome === 'deactivated');
}
