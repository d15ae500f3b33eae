import { setTimeout as wait } from 'node:timers/promises';

import { setUpOwner } from './owner.cts';
import { Problem } from './problem.cts';

/** A workflow as the editor saves it. */
export interface WorkflowDraft {
	readonly name: string;
	readonly nodes: readonly object[];
	readonly connections: object;
}

/** An execution as the editor shows it. */
export interface EditorExecution {
	readonly id: string;
	readonly status: string;
	/** All that n8n keeps of it, as text. */
	readonly data: string;
}

/**
 * What the owner does in the editor, by the requests that the editor sends: many times faster than
 * n8n's commands, each of which starts a process of its own.
 */
export class Editor {
	private constructor(
		private readonly url: string,
		private readonly cookie: string,
	) {}

	/** Creates the owner of a fresh n8n, who is then signed in. */
	static async open(url: string): Promise<Editor> {
		const cookies = (await setUpOwner(url)).headers.getSetCookie();
		return new Editor(url, cookies.map((text) => text.split(';', 1)[0]).join('; '));
	}

	/** Saves a workflow. Returns the id that n8n gives to it. */
	async save(workflow: object): Promise<string> {
		const settings = { executionOrder: 'v1' };
		const draft = { settings, ...workflow, id: undefined };
		const { id } = await this.post<{ id: string }>('/rest/workflows', draft);
		return id;
	}

	/** Publishes a workflow. Its webhooks answer once this is done. */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.ask<{ versionId: string }>('GET', `/rest/workflows/${id}`);
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
	}

	/** Both. */
	async publish(workflow: WorkflowDraft): Promise<string> {
		const id = await this.save(workflow);
		await this.activate(id);
		return id;
	}

	/** Runs a workflow by hand from one of its triggers, to its end. */
	async run(id: string, trigger: string): Promise<EditorExecution> {
		// The oldest editor sent the workflow along.
		const workflowData = await this.ask<object>('GET', `/rest/workflows/${id}`);
		const { executionId } = await this.post<{ executionId: string }>(`/rest/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger },
		});
		return await this.settled(executionId);
	}

	/** An execution as soon as it has ended, or waits for somebody. */
	async settled(executionId: string): Promise<EditorExecution> {
		for (;;) {
			const path = `/rest/executions/${executionId}`;
			const execution = await this.ask<EditorExecution>('GET', path);
			if (!['new', 'running'].includes(execution.status)) return execution;
			await wait(50);
		}
	}

	async post<Answer>(path: string, body: object): Promise<Answer> {
		return await this.ask('POST', path, body);
	}

	/** Any request of the editor; a `Problem` if n8n does not accept it. */
	async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Problem(`n8n answered ${response.status} to ${path}: ${text}`);
		return (JSON.parse(text) as { data: Answer }).data;
	}
}
