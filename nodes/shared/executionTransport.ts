import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { allowedDomains } from './allowedDomains';
import { normalizeBaseUrl } from './baseUrl';
import { Failure } from './failure';
import { secretsOf } from './secrets';
import type { Connection } from './transport';

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
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	credentialType: string,
): Promise<Connection> {
	const credential = await context.getCredentials(credentialType).catch((error: unknown) => {
		const { message } = error instanceof Error ? error : new Error(String(error));
		throw new Failure('unauthorized', {
			summary: 'The credential cannot be read',
			advice: `Choose a credential in the node, and open it once to see whether it is complete. n8n says: ${message}`,
		});
	});
	const baseUrl = normalizeBaseUrl(credential.baseUrl, credential.allowHttp === true);
	const isOAuth2 = 'grantType' in credential;

	return {
		baseUrl,
		secrets: secretsOf(credential),
		async transport({ method, url, headers, body, timeout }) {
			const options: IHttpRequestOptions = {
				method,
				url,
				headers,
				...(body !== undefined && { body }),
				timeout,
				encoding: 'text',
				returnFullResponse: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: isOAuth2 ? { ignore: true, except: [401] } : true,
				...allowedDomains(credential),
			};
			try {
				const response = (await context.helpers.httpRequestWithAuthentication.call(
					context,
					credentialType,
					options,
				)) as IN8nHttpFullResponse;
				return {
					status: response.statusCode,
					headers: response.headers,
					text: asText(response.body),
				};
			} catch (error) {
				const answer = (error as Rejected401).cause?.response;
				if (answer?.status !== 401) return await Promise.reject(error);
				return { status: 401, headers: answer.headers ?? {}, text: asText(answer.data) };
			}
		},
	};
}

/** With `encoding: 'text'` a body is a string; an empty one may be missing. */
function asText(body: unknown): string {
	return typeof body === 'string' ? body : '';
}
