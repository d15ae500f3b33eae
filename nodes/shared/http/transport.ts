import type { IHttpRequestMethods } from 'n8n-workflow';

/** One HTTP request, ready to send except for the credential. */
export interface HttpRequest {
	method: IHttpRequestMethods;
	url: string;
	headers: Record<string, string>;
	/** JSON text. A string, because n8n drops an empty object and its content type. */
	body?: string;
	/** Milliseconds. */
	timeout: number;
}

/** One HTTP answer, whatever its status. */
export interface HttpResponse {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	/** Not yet parsed: the client finds out whether it is JSON. */
	text: string;
}

/**
 * Sends a request with the credential and without following redirects. Rejects with whatever n8n
 * rejects with if there is no answer.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** What the client must know of a credential. */
export interface Connection {
	transport: Transport;
	/** See `normalizeBaseUrl`. */
	baseUrl: string;
	/** How to call what the credential connects to, where one service stands for many apps. */
	app?: string | undefined;
	/** What the credential authenticates with, where it has a choice. */
	authentication?: string | undefined;
	/** Short and the same for the same credential, without telling anything of it. */
	fingerprint: string;
	/** Values that must never appear in an output or an error; tokens may be renewed during a run. */
	secretsInUse(): readonly string[];
}
