import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * n8n's own restriction of a credential to certain hosts, as an option of a request. It binds
 * requests made from code only if it is handed on; `none` speaks of the HTTP Request node alone.
 */
export function allowedDomains(credential: ICredentialDataDecryptedObject): {
	allowedDomains?: string;
} {
	const { allowedHttpRequestDomains: mode, allowedDomains: domains } = credential;
	return mode === 'domains' && typeof domains === 'string' ? { allowedDomains: domains } : {};
}
