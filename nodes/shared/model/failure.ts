import type { GenericValue } from 'n8n-workflow';

import type { Account, Outcome } from './record';

/** Why an account could not be brought into the wanted state. */
export type Reason =
	| 'invalidInput'
	| 'unauthorized'
	| 'forbidden'
	| 'notFound'
	| 'ambiguousUser'
	| 'protectedUser'
	| 'safetyLimit'
	| 'alreadyDeactivated'
	/** Never leaves a node: whoever reactivates is content with it. */
	| 'alreadyActive'
	| 'refused'
	| 'rateLimited'
	| 'unavailable'
	| 'timeout'
	| 'unexpectedResponse'
	/** The person who runs the workflow stopped it; neither service nor input is to blame. */
	| 'canceled';

/** What a service says in the body of an error answer, in its own words. */
export interface ServiceError {
	message?: string | undefined;
	code?: string | undefined;
	/** The id that the service's support asks for. */
	traceId?: string | undefined;
}

export interface FailureFacts extends ServiceError {
	/** What happened, where the sentence for the reason is too general. */
	summary?: string | undefined;
	/** What to do about it, where the advice for the reason is too general. */
	advice?: string | undefined;
	/** HTTP status of the answer, or the network code where there was none. */
	httpCode?: string | undefined;
	/** The answer's body, untouched. */
	response?: GenericValue;
	/** The service cannot tell the reason from this one. */
	maybe?: 'alreadyDeactivated' | undefined;
	/** Whom it is about, where it was found out before anything was begun. */
	account?: Account | undefined;
	/** What this run had done to the account before it failed. */
	done?: Outcome | undefined;
	/** Another attempt may succeed; whether this one surely did nothing, or may have been carried out. */
	retry?: 'didNothing' | 'mayHaveActed' | undefined;
	/** Milliseconds that the service asks to wait. */
	retryAfter?: number | undefined;
	/** How often it was tried, and how many milliseconds were waited in between. */
	attempts?: { count: number; waited: number } | undefined;
	/** An attempt to change the account may have been carried out although no answer says so. */
	isFateUnknown?: boolean | undefined;
}

/** Reads any thrown value as an error: not everybody throws one. */
export function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}

/**
 * The one thing that adapters, parameters and the request helper throw. It holds plain values only
 * (no request, header, token or cause), and `errors.ts` alone turns it into what n8n shows.
 */
export class Failure extends Error {
	override readonly name = 'Failure';

	constructor(
		readonly reason: Reason,
		readonly facts: FailureFacts = {},
	) {
		super(facts.summary ?? reason);
	}
}
