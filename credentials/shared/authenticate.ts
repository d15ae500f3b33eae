import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { isSafeAddress } from '../../nodes/shared/model/address';

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

/** An error with a code: that is all that is read of what n8n wraps it in. */
export function refusal(code: string, message: string): Error {
	return Object.assign(new TypeError(message), { code });
}

/**
 * A key or token as it was pasted, without the white space around it. Every request passes here, so
 * one that would not arrive as it is goes nowhere.
 *
 * @throws TypeError with the code that Node.js has for a header that can't be sent, or for no key
 */
export function secret(credential: ICredentialDataDecryptedObject, field: string): string {
	const key = textOf(credential, field);
	if (key === '') throw refusal('ERR_EMPTY_KEY', 'The key or token in the credential is empty');
	if (!SENDABLE.test(key)) {
		throw refusal('ERR_INVALID_CHAR', "The key or token contains characters that can't be sent");
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

/** Milliseconds of silence after which nobody waits for a token any longer. */
const TOKEN_TIMEOUT = 30_000;

/** The token that a credential fetched, and the origin of the address that it is for. */
export interface FetchedToken extends IDataObject {
	accessToken: string;
	tokenOrigin: string;
}

/**
 * The form that asks for a token with client ID and secret (RFC 6749, 4.4).
 *
 * @param scope is left out if it is empty
 */
export function clientForm(
	credential: ICredentialDataDecryptedObject,
	scope: string,
): Record<string, string> {
	return {
		grant_type: 'client_credentials',
		...(scope !== '' && { scope }),
		client_id: textOf(credential, 'clientId'),
		client_secret: textOf(credential, 'clientSecret'),
	};
}

/** The text of a field without the white space around it; empty if there is none. */
export function textOf(credential: ICredentialDataDecryptedObject, field: string): string {
	const value = credential[field];
	return typeof value === 'string' ? value.trim() : '';
}

/**
 * Fetches a token with client credentials (RFC 6749, 4.4). n8n's own OAuth2 client can't be told to
 * follow no redirect, which would carry the client secret to another host.
 *
 * @param baseUrl address of the service that the token is for
 * @throws TypeError with a code that says why there is no token, see `networkErrors.ts`
 */
export async function fetchToken(
	{ httpRequest }: IHttpRequestHelper['helpers'],
	{
		baseUrl,
		tokenUrl,
		allowHttp,
		form,
	}: {
		baseUrl: string;
		tokenUrl: string;
		allowHttp: boolean;
		form: Record<string, string>;
	},
): Promise<FetchedToken> {
	for (const address of [baseUrl, tokenUrl]) {
		if (!isSafeAddress(address, allowHttp)) {
			throw refusal('ERR_TOKEN_ADDRESS', 'The address for the token is not encrypted');
		}
	}
	const response = await httpRequest({
		method: 'POST',
		url: tokenUrl,
		headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams(form).toString(),
		timeout: TOKEN_TIMEOUT,
		encoding: 'text',
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
	}).catch((error: unknown) => {
		throw asRefusal(error);
	});
	const { statusCode, body } = response as { statusCode: number; body: unknown };
	const token = statusCode === 200 ? textIn(body, 'access_token') : undefined;
	if (token === undefined) throw refusal(codeFor(statusCode, body), `The answer was ${statusCode}`);
	return { accessToken: token, tokenOrigin: new URL(baseUrl).origin };
}

/** Codes of connections that were never made: what they mean for a token is the same as elsewhere. */
const NOT_CONNECTED = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|\w*CERT\w*|UNABLE_TO_\w+)$/;

/** How n8n begins when the credential may not be used for the address. */
const OUT_OF_BOUNDS = /^Domain not allowed/;

/**
 * Only the code is kept, or what n8n says where it sends nothing: the rest of the error holds the
 * client secret.
 */
function asRefusal(error: unknown): Error {
	const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown };
	const said = String(message);
	const isBlocked = String(name).startsWith('Ssrf');
	if (isBlocked || OUT_OF_BOUNDS.test(said)) {
		return Object.assign(new Error(said), isBlocked && { name });
	}
	const kept =
		typeof code === 'string' && NOT_CONNECTED.test(code) ? code : 'ERR_TOKEN_UNAVAILABLE';
	return refusal(kept, 'The token could not be fetched');
}

/** As in `invalid_client`. Other servers put a sentence or a number there. */
const OAUTH_ERROR = /^[a-z]+(_[a-z]+)*$/;

/**
 * Only a refusal in the form of OAuth speaks of the client (RFC 6749, 5.2). Any other comes from a
 * server that is no token endpoint: the address is wrong.
 */
function codeFor(status: number, body: unknown): string {
	if (status === 429) return 'ERR_TOKEN_RATE_LIMITED';
	if (status >= 500 || status === 408) return 'ERR_TOKEN_UNAVAILABLE';
	const isRefused =
		[400, 401, 403].includes(status) && OAUTH_ERROR.test(textIn(body, 'error') ?? '');
	return isRefused ? 'ERR_TOKEN_REFUSED' : 'ERR_TOKEN_ADDRESS';
}

/** A text that is not empty, in a JSON object. */
function textIn(body: unknown, name: 'access_token' | 'error'): string | undefined {
	try {
		const parsed = (typeof body === 'string' ? JSON.parse(body) : body) as Record<string, unknown>;
		const value = parsed[name];
		return typeof value === 'string' && value !== '' ? value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Sends a fetched token, but only to the address that it was fetched for. For another one n8n is told
 * that the token has expired, so that it fetches one there.
 */
export async function fetchedBearer(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (credential.tokenOrigin !== new URL(request.url).origin) {
		throw Object.assign(refusal('ERR_TOKEN_ADDRESS', 'The token belongs to another address'), {
			response: { status: 401 },
		});
	}
	return await bearer('accessToken')(credential, request);
}
