import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

/**
 * Adds a header to a request. A function rather than n8n's `={{$credentials.…}}` form, because an
 * expression is evaluated anew for every request.
 */
export function withHeader(
	request: IHttpRequestOptions,
	name: string,
	value: string,
): IHttpRequestOptions {
	const headers: IDataObject = { ...request.headers, [name]: value };
	return { ...request, headers };
}

/** What a header carries as it is; of anything else n8n's HTTP client may send a part, or nothing. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** An error with a code, which is all that is read of what n8n wraps it in. */
function refusal(code: string, message: string): Error {
	return Object.assign(new TypeError(message), { code });
}

/**
 * A key or token as it was pasted, less the white space around it. Every request with it comes by
 * here, so that one that would not arrive as it is goes out nowhere.
 *
 * @throws TypeError with the code that Node.js has for a header that cannot be sent, or for no key
 */
export function secret(credential: ICredentialDataDecryptedObject, field: string): string {
	const value = credential[field];
	const key = typeof value === 'string' ? value.trim() : '';
	if (key === '') throw refusal('ERR_EMPTY_KEY', 'The key or token in the credential is empty');
	if (!SENDABLE.test(key)) {
		throw refusal('ERR_INVALID_CHAR', 'The key or token has characters that cannot be sent');
	}
	return key;
}

/** Sends the secret in the given field as a bearer token. */
export function bearer(field: string) {
	return async (
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		withHeader(request, 'Authorization', `Bearer ${secret(credential, field)}`);
}
