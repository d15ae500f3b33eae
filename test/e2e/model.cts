import { EventEmitter, once } from 'node:events';

import type { CredentialExport } from '../host/instance.cts';
import { startJsonServer, type Running } from './servers.cts';

/** A call of a tool that the model decides on. */
export interface ToolCall {
	readonly tool: string;
	readonly args: object;
}

/** What the model is asked, as far as tools are concerned. */
export interface ModelRequest {
	readonly messages: ReadonlyArray<{ readonly role: string; readonly content: unknown }>;
	readonly tools: ReadonlyArray<{
		readonly function: {
			readonly name: string;
			readonly description: string;
			readonly parameters: object;
		};
	}>;
}

/** A model that says what a test has written down, behind the API of OpenAI's models. */
export class Model {
	private server: Running | undefined;
	private readonly events = new EventEmitter<{ request: [ModelRequest] }>();
	private log: ModelRequest[] = [];
	private turns: ReadonlyArray<readonly ToolCall[]> = [];

	/** For n8n's node that speaks to it. */
	get credential(): CredentialExport {
		const data = { apiKey: 'k', url: `${this.server?.url}/v1` };
		return { id: 'model', name: 'Model', type: 'openAiApi', data };
	}

	/** What it was asked since the conversation began. */
	get requests(): readonly ModelRequest[] {
		return this.log;
	}

	/** What it will be asked next. */
	async next(): Promise<ModelRequest> {
		const [request] = (await once(this.events, 'request')) as [ModelRequest];
		return request;
	}

	async listen(): Promise<void> {
		this.server = await startJsonServer((path, body) => {
			if (path !== '/v1/chat/completions') return undefined;
			this.log.push(body as ModelRequest);
			this.events.emit('request', body as ModelRequest);
			return completion(this.turns[this.log.length - 1], this.log.length);
		});
	}

	async close(): Promise<void> {
		await this.server?.close();
	}

	/** Begins a conversation: what to call in each turn. After that, the model says that it is done. */
	begin(turns: ReadonlyArray<readonly ToolCall[]>): void {
		this.log = [];
		this.turns = turns;
	}
}

function completion(calls: readonly ToolCall[] | undefined, turn: number): object {
	const message =
		calls === undefined
			? { role: 'assistant', content: 'Done.' }
			: {
					role: 'assistant',
					content: null,
					tool_calls: calls.map(({ tool, args }, index) => ({
						id: `call_${turn}_${index}`,
						type: 'function',
						function: { name: tool, arguments: JSON.stringify(args) },
					})),
				};
	return {
		id: `chatcmpl-${turn}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: calls === undefined ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
