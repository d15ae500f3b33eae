import { Failure, type FailureFacts, type Reason } from '../model/failure';
import { redact } from './secrets';

interface Explanation {
	reason: Reason;
	summary: string;
	advice: string;
	/** See `FailureFacts`; absent where another attempt would end the same way. */
	retry?: FailureFacts['retry'];
}

const CHECK_ADDRESS =
	"Check 'Base URL' in the credential, and that the machine n8n runs on can reach it, directly or through its proxy.";
const TRY_AGAIN = 'Try again later: repeating is safe.';

const unreachable = (
	summary: string,
	advice: string,
	retry?: 'didNothing' | 'mayHaveActed',
): Explanation => ({ reason: 'unavailable', summary, advice, ...(retry && { retry }) });

const UNKNOWN_HOST = unreachable('The host name in the credential is not known', CHECK_ADDRESS);
const NO_NAME_SERVER = unreachable(
	'The host name in the credential cannot be looked up at the moment',
	CHECK_ADDRESS,
	'didNothing',
);
const NO_ROUTE = unreachable('The service cannot be reached', CHECK_ADDRESS, 'didNothing');
const REFUSED = unreachable('The service refused the connection', CHECK_ADDRESS, 'didNothing');
const BROKEN_OFF = unreachable(
	'The connection broke off before the answer was complete',
	TRY_AGAIN,
	'mayHaveActed',
);
const UNTRUSTED = unreachable(
	'The certificate of the service is not trusted',
	"Check 'Base URL' in the credential. If the service uses your own certificate authority, make it known to n8n with NODE_EXTRA_CA_CERTS.",
);
const STOPPED: Explanation = {
	reason: 'canceled',
	// n8n marks an execution as canceled, not as failed, by this very word in the message.
	summary: 'The execution was canceled before the service answered',
	advice:
		'It is not known whether the request was carried out. Run the workflow again: repeating is safe.',
};
const BAD_HEADER: Explanation = {
	reason: 'invalidInput',
	summary: 'The key or token in the credential has characters that cannot be sent',
	advice: 'Copy it again, without line breaks or quotation marks.',
};
const NO_KEY: Explanation = {
	reason: 'invalidInput',
	summary: 'The key or token in the credential is empty',
	advice: 'Enter it in the credential.',
};
const NO_TOKEN: Explanation = {
	reason: 'unauthorized',
	summary: 'No access token could be had with the credential',
	advice: 'Check client ID and client secret, or open the credential and connect it again.',
};

const OUT_OF_BOUNDS: Explanation = {
	reason: 'invalidInput',
	summary: "'Base URL' in the credential is none of the domains that the credential is allowed for",
	advice: "Check 'Base URL' and 'Allowed HTTP Request Domains' in the credential.",
};
/** An IP address in a URL is never looked up among the allowed names. */
const PRIVATE_ADDRESS: Explanation = {
	reason: 'invalidInput',
	summary: 'The SSRF protection of n8n lets no request through to the address in the credential',
	advice:
		"If the service runs in your own network, whoever runs n8n can let it through: add its host name to N8N_SSRF_ALLOWED_HOSTNAMES or, if 'Base URL' is an IP address, a range such as 10.1.2.3/32 to N8N_SSRF_ALLOWED_IP_RANGES, and restart n8n.",
};
const BLOCKED_NAME: Explanation = {
	reason: 'invalidInput',
	summary: 'The SSRF protection of n8n blocks the host name in the credential',
	advice:
		"Check 'Base URL' in the credential. If it is right, whoever runs n8n can let it through: take the host name off N8N_SSRF_BLOCKED_HOSTNAMES or add it to N8N_SSRF_ALLOWED_HOSTNAMES, and restart n8n.",
};
const NOT_SENT = unreachable(
	'n8n did not send the request',
	'Check the credential and the network settings of n8n.',
);

/** Codes of Node.js, axios, OpenSSL and our credentials, as n8n's request helpers pass them on. */
const BY_CODE: ReadonlyMap<string, Explanation> = new Map([
	['ERR_CANCELED', STOPPED],
	['ERR_INVALID_CHAR', BAD_HEADER],
	['ERR_EMPTY_KEY', NO_KEY],
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
	['EPROTO', unreachable('No encrypted connection could be made', CHECK_ADDRESS)],
]);

const TIMEOUT_CODES: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** Classes of errors with which n8n's SSRF protection holds requests back. They have no code. */
const BY_NAME: ReadonlyMap<string, Explanation> = new Map([
	['SsrfBlockedIpError', PRIVATE_ADDRESS],
	['SsrfBlockedHostnameError', BLOCKED_NAME],
]);

/** The parts of an error that n8n's request helpers reject with; any of them may be missing. */
interface Rejection {
	name?: unknown;
	message?: unknown;
	code?: unknown;
	httpCode?: unknown;
	cause?: unknown;
}

/** n8n wraps what it catches, its OAuth2 client once more. */
const MAX_DEPTH = 4;

/** An error and what caused it, outermost first. */
function chainOf(error: unknown, depth = 0): Rejection[] {
	if (typeof error !== 'object' || error === null || depth === MAX_DEPTH) return [];
	const rejection = error as Rejection;
	return [rejection, ...chainOf(rejection.cause, depth + 1)];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * Explains why a request got no answer at all. Only codes and n8n's own sentence are taken over
 * from the rejection: the rest of it holds the request and with it the credential.
 *
 * @param timeout milliseconds that were waited
 */
export function toNetworkFailure(
	error: unknown,
	{ timeout, secrets }: { timeout: number; secrets: readonly string[] },
): Failure {
	const chain = chainOf(error);
	const codes = chain.flatMap(({ httpCode, code }) => [httpCode, code]).filter(isText);
	if (codes.some((code) => TIMEOUT_CODES.has(code))) {
		return new Failure('timeout', {
			summary: `The service did not answer within ${timeout / 1000} seconds`,
			advice: "Try again: repeating is safe. If it happens often, raise 'Timeout' under 'Options'.",
			httpCode: 'ETIMEDOUT',
			retry: 'mayHaveActed',
		});
	}

	const code = codes.find((candidate) => BY_CODE.has(candidate));
	const explanation = code !== undefined && BY_CODE.get(code);
	if (explanation) return new Failure(explanation.reason, { ...explanation, httpCode: code });

	// No network code: n8n itself held the request back.
	const message = chain[0]?.message;
	const sentence = isText(message) ? redact(message, secrets) : '';
	const names = chain.map(({ name }) => name).filter(isText);
	const { reason, summary, advice } = heldBack(names, codes, sentence);
	const said = sentence === '' ? '' : ` n8n says: ${sentence}`;
	return new Failure(reason, { summary, advice: `${advice}${said}` });
}

function heldBack(
	names: readonly string[],
	codes: readonly string[],
	sentence: string,
): Explanation {
	const name = names.find((candidate) => BY_NAME.has(candidate));
	const bySsrfProtection = name !== undefined && BY_NAME.get(name);
	if (bySsrfProtection) return bySsrfProtection;
	// The code is what older releases pass on of what the token endpoint said.
	if (codes.includes('EAUTH') || /access token|reconnected|not connected/i.test(sentence)) {
		return NO_TOKEN;
	}
	if (/credential.*(restricted|not allowed)|domain not allowed/i.test(sentence))
		return OUT_OF_BOUNDS;
	return NOT_SENT;
}
