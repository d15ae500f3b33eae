import { EventEmitter, once } from 'node:events';

import { StandIn } from './standIn.cts';

interface Message {
	readonly text: string;
	readonly reply_markup: {
		readonly inline_keyboard: ReadonlyArray<ReadonlyArray<{ readonly url: string }>>;
	};
}

/** What a person is asked, with the links behind the buttons. */
export interface Question {
	readonly text: string;
	readonly agree: string;
	readonly decline: string;
}

/** Takes what n8n sends to a person by Telegram. */
export class Telegram {
	private readonly standIn = new StandIn((_, body) => {
		this.events.emit('message', body as Message);
		return { ok: true, result: {} };
	});
	private readonly events = new EventEmitter<{ message: [Message] }>();

	/** The base URL for the credential. */
	get url(): string {
		return this.standIn.url;
	}

	/** What the person is asked next. */
	async question(): Promise<Question> {
		const [{ text, reply_markup }] = (await once(this.events, 'message')) as [Message];
		const links = reply_markup.inline_keyboard.flat().map(({ url }) => url);
		const linkFor = (approved: boolean) =>
			links.find((link) => link.includes(`approved=${approved}`)) ?? '';
		return { text, agree: linkFor(true), decline: linkFor(false) };
	}

	async listen(): Promise<void> {
		await this.standIn.listen();
	}

	async close(): Promise<void> {
		await this.standIn.close();
	}
}
