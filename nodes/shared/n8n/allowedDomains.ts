import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Names no host, and never will (RFC 2606). */
const NO_DOMAIN = 'none.invalid';

/**
 * n8n's own restriction of a credential to certain hosts, as an option of a request. It binds
 * requests made from code only if it is handed on; `none` speaks of the HTTP Request node alone.
 */
export function allowedDomains(credential: ICredentialDataDecryptedObject): {
	allowedDomains?: string;
} {
	const { allowedHttpRequestDomains: mode, allowedDomains: domains } = credential;
	if (mode !== 'domains' || typeof domains !== 'string') return {};
	// n8n takes an empty list for no restriction here, and for no domain at all in its own node.
	return { allowedDomains: domains.trim() === '' ? NO_DOMAIN : domains };
}
