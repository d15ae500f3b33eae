import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { normalizeBaseUrl } from '../http/baseUrl';
import { aboutNobody } from '../http/errorTable';
import { secretsOf } from '../http/secrets';
import type { Connection, Transport } from '../http/transport';
import { asFailure } from '../model/failure';
import type { Service } from '../users/service';
import { allowedDomains, appOf, editorClient } from './connection';
import { explain, subjectOf } from './messages';
import { TIMED_OUT, untilAborted } from './transport';

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
			const connection = connectForTest(this, service, new credentialClass(), data ?? {});
			const client = await editorClient(connection, service);
			const remark = await service.checkCredential(client);
			const accepted = `${connection.app ?? service.displayName} accepts the credential`;
			return { status: 'OK', message: remark ? `${accepted}. ${remark}` : accepted };
		} catch (error) {
			const subject = subjectOf(service);
			const { message, description } = explain(aboutNobody(asFailure(error)), subject);
			return { status: 'Error', message: `${message}. ${description}` };
		}
	};
}

function connectForTest(
	{ helpers }: CredentialTestContext,
	service: Service,
	{ authenticate, preAuthentication }: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Connection {
	if (typeof authenticate !== 'function') throw new TypeError('authenticate must be a function');
	const baseUrl = normalizeBaseUrl(data.baseUrl, data.allowHttp === true);
	const limits = allowedDomains(data);

	// The only helper that n8n gives to credential tests.
	const { request } = helpers;
	const httpRequest = async ({ method, url, headers, body, timeout }: IHttpRequestOptions) => {
		const response = (await request({
			method: method ?? 'GET',
			uri: url,
			headers,
			...(body !== undefined && { body }),
			timeout,
			followRedirect: false,
			resolveWithFullResponse: true,
			simple: false,
			...limits,
		})) as LegacyResponse;
		const text = typeof response.body === 'string' ? response.body : '';
		return { statusCode: response.statusCode, headers: response.headers, body: text };
	};

	const transport: Transport = async ({ method, url, headers, body, timeout }) => {
		const send = async () => {
			// A token from before would hide that the client secret is wrong by now.
			const token = await preAuthentication?.call({ helpers: { httpRequest } }, data);
			const credential = Object.assign(data, token);
			const signed = await authenticate(credential, { method, url, headers });
			return await httpRequest({ ...signed, ...(body !== undefined && { body }), timeout });
		};
		const deadline = AbortSignal.timeout(timeout);
		const response = await untilAborted(deadline, send(), () => TIMED_OUT);
		return { status: response.statusCode, headers: response.headers, text: response.body };
	};
	const app = appOf(service, data, baseUrl);
	return { transport, baseUrl, app, fingerprint: '', secretsInUse: () => secretsOf(data) };
}
