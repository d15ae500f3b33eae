import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Simulator, WireAnswer } from '../simulators/index.cts';

export type { WireAnswer };

/** A request as it goes over the wire. */
export interface WireRequest {
	readonly method: string;
	readonly url: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Empty for none. */
	readonly body: string;
}

/** What n8n's helper makes of the options that it gets. */
export function toWire(options: IHttpRequestOptions): WireRequest {
	const url = new URL(options.url, options.baseURL);
	for (const [name, value] of Object.entries(options.qs ?? {})) {
		url.searchParams.set(name, String(value));
	}
	const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [
		name.toLowerCase(),
		String(value),
	]);
	return {
		method: options.method ?? 'GET',
		url: url.href,
		headers: Object.fromEntries(headers) as Record<string, string>,
		body: typeof options.body === 'string' ? options.body : '',
	};
}

/** Sends a request to a simulator. */
export function exchange(simulator: Simulator, request: WireRequest): WireAnswer {
	const { host, pathname, search } = new URL(request.url);
	const headers = { ...request.headers, host };
	return simulator.exchange(request.method, pathname + search, headers, request.body);
}
