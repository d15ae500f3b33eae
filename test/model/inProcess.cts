import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { IHttpRequestOptions } from 'n8n-workflow';

/** A request as it goes over the wire. */
export interface WireRequest {
	readonly method: string;
	readonly url: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Empty for none. */
	readonly body: string;
}

/** An answer as it comes back. */
export interface WireAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
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

type Listener = (message: IncomingMessage, response: ServerResponse) => void;

const listeners = new Map<string, Listener>();
/** Whose host a URL shows, unlike that of a well-known port. */
const FIRST_PORT = 2000;

/**
 * Starts a simulator without a socket: its server gets requests from `exchange` alone. A socket for
 * every request would cost more than all else, and would not wait for virtual time.
 */
export async function inProcess<Simulator>(start: () => Promise<Simulator>): Promise<Simulator> {
	const { createServer } = http;
	http.createServer = ((listener: Listener) =>
		serverOf(listener)) as unknown as typeof http.createServer;
	try {
		return await start();
	} finally {
		http.createServer = createServer;
	}
}

/** Sends a request to the simulator that has its host; nobody answers for any other. */
export async function exchange(request: WireRequest): Promise<WireAnswer | undefined> {
	const { host, pathname, search } = new URL(request.url);
	const listener = listeners.get(host);
	if (!listener) return undefined;
	const message = {
		method: request.method,
		url: `${pathname}${search}`,
		headers: { ...request.headers, host },
		async *[Symbol.asyncIterator]() {
			yield Buffer.from(request.body);
		},
	};
	return await new Promise((resolve, reject) => {
		let headers: Record<string, string> = {};
		const response = {
			destroyed: false,
			statusCode: 200,
			setHeaders: (given: Map<string, string>) => (headers = Object.fromEntries(given)),
			end: (text = '') => resolve({ status: response.statusCode, headers, text }),
			destroy: () => reject(new Error('The simulator failed')),
		};
		listener(message as unknown as IncomingMessage, response as unknown as ServerResponse);
	});
}

const hostOf = (port: number) => `127.0.0.1:${port}`;

/** What a simulator needs of `http.Server`. */
function serverOf(listener: Listener) {
	let port = FIRST_PORT;
	while (listeners.has(hostOf(port))) port++;
	const host = hostOf(port);
	listeners.set(host, listener);
	return {
		once: () => undefined,
		listen: (_port: number, _host: string, listening: () => void) => listening(),
		address: () => ({ address: '127.0.0.1', family: 'IPv4', port }),
		closeAllConnections: () => listeners.delete(host),
		close: (closed: () => void) => closed(),
	};
}
