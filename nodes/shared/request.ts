import type { GenericValue, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import type { z } from 'zod';

import { classify, type ErrorTable } from './errorTable';
import { Failure, type ServiceError } from './failure';
import { toNetworkFailure } from './networkFailure';
import type { Path } from './path';
import { redact } from './secrets';
import type { Connection, HttpResponse } from './transport';

/** One call of a service's API, in the service's terms. */
export interface Call<T> {
	method: IHttpRequestMethods;
	path: Path;
	query?: Record<string, string>;
	body?: IDataObject;
	/** What a 2xx answer must look like. An empty body arrives as `undefined`. */
	schema: z.ZodType<T, z.ZodTypeDef, unknown>;
}

/** A 2xx answer. */
export interface Answer<T> {
	/** What the schema made of the body. */
	data: T;
	/** The body as it came; absent if it was empty. */
	response: GenericValue;
}

/** What an adapter sees of HTTP. */
export interface Api {
	/** @throws Failure for everything but a 2xx answer of the expected form */
	send<T>(call: Call<T>): Promise<Answer<T>>;
}

const UNREADABLE: unique symbol = Symbol('not JSON');

/**
 * Turns calls into requests and answers into data or failures: the only place that does HTTP.
 *
 * @param timeout milliseconds to wait for each answer
 */
export function createApi(connection: Connection, errors: ErrorTable, timeout: number): Api {
	return {
		async send<T>(call: Call<T>): Promise<Answer<T>> {
			const response = await connection
				.transport({
					method: call.method,
					url: toUrl(connection.baseUrl, call),
					headers: {
						Accept: 'application/json',
						...(call.body && { 'Content-Type': 'application/json' }),
					},
					...(call.body && { body: JSON.stringify(call.body) }),
					timeout,
				})
				.catch((error: unknown) => {
					throw toNetworkFailure(error, { timeout, secrets: connection.secrets });
				});
			return interpret(response, call.schema, errors, connection.secrets);
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
): Answer<T> {
	const body = parse(redact(text, secrets));
	const httpCode = String(status);

	if (status >= 300 && status < 400) {
		throw new Failure('unexpectedResponse', {
			summary: 'The address in the credential redirects to another one',
			advice:
				"Enter the final address as 'Base URL' in the credential. The redirect was not followed, so that the credential is sent nowhere else.",
			httpCode,
		});
	}
	if (status < 200 || status >= 300) {
		const error: ServiceError = body === UNREADABLE ? {} : errors.read(body, headers);
		const { reason, summary, advice, maybe } = classify(errors, status, error);
		throw new Failure(reason, {
			...error,
			summary,
			advice,
			maybe,
			httpCode,
			...(body !== UNREADABLE && { response: body }),
		});
	}
	if (body === UNREADABLE) {
		throw new Failure('unexpectedResponse', { httpCode });
	}
	const parsed = schema.safeParse(body);
	if (!parsed.success) {
		throw new Failure('unexpectedResponse', { httpCode, response: body });
	}
	return { data: parsed.data, response: body };
}

/** JSON of a body; `undefined` if it is empty, `UNREADABLE` if it is anything else. */
function parse(text: string): GenericValue | typeof UNREADABLE {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as GenericValue;
	} catch {
		return UNREADABLE;
	}
}
