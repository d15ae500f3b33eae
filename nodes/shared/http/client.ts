import type { GenericValue, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { z } from 'zod';

import { now } from './clock';
import { classify, type Classification, type ErrorTable } from './errorTable';
import { Failure, type FailureFacts, type ServiceError } from '../model/failure';
import { toNetworkFailure } from './networkFailure';
import type { Pace } from './throttle';
import type { Path } from '../model/path';
import { repeat } from './retry';
import { readRetryAfter } from './retryAfter';
import { redactAll } from './secrets';
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
	 * @returns nothing if it was not carried out
	 */
	recover?(): Promise<Content<T> | undefined>;
}

/** What is in a 2xx answer. */
export interface Content<T> {
	/** What the schema made of the body. */
	data: T;
	/** The body as it came; absent if it was empty. */
	response: GenericValue;
}

/** A 2xx answer. */
export interface Answer<T> extends Content<T> {
	/** Whether it was tried before, and that attempt may have been carried out. */
	isRepeat: boolean;
}

/** What an adapter sees of HTTP. */
export interface Api {
	/** @throws Failure for everything but a 2xx answer of the expected form */
	send<T>(call: Call<T>): Promise<Answer<T>>;
}

/** How long to bear with a service. */
export interface Patience {
	/** Milliseconds for each attempt. */
	timeout: number;
	/** Attempts after the first. */
	maxRetries: number;
}

const UNREADABLE: unique symbol = Symbol('not JSON');

/**
 * Turns calls into requests and answers into data or failures: the only place that does HTTP.
 *
 * What may pass by itself is tried again, changes too: all that this package does to an account has
 * the same effect when it is done twice.
 *
 * @param pace of the run: all its requests share it
 * @param signal of the execution
 */
export function createApi(
	{ transport, baseUrl, secrets }: Connection,
	errors: ErrorTable,
	{ timeout, maxRetries }: Patience,
	pace: Pace,
	signal?: AbortSignal,
): Api {
	async function attempt<T>(call: Call<T>): Promise<Content<T> | Failure> {
		const response = await transport({
			method: call.method,
			url: toUrl(baseUrl, call),
			headers: {
				Accept: 'application/json',
				...(call.body && { 'Content-Type': 'application/json' }),
			},
			...(call.body && { body: JSON.stringify(call.body) }),
			timeout,
		}).catch((error: unknown) => toNetworkFailure(error, { timeout, secrets }));
		return response instanceof Failure
			? response
			: interpret(response, call.schema, errors, secrets);
	}

	return {
		async send<T>(call: Call<T>): Promise<Answer<T>> {
			const { changes = false, recover } = call;
			const attempts = {
				attempt: async () => await attempt(call),
				changes,
				...(recover && { recover }),
			};
			const { result, isRepeat } = await repeat(attempts, maxRetries, pace, signal);
			return { ...result, isRepeat };
		},
	};
}

function toUrl(baseUrl: string, { path, query }: Pick<Call<unknown>, 'path' | 'query'>): string {
	const search = new URLSearchParams(query).toString();
	return `${baseUrl}${path}${search && '?'}${search}`;
}

function interpret<T>(
	{ status, headers, text }: HttpResponse,
	schema: Call<T>['schema'],
	errors: ErrorTable,
	secrets: readonly string[],
): Content<T> | Failure {
	const body = parse(text, secrets);
	const httpCode = String(status);

	if (status >= 300 && status < 400) {
		return new Failure('unexpectedResponse', {
			summary: 'The address in the credential redirects to another one',
			advice:
				"Enter the final address as 'Base URL' in the credential. The redirect was not followed, so that the credential is sent nowhere else.",
			httpCode,
		});
	}
	if (status < 200 || status >= 300) {
		const error: ServiceError =
			body === UNREADABLE ? {} : redactAll(errors.read(body, headers), secrets);
		const rule = isFromElsewhere(status, body) ? ELSEWHERE : classify(errors, status, error);
		const retry = retryOf(status, rule);
		return new Failure(rule.reason, {
			...error,
			summary: rule.summary,
			advice: rule.advice,
			maybe: rule.maybe,
			httpCode,
			...(body !== UNREADABLE && { response: body }),
			...(retry && { retry, retryAfter: readRetryAfter(headers, now()) }),
		});
	}
	// From here on the service may have acted, and only its answer got lost on the way.
	if (body === UNREADABLE) {
		return new Failure('unexpectedResponse', { httpCode, retry: 'mayHaveActed' });
	}
	const parsed = schema.safeParse(body);
	return parsed.success
		? { data: parsed.data, response: body }
		: new Failure('unexpectedResponse', { httpCode, response: body, retry: 'mayHaveActed' });
}

/** What proxies and firewalls send in the place of a service: a page for people. */
function isFromElsewhere(status: number, body: unknown): boolean {
	return (status === 403 || status === 407) && body === UNREADABLE;
}

const ELSEWHERE: Classification = {
	reason: 'unexpectedResponse',
	summary: 'A proxy or firewall in between does not let the request through',
	advice:
		"Check 'Base URL' in the credential, and the proxy or firewall between n8n and the service. Nothing was changed.",
};

/** Statuses that pass by themselves; from 520 on they are Cloudflare's for what lies behind it. */
const PASSING: ReadonlySet<number> = new Set([408, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** Whether an answer other than 2xx leaves hope for another attempt. */
function retryOf(status: number, { reason, isFinal }: Classification): FailureFacts['retry'] {
	if (isFinal === true) return undefined;
	if (reason === 'rateLimited') return 'didNothing';
	return PASSING.has(status) && (reason === 'unavailable' || reason === 'timeout')
		? 'mayHaveActed'
		: undefined;
}

/**
 * JSON of a body, without secrets; `undefined` if it is empty, `UNREADABLE` if it is anything else,
 * or nested deeper than n8n could store.
 */
function parse(text: string, secrets: readonly string[]): GenericValue | typeof UNREADABLE {
	if (text.trim() === '') return undefined;
	try {
		return redactAll(JSON.parse(text) as GenericValue, secrets);
	} catch {
		return UNREADABLE;
	}
}
