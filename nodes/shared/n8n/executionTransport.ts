import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { allowedDomains } from './allowedDomains';
import { normalizeBaseUrl } from '../http/baseUrl';
import { asError, Failure } from '../model/failure';
import { secretsOf } from '../http/secrets';
import type { Connection, HttpResponse, Transport } from '../http/transport';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** Sends one request; n8n rejects on the statuses that are not ignored. */
type Send = (
	ignored: NonNullable<IHttpRequestOptions['ignoreHttpStatusErrors']>,
) => Promise<HttpResponse>;

/** n8n reports an answer 401 only as a rejection; this is what is left of the answer in it. */
interface Rejected401 {
	cause?: { response?: { status?: unknown; headers?: Record<string, unknown>; data?: unknown } };
}

/**
 * Connects to a service with a credential of the running node.
 *
 * Statuses are handed back, not thrown; with OAuth2, 401 is thrown all the same, since n8n fetches
 * a new token on it. Without OAuth2 it would only make n8n send the same request again.
 *
 * @throws Failure if there is no credential, or its base URL cannot be used
 */
export async function connect(context: Context, credentialType: string): Promise<Connection> {
	const credential = await context.getCredentials(credentialType).catch((error: unknown) => {
		const { message } = asError(error);
		throw new Failure('unauthorized', {
			summary: 'The credential cannot be read',
			advice: `Choose a credential in the node, and open it once to see whether it is complete. n8n says: ${message}`,
		});
	});
	const baseUrl = normalizeBaseUrl(credential.baseUrl, credential.allowHttp === true);
	const isOAuth2 = 'grantType' in credential;
	// Without it n8n reads and decrypts the credential for each request. OAuth2 tokens may change.
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
				...allowedDomains(credential),
			};
			return await withDeadline(context, timeout, async (bounded) => {
				const response = (await context.helpers.httpRequestWithAuthentication.call(
					bounded,
					credentialType,
					options,
					isOAuth2 ? undefined : decrypted,
				)) as IN8nHttpFullResponse;
				return {
					status: response.statusCode,
					headers: response.headers,
					text: asText(response.body),
				};
			});
		};
		return await (isOAuth2 ? withFreshToken(send) : send(true)).catch(answer401);
	};
	return {
		baseUrl,
		secrets: secretsOf(credential),
		transport: isOAuth2 ? firstAlone(transport) : transport,
	};
}

/**
 * Leaves a 401 to n8n, which then fetches a new token and tries again. Releases before 2.11 know no
 * exceptions and hand the 401 back: they renew the token only where they may reject, and their
 * rejection does not hold the answer any more.
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

/** Takes a rejection for the answer that it is, if it is one. */
async function answer401(error: unknown): Promise<HttpResponse> {
	const answer = (error as Rejected401).cause?.response;
	if (answer?.status !== 401) return await Promise.reject(error);
	return { status: 401, headers: answer.headers ?? {}, text: asText(answer.data) };
}

const TIMED_OUT = { code: 'ETIMEDOUT' };

/**
 * Ends a request at a deadline. n8n's own time limit is for silence only, so that an answer that
 * drips in would never end; and whatever signal a request has, n8n takes the one of the context.
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
	return await send(bounded).catch(async (error: unknown) => {
		const isLate = deadline.aborted && !(canceled && canceled.aborted);
		return await Promise.reject(isLate ? TIMED_OUT : error);
	});
}

/**
 * Sends the first request alone. Should it turn out that the token has expired, n8n fetches a new one
 * with the refresh token; older versions would do so for each of the requests under way, and awork
 * takes a refresh token once (https://developers.awork.com/authentication).
 */
function firstAlone(transport: Transport): Transport {
	let first: Promise<unknown> | undefined;
	return async (request) => {
		if (first) {
			await first;
			return await transport(request);
		}
		const sent = transport(request);
		first = sent.catch(() => undefined);
		return await sent;
	};
}

/** With `encoding: 'text'` a body is a string; an empty one may be missing. */
function asText(body: unknown): string {
	return typeof body === 'string' ? body : '';
}
