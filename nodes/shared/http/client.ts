import type { GenericValue, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { z } from 'zod';

import { Failure, type Effect, type ServiceError } from '../model/failure';
import type { Path } from '../model/path';
import { quotable, storable } from '../model/text';
import { now } from './clock';
import { classify, type Classification, type ErrorTable } from './errorTable';
import { toNetworkFailure } from './networkFailure';
import { withRetry, type Attempt, type RetryPolicy } from './retry';
import { readRetryAfter } from './retryAfter';
import { createRedactor, type Redactor } from './secrets';
import type { Throttle } from './throttle';
import type { Connection, HttpResponse } from './transport';

/** One call of a service's API, in the service's terms. */
export interface Call<T> {
	method: IHttpRequestMethods;
	path: Path;
	query?: Record<string, string>;
	body?: IDataObject;
	/** What a 2xx answer must look like. An empty body arrives as `undefined`. */
	schema: z.ZodType<T, z.ZodTypeDef, unknown>;
	/** Whether it changes something: then it matters what became of an attempt without an answer. */
	changes?: boolean;
	/**
	 * Finds out what became of an attempt without an answer, where it must not simply be repeated.
	 *
	 * @returns undefined if it was not carried out
	 */
	recover?(): Promise<Omit<Content<T>, 'headers'> | undefined>;
}

/** What is in a 2xx answer. */
export interface Content<T> {
	/** What the schema made of the body. */
	data: T;
	/** The body as it came; absent if it was empty. */
	response: GenericValue;
	headers: HttpResponse['headers'];
}

/** A 2xx answer. */
export interface Answer<T> extends Content<T> {
	/** Whether an earlier attempt got no usable answer and may have been carried out. */
	mayHaveSucceeded: boolean;
}

/** What an adapter sees of HTTP. */
export interface Client {
	/** @throws Failure for everything but a 2xx answer of the expected form */
	send<T>(call: Call<T>): Promise<Answer<T>>;
}

const NOT_JSON: unique symbol = Symbol('not JSON');

/**
 * Turns calls into requests and answers into data or failures: the only place that does HTTP.
 *
 * A request that failed for a passing reason is sent again, changes too: everything that this package
 * does to an account has the same effect when it is done twice.
 *
 * @param throttle of the run: all its requests share it
 * @param signal of the execution
 */
export function createClient(
	{ transport, baseUrl, secretsInUse }: Connection,
	errors: ErrorTable,
	policy: RetryPolicy,
	throttle: Throttle,
	signal?: AbortSignal,
): Client {
	const { timeout } = policy;
	const redactorFor = memoizeLast(createRedactor);

	async function attempt<T>(call: Call<T>): Promise<Attempt<Content<T>>> {
		const lost: Effect = call.changes === true ? 'possible' : 'none';
		const response = await transport({
			method: call.method,
			url: toUrl(baseUrl, call),
			headers: {
				Accept: 'application/json',
				...(call.body && { 'Content-Type': 'application/json' }),
			},
			...(call.body && { body: JSON.stringify(call.body) }),
			timeout,
		}).catch((error: unknown) => ({ error }));
		// Only now: a token may have been renewed for this request.
		const redactor = redactorFor(secretsInUse());
		return 'error' in response
			? toNetworkFailure(response.error, { timeout, redactor, lost })
			: interpret(response, call.schema, errors, redactor, lost);
	}

	return {
		async send<T>(call: Call<T>): Promise<Answer<T>> {
			const { recover } = call;
			const repeatable = {
				send: async () => await attempt(call),
				...(recover && { recover: async () => withoutHeaders(await recover()) }),
			};
			const { result, mayHaveSucceeded } = await withRetry(repeatable, policy, throttle, signal);
			return { ...result, mayHaveSucceeded };
		},
	};
}

/** Builds a redactor only when the secrets have changed. */
function memoizeLast(create: typeof createRedactor): typeof createRedactor {
	let last: { key: string; redactor: Redactor } | undefined;
	return (secrets) => {
		const key = secrets.join('\n');
		if (last?.key !== key) last = { key, redactor: create(secrets) };
		return last.redactor;
	};
}

/** What was found out by a read has no headers of its own. */
function withoutHeaders<T>(content: Omit<T, 'headers'> | undefined) {
	return content && { ...content, headers: {} };
}

function toUrl(baseUrl: string, { path, query }: Pick<Call<unknown>, 'path' | 'query'>): string {
	const search = new URLSearchParams(query).toString();
	return `${baseUrl}${path}${search && '?'}${search}`;
}

/** @param lost the effect of a request whose answer can't be used */
function interpret<T>(
	{ status, headers, text }: HttpResponse,
	schema: Call<T>['schema'],
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
			failure: new Failure('unexpectedResponse', { ...REDIRECTED, source: answer() }),
		};
	}
	if (status < 200 || status >= 300) {
		const error = body === NOT_JSON ? {} : inMessage(errors.read(body, headers), redactor);
		const { reason, summary, advice, mayMean, isFinal } = isFromProxy(status, body)
			? FROM_PROXY
			: classify(errors, status, error);
		const facts = { summary, advice, mayMean, source: answer(error) };
		if (isFinal === true || !isPassing(status, reason)) {
			return { failure: new Failure(reason, facts) };
		}
		// A limit refuses a request before it is carried out; of other errors nobody knows.
		const effect = reason === 'rateLimited' ? 'none' : lost;
		return {
			failure: new Failure(reason, { ...facts, effect }),
			retry: { after: readRetryAfter(headers, now()) },
		};
	}
	// From here on the service may have acted, and only its answer got lost on the way.
	const parsed = body === NOT_JSON ? undefined : schema.safeParse(body);
	return parsed?.success === true
		? { result: { data: parsed.data, response, headers } }
		: {
				failure: new Failure('unexpectedResponse', { source: answer(), effect: lost }),
				retry: {},
			};
}

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
