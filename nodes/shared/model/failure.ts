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
	/** Never leaves a node: for a reactivation it is a success. */
	| 'alreadyActive'
	| 'refused'
	| 'rateLimited'
	| 'unavailable'
	| 'timeout'
	| 'unexpectedResponse'
	/** The person who runs the workflow stopped it. */
	| 'canceled';

/** Whether the account was changed before the failure: certainly not, perhaps, or certainly. */
export type Effect = 'none' | 'possible' | 'done';

/** What a service says in the body of an error answer, in its own words. */
export interface ServiceError {
	message?: string | undefined;
	code?: string | undefined;
	/** The ID that the service's support asks for. */
	traceId?: string | undefined;
}

/** What a failure is known from, if not from the input alone. */
export type Source =
	/** No answer came: a code of Node.js, OpenSSL or n8n. */
	| { kind: 'network'; code: string }
	/** An answer with its HTTP status; `body` is the service's own, without secrets. */
	| { kind: 'answer'; status: number; error: ServiceError; body: GenericValue };

export interface FailureFacts {
	/** What happened, where the sentence for the reason is too general. */
	summary?: string | undefined;
	/** What to do about it, where the advice for the reason is too general. */
	advice?: string | undefined;
	source?: Source | undefined;
	/** `none` if it is not said. */
	effect?: Effect | undefined;
	/** What was done to the account, with the effect `done`. */
	outcome?: Outcome | undefined;
	/** A parameter has no value for the item, so that its fields matter. */
	lacksValue?: true;
	/** Which app it was, where one service stands for many. */
	app?: string | undefined;
	/** The account it is about, where that is known better than the parameters say. */
	account?: Account | undefined;
	/** The service gives the same answer for this. */
	mayMean?: 'alreadyDeactivated' | undefined;
	/** How often the request was sent, and how many milliseconds passed in between. */
	attempts?: { count: number; waited: number } | undefined;
}

/**
 * The one thing that adapters, parameters and the client throw. It holds plain values only (no
 * request, header, token or cause); `n8n/errors.ts` alone turns it into what n8n shows.
 */
export class Failure extends Error {
	override readonly name = 'Failure';

	constructor(
		readonly reason: Reason,
		readonly facts: FailureFacts = {},
	) {
		super(facts.summary ?? reason);
	}

	/** Whether the account was changed before the failure. */
	get effect(): Effect {
		return this.facts.effect ?? 'none';
	}

	/** What the service said, if it answered. */
	get serviceError(): ServiceError {
		return this.facts.source?.kind === 'answer' ? this.facts.source.error : {};
	}

	/** The body of the service's answer, if there was one. */
	get response(): GenericValue {
		return this.facts.source?.kind === 'answer' ? this.facts.source.body : undefined;
	}

	/** The same failure with other facts in place of some of its own. */
	with(facts: FailureFacts, reason: Reason = this.reason): Failure {
		return new Failure(reason, { ...this.facts, ...facts });
	}
}

/** Reads any thrown value as an error: code may throw anything. */
export function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}

/** Reads any thrown value as a failure. Anything else is a bug, in this package or in n8n. */
export function asFailure(error: unknown): Failure {
	if (error instanceof Failure) return error;
	const { name, message } = asError(error);
	return new Failure('unexpectedResponse', {
		summary: 'Something unexpected happened in this node',
		advice: `Report it to the maintainers of this node with this text: ${name}: ${message}`,
	});
}

/** What a function returns, or the failure that it throws. */
export function attempt<Result>(work: () => Result): Result | Failure {
	try {
		return work();
	} catch (error) {
		return asFailure(error);
	}
}

/**
 * What is found out about a failure. If that fails, too, it still counts what the first may have done.
 *
 * @throws Failure of the work, with the effect of the first
 */
export async function lookInto<Result>(failure: Failure, work: Promise<Result>): Promise<Result> {
	return await work.catch((error: unknown) => {
		throw asFailure(error).with({ effect: failure.effect });
	});
}
