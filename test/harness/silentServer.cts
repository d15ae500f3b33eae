import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that takes requests and answers none. */
export async function startSilentServer() {
	let count = 0;
	const server = createServer(() => (count += 1));
	const asked = once(server, 'request');
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		/** Resolves as soon as there is a request. */
		asked,
		/** How many there were. */
		requests: () => count,
		/** Cuts all lines. */
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
