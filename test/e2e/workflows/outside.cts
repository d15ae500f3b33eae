import { EventEmitter, once } from 'node:events';

import { StandIn } from '../agent/standIn.cts';

/** The HR system and the chat that the example workflows speak to. */
export class Outside {
	/** What HR answers. */
	people: unknown = [];
	/** What HR was last asked for. */
	asked: unknown;

	private readonly events = new EventEmitter<{ message: [string] }>();
	private texts: string[] = [];
	private readonly standIn = new StandIn((path, body) => {
		if (path === '/people') {
			this.asked = body;
			return this.people;
		}
		if (path !== '/messages') throw new Error(`n8n asked for ${path}`);
		const { text } = body as { text: string };
		this.texts.push(text);
		this.events.emit('message', text);
		return { ok: true };
	});

	get peopleUrl(): string {
		return `${this.standIn.url}/people`;
	}

	get messageUrl(): string {
		return `${this.standIn.url}/messages`;
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
		await this.standIn.listen();
	}

	async close(): Promise<void> {
		await this.standIn.close();
	}
}
