import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { normalizeBaseUrl } from '../http/baseUrl';
import { secretsOf } from '../http/secrets';
import type { Connection } from '../http/transport';
import { asError, Failure } from '../model/failure';
import type { Service } from '../users/service';
import { createTransport } from './transport';

/**
 * Connects to a service with the credential that the node is set to.
 *
 * @throws Failure if there is none, or it can't be used
 */
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ credentials }: Pick<Service, 'credentials'>,
): Promise<Connection> {
	const [only, ...others] = credentials;
	const chosen =
		others.length === 0 ? only?.authentication : context.getNodeParameter('authentication', 0);
	const selected = credentials.find(({ authentication }) => authentication === chosen);
	if (!selected) {
		throw new Failure('invalidInput', {
			summary: "'Authentication' has an unknown value",
			advice: 'Choose an authentication from the list.',
		});
	}
	const credential = await context.getCredentials(selected.type).catch((error: unknown) => {
		throw new Failure('unauthorized', {
			summary: "The credential can't be read",
			advice: `Choose a credential in the node, and open it to check that it is complete. n8n says: ${asError(error).message}`,
		});
	});
	return {
		baseUrl: normalizeBaseUrl(credential.baseUrl, credential.allowHttp === true),
		secrets: secretsOf(credential),
		transport: createTransport(context, selected.type, credential, allowedDomains(credential)),
	};
}

/** A host name that never exists (RFC 2606). */
const NO_DOMAIN = 'none.invalid';

/**
 * n8n's own restriction of a credential to certain hosts, as an option of a request. It binds
 * requests made from code only if it is passed on; `none` concerns the HTTP Request node alone.
 */
export function allowedDomains(credential: ICredentialDataDecryptedObject): {
	allowedDomains?: string;
} {
	const { allowedHttpRequestDomains: mode, allowedDomains: domains } = credential;
	if (mode !== 'domains' || typeof domains !== 'string') return {};
	// In code, n8n takes an empty list for no restriction; in its own node, for no domain at all.
	return { allowedDomains: domains.trim() === '' ? NO_DOMAIN : domains };
}
