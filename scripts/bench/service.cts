import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '../../test/simulators/faults.cts';
import { Place } from './place.cts';
import type { Conditions } from './place.cts';

const HOST = '127.0.0.1';

/**
 * A service like Langdock's that takes as little of the machine as it can, so that the sides are
 * measured and not it: the simulator checks and logs more. Each turn has a place of its own in it.
 */
export class BenchService {
	private readonly places = new Map<string, Place>();

	private constructor(private readonly origin: string) {}

	static async start(): Promise<BenchService> {
		const server = createServer();
		// HTTP Request opens a connection for each item at once: none must have to wait to be accepted.
		const address = { host: HOST, port: 0, backlog: 4096 };
		await new Promise<void>((resolve) => server.listen(address, resolve));
		const { port } = server.address() as AddressInfo;
		const service = new BenchService(`http://${HOST}:${port}`);
		server.on('request', (message, response) => {
			// Rejects only if the client is gone.
			service.serve(message, response).catch(() => response.destroy());
		});
		return service;
	}

	/** Makes a place, under its name. */
	open(name: string, users: number, conditions: Conditions): Place {
		const place = new Place(`${this.origin}/${name}`, users, conditions, Date.now());
		this.places.set(name, place);
		return place;
	}

	private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = '', url = '', headers } = message;
		const [, name = '', path = ''] = /^\/([^/]*)(.*)$/.exec(url) ?? [];
		const body = await textOf(message);
		const place = this.places.get(name);
		if (place === undefined) {
			response.writeHead(404).end();
			return;
		}
		const { authorization = '' } = headers;
		const delivery = place.receive({ method, path, authorization, body }, Date.now());
		await wait(place.enter());
		place.leave();
		deliver(response, delivery);
	}
}

async function textOf(message: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of message.setEncoding('utf8')) text += String(chunk);
	return text;
}

function deliver(response: ServerResponse, { answer, cut }: Delivery): void {
	if (cut !== undefined || answer === undefined) {
		response.destroy();
		return;
	}
	const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
	response
		.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
		.end(body);
}
