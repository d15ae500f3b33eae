import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { normalizeBaseUrl } from '../http/baseUrl';
import { createClient } from '../http/client';
import { aboutNobody } from '../http/errorTable';
import { secretsOf } from '../http/secrets';
import { createThrottle } from '../http/throttle';
import type { Connection, Transport } from '../http/transport';
import { asFailure } from '../model/failure';
import type { Service } from '../users/service';
import { allowedDomains } from './connection';
import { explain, subjectOf } from './messages';

/** Somebody is looking at the dialog. */
const POLICY = { timeout: 15_000, maxRetries: 0 };

type CredentialTestContext = ThisParameterType<ICredentialTestFunction>;

interface LegacyResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/**
 * The test behind a credential's 'Test' button.
 *
 * n8n's declarative tests can't express ours: they take every status but 2xx for a bad credential
 * (Langdock answers no harmless request with 2xx), accept any body, and report an unreachable host by
 * its network code alone.
 */
export function credentialTest(
	service: Service,
	credentialClass: new () => ICredentialType,
): ICredentialTestFunction {
	return async function (this, { data }) {
		try {
			const connection = connectForTest(this, new credentialClass(), data ?? {});
			const client = createClient(connection, service.errors, POLICY, createThrottle(undefined));
			await service.checkCredential(client);
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
	// The only helper that n8n gives to credential tests.
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
