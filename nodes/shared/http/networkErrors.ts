import type { Reason } from '../model/failure';

/** What it means that a request got no answer. */
export interface Explanation {
	reason: Reason;
	summary: string;
	advice: string;
	/** Whether it is certain that the request did not reach the service. */
	isUnsent?: true;
	/** Whether another attempt may end differently. */
	isPassing?: true;
}

const CHECK_ADDRESS =
	"Check 'Base URL' in the credential, and that n8n can reach it, directly or through its proxy.";
const TRY_AGAIN = 'Try again later: repeating is safe.';

const UNKNOWN_HOST: Explanation = {
	reason: 'unavailable',
	summary: "The host name in the credential doesn't exist",
	advice: CHECK_ADDRESS,
	isUnsent: true,
};
const NO_NAME_SERVER: Explanation = {
	reason: 'unavailable',
	summary: "The host name in the credential can't be looked up at the moment",
	advice: CHECK_ADDRESS,
	isUnsent: true,
	isPassing: true,
};
/** May also happen to a connection that has already been used. */
const NO_ROUTE: Explanation = {
	reason: 'unavailable',
	summary: "The service can't be reached",
	advice: CHECK_ADDRESS,
	isPassing: true,
};
const REFUSED: Explanation = {
	reason: 'unavailable',
	summary: 'The service refused the connection',
	advice: CHECK_ADDRESS,
	isUnsent: true,
	isPassing: true,
};
const BROKEN_OFF: Explanation = {
	reason: 'unavailable',
	summary: 'The connection was lost before the response was complete',
	advice: TRY_AGAIN,
	isPassing: true,
};
const UNTRUSTED: Explanation = {
	reason: 'unavailable',
	summary: "The certificate of the service isn't trusted",
	advice:
		"Check 'Base URL' in the credential. If the service uses your own certificate authority, add it to n8n with NODE_EXTRA_CA_CERTS.",
	isUnsent: true,
};
const NO_ENCRYPTION: Explanation = {
	reason: 'unavailable',
	summary: 'The encrypted connection failed',
	advice: CHECK_ADDRESS,
};
const STOPPED: Explanation = {
	reason: 'canceled',
	// n8n marks an execution as canceled, not as failed, by this very word in the message.
	summary: 'The execution was canceled before the service answered',
	advice: 'Run the workflow again: repeating is safe.',
};
const BAD_HEADER: Explanation = {
	reason: 'invalidInput',
	summary: "The key or token in the credential contains characters that can't be sent",
	advice: 'Copy it again, without line breaks or quotation marks.',
	isUnsent: true,
};
const BAD_HEADER_NAME: Explanation = {
	reason: 'invalidInput',
	summary: "'Header Name' in the credential isn't the name of a header",
	advice: 'Enter the name alone, for example X-API-Key.',
	isUnsent: true,
};
const NO_KEY: Explanation = {
	reason: 'invalidInput',
	summary: 'The key or token in the credential is empty',
	advice: 'Enter it in the credential.',
	isUnsent: true,
};
export const NO_TOKEN: Explanation = {
	reason: 'unauthorized',
	summary: "Couldn't get an access token with this credential",
	advice: 'Check client ID and client secret, or open the credential and connect it again.',
	isUnsent: true,
};

const TOKEN_ADDRESS: Explanation = {
	reason: 'invalidInput',
	summary: "The address in the credential doesn't issue tokens",
	advice:
		"Check 'Base URL' in the credential. A redirect was not followed, so the client secret was sent nowhere else.",
	isUnsent: true,
};
const TOKEN_RATE_LIMITED: Explanation = {
	reason: 'rateLimited',
	summary: 'Too many access tokens were requested',
	advice: TRY_AGAIN,
	isUnsent: true,
	isPassing: true,
};
const TOKEN_UNAVAILABLE: Explanation = {
	reason: 'unavailable',
	summary: "The service can't issue an access token at the moment",
	advice: TRY_AGAIN,
	isUnsent: true,
	isPassing: true,
};

export const OUT_OF_BOUNDS: Explanation = {
	reason: 'invalidInput',
	summary: "'Base URL' isn't one of this credential's allowed domains",
	advice: "Check 'Base URL' and 'Allowed HTTP Request Domains' in the credential.",
	isUnsent: true,
};
/** An IP address in a URL is never looked up among the allowed names. */
const PRIVATE_ADDRESS: Explanation = {
	reason: 'invalidInput',
	summary: "n8n's SSRF protection blocks the address in the credential",
	advice:
		"If the service runs in your own network, ask whoever runs n8n to allow it: add its host name to N8N_SSRF_ALLOWED_HOSTNAMES or, if 'Base URL' is an IP address, a range such as 10.1.2.3/32 to N8N_SSRF_ALLOWED_IP_RANGES, and restart n8n.",
	isUnsent: true,
};
const BLOCKED_NAME: Explanation = {
	reason: 'invalidInput',
	summary: "n8n's SSRF protection blocks the host name in the credential",
	advice:
		"Check 'Base URL' in the credential. If it is right, ask whoever runs n8n to allow it: remove the host name from N8N_SSRF_BLOCKED_HOSTNAMES or add it to N8N_SSRF_ALLOWED_HOSTNAMES, and restart n8n.",
	isUnsent: true,
};
/** Anything else: an answer that is not HTTP, or one that can't be decompressed. */
export const NO_ANSWER: Explanation = {
	reason: 'unavailable',
	summary: 'No valid response arrived',
	advice: 'Try again: repeating is safe.',
	isPassing: true,
};

/** Codes of Node.js, axios, OpenSSL and our credentials, as n8n's request helpers pass them on. */
export const BY_CODE: ReadonlyMap<string, Explanation> = new Map([
	['ERR_CANCELED', STOPPED],
	['ERR_INVALID_CHAR', BAD_HEADER],
	['ERR_EMPTY_KEY', NO_KEY],
	['ERR_INVALID_HTTP_TOKEN', BAD_HEADER_NAME],
	['ERR_TOKEN_ADDRESS', TOKEN_ADDRESS],
	['ERR_TOKEN_RATE_LIMITED', TOKEN_RATE_LIMITED],
	['ERR_TOKEN_REFUSED', NO_TOKEN],
	['ERR_TOKEN_UNAVAILABLE', TOKEN_UNAVAILABLE],
	['ENOTFOUND', UNKNOWN_HOST],
	['EAI_AGAIN', NO_NAME_SERVER],
	['ECONNREFUSED', REFUSED],
	['EHOSTUNREACH', NO_ROUTE],
	['ENETUNREACH', NO_ROUTE],
	['EADDRNOTAVAIL', NO_ROUTE],
	['ECONNRESET', BROKEN_OFF],
	['EPIPE', BROKEN_OFF],
	['ERR_BAD_RESPONSE', BROKEN_OFF],
	['CERT_HAS_EXPIRED', UNTRUSTED],
	['DEPTH_ZERO_SELF_SIGNED_CERT', UNTRUSTED],
	['SELF_SIGNED_CERT_IN_CHAIN', UNTRUSTED],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNTRUSTED],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNTRUSTED],
	['ERR_TLS_CERT_ALTNAME_INVALID', UNTRUSTED],
	['EPROTO', NO_ENCRYPTION],
]);

export const TIMEOUT_CODES: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** Classes of errors with which n8n's SSRF protection holds requests back. They have no code. */
export const BY_NAME: ReadonlyMap<string, Explanation> = new Map([
	['SsrfBlockedIpError', PRIVATE_ADDRESS],
	['SsrfBlockedHostnameError', BLOCKED_NAME],
]);
