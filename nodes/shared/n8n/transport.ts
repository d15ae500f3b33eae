import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import type { HttpResponse, Transport } from '../http/transport';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** Sends one request; n8n rejects on the statuses that are not ignored. */
type Send = (
	ignored: NonNullable<IHttpRequestOptions['ignoreHttpStatusErrors']>,
) => Promise<HttpResponse>;

/** n8n reports an answer 401 as a rejection; this is what it keeps of the answer. */
interface Rejected401 {
	cause?: { response?: { status?: unknown; headers?: Record<string, unknown>; data?: unknown } };
}

interface TransportOptions {
	/** n8n's restriction to certain hosts, see `allowedDomains`. */
	limits: Pick<IHttpRequestOptions, 'allowedDomains'>;
	/** Who renews the token of the credential, if it has one: n8n, or the credential itself. */
	token: 'oAuth2' | 'own' | undefined;
	/** Is called once, after the first answer. */
	afterFirst?(): Promise<void>;
}

/**
 * Sends requests through n8n's helper, signed with a credential.
 *
 * Statuses are returned, not thrown, except 401 where a token can be renewed: n8n does so only if
 * it is thrown. Without a token it would only make n8n send the same request again.
 *
 * @param credential the values of the item; n8n puts a renewed token of the credential into them
 */
export function createTransport(
	context: Context,
	credentialType: string,
	credential: ICredentialDataDecryptedObject,
	{ limits, token, afterFirst }: TransportOptions,
): Transport {
	// Without it n8n reads the credential again for each request, and with the values of the first
	// item. It keeps OAuth2 tokens to itself.
	const [id, name] = [credentialType, credentialType];
	const decrypted = { credentialsDecrypted: { id, name, type: credentialType, data: credential } };

	const transport: Transport = async ({ method, url, headers, body, timeout }) => {
		const send: Send = async (ignoreHttpStatusErrors) => {
			const options: IHttpRequestOptions = {
				method,
				url,
				headers,
				...(body !== undefined && { body }),
				timeout,
				encoding: 'text',
				returnFullResponse: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors,
				...limits,
			};
			return await withDeadline(context, timeout, async (bounded) => {
				const response = (await context.helpers.httpRequestWithAuthentication.call(
					bounded,
					credentialType,
					options,
					token === 'oAuth2' ? undefined : decrypted,
				)) as IN8nHttpFullResponse;
				return {
					status: response.statusCode,
					headers: response.headers,
					text: asText(response.body),
				};
			});
		};
		return await (token === undefined ? send(true) : withFreshToken(send)).catch(answer401);
	};
	return token === undefined ? transport : firstAlone(transport, afterFirst);
}

/**
 * Leaves a 401 to n8n, which then fetches a new token and tries again. Releases before 2.11 ignore
 * the exception and return the 401: they renew the token only where they may reject, and their
 * rejection no longer holds the answer.
 */
async function withFreshToken(send: Send): Promise<HttpResponse> {
	const answer = await send({ ignore: true, except: [401] });
	if (answer.status !== 401) return answer;
	return await send(false).catch(async (error: unknown) => {
		const { httpCode } = error as { httpCode?: unknown };
		const isAnswer = typeof httpCode === 'string' && /^\d{3}$/.test(httpCode);
		return await (isAnswer ? send(true) : Promise.reject(error));
	});
}

/** Reads the answer 401 from a rejection, if it holds one. */
async function answer401(error: unknown): Promise<HttpResponse> {
	const answer = (error as Rejected401).cause?.response;
	if (answer?.status !== 401) return await Promise.reject(error);
	return { status: 401, headers: answer.headers ?? {}, text: asText(answer.data) };
}

/**
 * Ends a request at a deadline. n8n's own time limit covers silence only, so an answer that drips in
 * would never end, and neither it nor Stop reaches a request for a token: so nobody waits for more
 * than the deadline. n8n overwrites the signal of a request with the one of the context.
 */
async function withDeadline<T>(
	context: Context,
	timeout: number,
	send: (bounded: Context) => Promise<T>,
): Promise<T> {
	const canceled = 'getExecutionCancelSignal' in context && context.getExecutionCancelSignal();
	const deadline = AbortSignal.timeout(timeout);
	const signal = canceled ? AbortSignal.any([canceled, deadline]) : deadline;
	const bounded = Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as Context;
	const reasonToStop = () => (canceled && canceled.aborted ? STOPPED : TIMED_OUT);
	return await untilAborted(signal, send(bounded), reasonToStop);
}

/** What a request is rejected with that took too long. */
export const TIMED_OUT = { code: 'ETIMEDOUT' };
const STOPPED = { code: 'ERR_CANCELED' };

/**
 * Waits, but no longer than until the signal is aborted.
 *
 * @param reason what to reject with then
 */
export async function untilAborted<T>(
	signal: AbortSignal,
	waiting: Promise<T>,
	reason: () => unknown,
): Promise<T> {
	let abort = () => {};
	const aborted = new Promise<never>((_, reject) => {
		abort = () => reject(new Error('aborted'));
	});
	signal.addEventListener('abort', abort);
	if (signal.aborted) abort();
	try {
		return await Promise.race([waiting, aborted]);
	} catch (error) {
		return await Promise.reject(signal.aborted ? reason() : error);
	} finally {
		// A signal that somebody listens to stays in memory until its time is up.
		signal.removeEventListener('abort', abort);
	}
}

/**
 * Sends the first request alone. It fetches the token, or renews an expired one; older versions of
 * n8n would do so for each of the requests under way, and awork takes a refresh token once
 * (https://developers.awork.com/authentication).
 */
function firstAlone(transport: Transport, afterFirst = async () => {}): Transport {
	let first: Promise<unknown> | undefined;
	return async (request) => {
		if (first) {
			await first;
			return await transport(request);
		}
		const sent = transport(request);
		first = sent.then(afterFirst).catch(() => undefined);
		const response = await sent;
		await first;
		return response;
	};
}

/** With `encoding: 'text'` a body is a string; an empty one may be missing. */
function asText(body: unknown): string {
	return typeof body === 'string' ? body : '';
}
