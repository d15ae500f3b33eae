import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that takes JSON and answers with JSON, in the place of somebody else's. */
export class StandIn {
	private readonly server = createServer((message, response) => {
		this.serve(message, response).catch((error: unknown) => {
			response.statusCode = 500;
			response.end(String(error));
		});
	});

	/** @param answer what it says to a request; it may wait */
	constructor(private readonly answer: (path: string, body: unknown) => unknown) {}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async close(): Promise<void> {
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.server.closeAllConnections();
		await closed;
	}

	private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of message) chunks.push(chunk as Buffer);
		const text = Buffer.concat(chunks).toString('utf8');
		const answer = this.answer(message.url ?? '', text === '' ? undefined : JSON.parse(text));
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(await answer));
	}
}
