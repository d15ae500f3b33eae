import { createServer, request } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Certificate } from '../harness/selfSigned.cts';

const HERE = '127.0.0.1';

/** A server on loopback. */
export interface Running {
	readonly port: number;
	readonly url: string;
	close(): Promise<void>;
}

/** Starts a server: encrypted if it has a certificate. */
export async function startServer(
	serve: RequestListener,
	certificate?: Certificate,
): Promise<Running> {
	return await listen(certificate ? createTlsServer(certificate, serve) : createServer(serve));
}

async function listen(server: Server): Promise<Running> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, HERE, resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		url: `http://${HERE}:${port}`,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			sockets.forEach((socket) => socket.destroy());
			await closed;
		},
	};
}

/** Starts a server that takes JSON and answers with JSON. */
export async function startJsonServer(
	answer: (path: string, body: unknown) => unknown,
): Promise<Running> {
	return await startServer((message, response) => {
		void text(message).then((body) => {
			const answered = answer(message.url ?? '', body === '' ? undefined : JSON.parse(body));
			response.writeHead(answered === undefined ? 404 : 200, {
				'content-type': 'application/json',
			});
			response.end(JSON.stringify(answered));
		});
	});
}

/**
 * What companies put between their servers and all others. It alone knows where the hosts are: on
 * this machine. It lets nobody through to `forbidden.…`.
 */
export interface Proxy extends Running {
	/** What it was asked for, such as `GET http://host:1/path` or `CONNECT host:1`. */
	readonly log: string[];
}

const FORBIDDEN = /^forbidden\./;

/** Starts a forward proxy. In `tunnels` is, by `host:port`, the port of this machine where that is. */
export async function startProxy(tunnels: Readonly<Record<string, number>> = {}): Promise<Proxy> {
	const log: string[] = [];
	const server = createServer((message, response) => {
		log.push(`${message.method} ${message.url}`);
		const { hostname, port, pathname, search } = new URL(message.url ?? '');
		if (FORBIDDEN.test(hostname)) response.writeHead(403).end('<h1>Not allowed here</h1>');
		else forward(message, response, Number(port), `${pathname}${search}`);
	});
	server.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => {
		log.push(`CONNECT ${url}`);
		if (FORBIDDEN.test(url)) {
			socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
			return;
		}
		const target = connect(tunnels[url] ?? Number(url.split(':')[1]), HERE, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			target.pipe(socket).pipe(target);
		});
		target.on('error', () => socket.destroy());
		socket.on('error', () => target.destroy());
	});
	return { ...(await listen(server)), log };
}

/** Starts what stands before a server under another name. */
export async function startFront(port: number, certificate?: Certificate): Promise<Running> {
	return await startServer(
		(message, response) => forward(message, response, port, message.url ?? ''),
		certificate,
	);
}

/** Passes a request on under the name that the server knows itself by. */
function forward(
	message: IncomingMessage,
	response: ServerResponse,
	port: number,
	path: string,
): void {
	const { method, headers } = message;
	const host = `${HERE}:${port}`;
	const options = { host: HERE, port, path, method, headers: { ...headers, host } };
	const onward = request(options, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
	});
	onward.on('error', () => response.destroy());
	message.pipe(onward);
}
