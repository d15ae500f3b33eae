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

/** A key or token as it was pasted, less the white space around it. */
export function secret(credential: ICredentialDataDecryptedObject, field: string): string {
	const value = credential[field];
	return typeof value === 'string' ? value.trim() : '';
}

/** Sends the secret in the given field as a bearer token. */
export function bearer(field: string) {
	return async (
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		withHeader(request, 'Authorization', `Bearer ${secret(credential, field)}`);
}
