import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { z } from 'zod';

import type { Effect } from '../model/failure';
import type { Path } from '../model/path';
import { interpret, type Content } from './answer';
import type { ErrorTable } from './errorTable';
import { toNetworkFailure } from './networkFailure';
import { withRetry, type Attempt, type RetryPolicy } from './retry';
import { createRedactor, type Redactor } from './secrets';
import type { Throttle } from './throttle';
import type { Connection } from './transport';

/** One call of a service's API, in the service's terms. */
export interface Call<T> {
	method: IHttpRequestMethods;
	path: Path;
	query?: Record<string, string>;
	body?: IDataObject;
	/** Besides those that every request has, or in their place. */
	headers?: Readonly<Record<string, string>>;
	/** What a 2xx answer must look like. An empty body arrives as `undefined`. */
	schema: z.ZodType<T, z.ZodTypeDef, unknown>;
	/** Whether it changes something: then it matters what became of an attempt without an answer. */
	changes?: boolean;
	/** Whether the node can do without the answer: then it is not worth waiting for a second attempt. */
	isOptional?: boolean;
	/**
	 * Finds out what became of an attempt without an answer, where it must not simply be repeated.
	 *
	 * @returns undefined if it was not carried out
	 */
	recover?(): Promise<Omit<Content<T>, 'headers'> | undefined>;
}

/** A 2xx answer. */
export interface Answer<T> extends Content<T> {
	/** Whether an earlier attempt got no usable answer and may have been carried out. */
	mayHaveSucceeded: boolean;
}

/** What an adapter sees of HTTP. */
export interface Client {
	/** What the credential authenticates with, where it has a choice. */
	readonly authentication?: string | undefined;
	/** @throws Failure for everything but a 2xx answer of the expected form */
	send<T>(call: Call<T>): Promise<Answer<T>>;
}

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
	{ transport, baseUrl, authentication, secretsInUse }: Connection,
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
				...call.headers,
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
		authentication,

		async send<T>(call: Call<T>): Promise<Answer<T>> {
			const { isOptional, recover } = call;
			const repeatable = {
				send: async () => await attempt(call),
				kind: kindOf(baseUrl, call),
				isOptional,
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

/** The method and the depth of the path tell apart what a service does, without naming anybody. */
function kindOf(baseUrl: string, { method, path }: Pick<Call<unknown>, 'method' | 'path'>): string {
	return `${baseUrl} ${method} ${path.split('/').length}`;
}

function toUrl(baseUrl: string, { path, query }: Pick<Call<unknown>, 'path' | 'query'>): string {
	// Not every server reads a plus sign as a space.
	const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
	return `${baseUrl}${path}${search && '?'}${search}`;
}
