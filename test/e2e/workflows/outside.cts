import { EventEmitter, once } from 'node:events';

import { startJsonServer, type Running } from '../servers.cts';

/** The HR system and the chat that the example workflows speak to. */
export class Outside {
	/** What HR answers. */
	people: unknown = [];
	/** What HR was last asked for. */
	asked: unknown;

	private readonly events = new EventEmitter<{ message: [string] }>();
	private texts: string[] = [];
	private server: Running | undefined;

	get peopleUrl(): string {
		return `${this.server?.url}/people`;
	}

	get messageUrl(): string {
		return `${this.server?.url}/messages`;
	}

	/** What was written to the chat since the last reset. */
	get messages(): readonly string[] {
		return this.texts;
	}

	/** What is written to the chat next. */
	async message(): Promise<string> {
		const [text] = (await once(this.events, 'message')) as [string];
		return text;
	}

	reset(): void {
		this.people = [];
		this.texts = [];
	}

	async listen(): Promise<void> {
		this.server = await startJsonServer((path, body) => {
			if (path === '/people') {
				this.asked = body;
				return this.people;
			}
			if (path !== '/messages') return undefined;
			const { text } = body as { text: string };
			this.texts.push(text);
			this.events.emit('message', text);
			return { ok: true };
		});
	}

	async close(): Promise<void> {
		await this.server?.close();
	}
}
