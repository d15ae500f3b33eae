import { request } from 'node:http';

/** What a test sends: exactly this, no header added but those of HTTP itself. */
export interface Sent {
	readonly method: string;
	/** Below the base URL, and sent as it is: never normalized. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON, with the content type unless `headers` has one. */
	readonly json?: unknown;
	/** Sent as it is, without a content type. */
	readonly text?: string;
}

/** What came back. `body` is parsed JSON, or `undefined` for an empty body. */
export interface Received {
	readonly status: number;
	readonly headers: Headers;
	readonly body: unknown;
}

/** Sends a request with `fetch`, which follows no redirect. */
export async function send(baseUrl: string, sent: Sent): Promise<Received> {
	const json = sent.json === undefined ? {} : { 'content-type': 'application/json' };
	// Bytes, so that fetch adds no content type of its own.
	const text = sent.json === undefined ? sent.text : JSON.stringify(sent.json);
	const response = await fetch(`${baseUrl}${sent.path}`, {
		method: sent.method,
		headers: { ...json, ...sent.headers },
		redirect: 'manual',
		...(text === undefined ? {} : { body: Buffer.from(text) }),
	});
	const body = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		body: body === '' ? undefined : JSON.parse(body),
	};
}

/** Sends what `fetch` would refuse or repair: a GET with a body, `..` in the path. */
export function sendRaw(baseUrl: string, sent: Sent): Promise<number> {
	const { hostname, port, pathname } = new URL(baseUrl);
	return new Promise((resolve, reject) => {
		const outgoing = request(
			{
				hostname,
				port,
				method: sent.method,
				path: `${pathname === '/' ? '' : pathname}${sent.path}`,
				// A GET has no length of its own accord; its body would be read as a second request.
				headers: { 'content-length': Buffer.byteLength(sent.text ?? ''), ...sent.headers },
			},
			(response) => {
				response.resume();
				response.once('end', () => resolve(response.statusCode ?? 0));
			},
		);
		outgoing.once('error', reject);
		outgoing.end(sent.text);
	});
}

/** The header of most services. */
export function bearer(token: string): Record<string, string> {
	return { authorization: `Bearer ${token}` };
}
