import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { allowedDomains } from './allowedDomains';
import { normalizeBaseUrl } from '../http/baseUrl';
import { asFailure } from './errors';
import { aboutNobody } from '../http/errorTable';
import { explain, subjectOf } from './messages';
import { createPace } from '../http/throttle';
import { createApi } from '../http/client';
import { secretsOf } from '../http/secrets';
import type { Service } from '../users/service';
import type { Connection, Transport } from '../http/transport';

/** Somebody is looking at the dialog. */
const PATIENCE = { timeout: 15_000, maxRetries: 0 };

type CredentialTestContext = ThisParameterType<ICredentialTestFunction>;

interface LegacyResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * The test behind a credential's 'Test' button.
 *
 * n8n's declarative tests cannot express ours: they take every status but 2xx for a bad credential
 * (Langdock has no request that a good one answers with 2xx and no effect), believe any body, and
 * report an unreachable host by its network code alone.
 */
export function credentialTest(
	service: Service,
	credentialClass: new () => ICredentialType,
): ICredentialTestFunction {
	return async function (this, { data }) {
		try {
			const connection = connectForTest(this, new credentialClass(), data ?? {});
			const api = createApi(connection, service.errors, PATIENCE, createPace(undefined));
			await service.checkCredential(api);
			return { status: 'OK', message: `${service.displayName} accepts the credential` };
		} catch (error) {
			const subject = subjectOf(service);
			const { message, description } = explain(aboutNobody(asFailure(error)), subject);
			return { status: 'Error', message: `${message}. ${description}` };
		}
	};
}

function connectForTest(
	{ helpers }: CredentialTestContext,
	{ authenticate }: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Connection {
	if (typeof authenticate !== 'function') throw new TypeError('authenticate must be a function');
	// The one helper that n8n gives to credential tests.
	const { request } = helpers;

	const transport: Transport = async ({ method, url, headers, body, timeout }) => {
		const signed: IHttpRequestOptions = await authenticate(data, { method, url, headers });
		const response = (await request({
			method,
			uri: url,
			headers: signed.headers,
			...(body !== undefined && { body }),
			timeout,
			followRedirect: false,
			resolveWithFullResponse: true,
			simple: false,
			...allowedDomains(data),
		})) as LegacyResponse;
		return {
			status: response.statusCode,
			headers: response.headers,
			text: typeof response.body === 'string' ? response.body : '',
		};
	};
	return {
		transport,
		baseUrl: normalizeBaseUrl(data.baseUrl, data.allowHttp === true),
		secrets: secretsOf(data),
	};
}
