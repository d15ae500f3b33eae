import type { GenericValue } from 'n8n-workflow';
import type { z } from 'zod';

import { Failure, type Effect, type ServiceError } from '../model/failure';
import { quotable, storable } from '../model/text';
import { now } from './clock';
import { classify, type Classification, type ErrorTable } from './errorTable';
import type { Attempt } from './retry';
import { readRetryAfter } from './retryAfter';
import type { Redactor } from './secrets';
import type { HttpResponse } from './transport';

/** What is in a 2xx answer. */
export interface Content<T> {
	/** What the schema made of the body. */
	data: T;
	/** The body as it came; absent if it was empty. */
	response: GenericValue;
	headers: HttpResponse['headers'];
}

const NOT_JSON: unique symbol = Symbol('not JSON');

/**
 * Reads an answer: data of the expected form, or the failure that it stands for, and whether another
 * attempt may end differently.
 *
 * @param lost the effect of a request whose answer can't be used
 */
export function interpret<T>(
	{ status, headers, text }: HttpResponse,
	schema: z.ZodType<T, z.ZodTypeDef, unknown>,
	errors: ErrorTable,
	redactor: Redactor,
	lost: Effect,
): Attempt<Content<T>> {
	const body = parse(text, redactor);
	const response = body === NOT_JSON ? undefined : storable(body, text);
	const answer = (error: ServiceError = {}) =>
		({ kind: 'answer', status, error, body: response }) as const;

	if (status >= 300 && status < 400) {
		return {
			failure: new Failure('unexpectedResponse', { ...REDIRECTED, source: answer(), effect: lost }),
		};
	}
	if (status < 200 || status >= 300) {
		const error = body === NOT_JSON ? {} : inMessage(errors.read(body, headers), redactor);
		const { reason, summary, advice, mayMean, isFinal } = isFromProxy(status, body)
			? FROM_PROXY
			: classify(errors, status, error);
		const facts = { summary, advice, mayMean, source: answer(error) };
		// A refusal means that nothing was done; after an error of the server nobody knows.
		const effect = status >= 500 || status === 408 ? lost : 'none';
		const failure = new Failure(reason, { ...facts, effect });
		return isFinal === true || !isPassing(status, reason)
			? { failure }
			: { failure, retry: { after: readRetryAfter(headers, now()) } };
	}
	// From here on the service may have acted, and only its answer got lost on the way.
	const isProof = body !== NOT_JSON && !(status === ACCEPTED && lost === 'possible');
	const parsed = isProof ? schema.safeParse(body) : undefined;
	return parsed?.success === true
		? { result: { data: parsed.data, response, headers } }
		: {
				failure: new Failure('unexpectedResponse', { source: answer(), effect: lost }),
				retry: {},
			};
}

/** The service took a request, but has not carried it out yet (RFC 9110, 15.3.3). */
const ACCEPTED = 202;

const REDIRECTED = {
	summary: 'The address in the credential redirects to another one',
	advice:
		"Enter the final address as 'Base URL' in the credential. The redirect was not followed, so the credential was sent nowhere else.",
};

/** Proxies and firewalls answer in place of a service, with a page for people. */
function isFromProxy(status: number, body: unknown): boolean {
	return (status === 403 || status === 407) && body === NOT_JSON;
}

const FROM_PROXY: Classification = {
	reason: 'unexpectedResponse',
	summary: 'A proxy or firewall blocked the request',
	advice:
		"Check 'Base URL' in the credential, and the proxy or firewall between n8n and the service.",
};

/** Statuses that may be over by the next attempt; from 520 on they are Cloudflare's. */
const PASSING: ReadonlySet<number> = new Set([408, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

function isPassing(status: number, reason: Failure['reason']): boolean {
	if (reason === 'rateLimited') return true;
	return PASSING.has(status) && (reason === 'unavailable' || reason === 'timeout');
}

/** What a service said, as a message can quote it. Headers may hold secrets, too. */
function inMessage({ message, code, traceId }: ServiceError, { text }: Redactor): ServiceError {
	const quoted = (said: string | undefined) => said && quotable(text(said));
	return { message: quoted(message), code: quoted(code), traceId: quoted(traceId) };
}

/**
 * JSON of a body, without secrets; `undefined` if it is empty, `NOT_JSON` if it is anything else, or
 * nested deeper than n8n could store.
 */
function parse(text: string, redactor: Redactor): GenericValue | typeof NOT_JSON {
	if (text.trim() === '') return undefined;
	try {
		return redactor.value(JSON.parse(text) as GenericValue, text);
	} catch {
		return NOT_JSON;
	}
}
