import type { EditorExecution } from '../../host/editor.cts';
import type { HostName } from '../../host/install.cts';
import { credentialsFor, exampleWorkflow, SIGN_IN, WEBHOOK_KEY } from '../../host/offboarding.cts';
import type { Workflow } from '../../host/offboarding.cts';
import { Problem } from '../../host/problem.cts';
import { serve } from '../../host/served.cts';
import type { Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { choosing, SUB_WORKFLOW } from '../../package/workflowFiles.cts';
import { SERVICE_NAMES, startSimulators } from '../../simulators/index.cts';
import type { Simulators } from '../../simulators/index.cts';
import { Model } from '../agent/model.cts';
import { Outside } from './outside.cts';

/** Where the example workflows are run: n8n, the services, HR, a chat and a model. */
export class Office {
	readonly outside = new Outside();
	readonly model = new Model();
	private subWorkflow = '';
	private running: { readonly n8n: Served; readonly simulators: Simulators } | undefined;

	async open(hostName: HostName): Promise<void> {
		await this.outside.listen();
		await this.model.listen();
		const simulators = await startSimulators();
		const model = {
			id: 'model',
			name: 'Model',
			type: 'openAiApi',
			data: { apiKey: 'k', url: this.model.url },
		};
		const credentials = [...credentialsFor(simulators), model];
		const n8n = await serve(packed().tarball, {}, credentials, hostName);
		this.running = { n8n, simulators };
		this.subWorkflow = await this.publish(SUB_WORKFLOW);
	}

	async close(): Promise<void> {
		await this.running?.n8n.stop();
		await this.running?.simulators.close();
		await this.model.close();
		await this.outside.close();
	}

	get n8n(): Served {
		return this.opened.n8n;
	}

	get simulators(): Simulators {
		return this.opened.simulators;
	}

	/** What the services were asked since the last reset. */
	get requests(): readonly object[] {
		return SERVICE_NAMES.flatMap((name) => this.simulators[name].requests);
	}

	reset(): void {
		this.simulators.reset();
		this.outside.reset();
	}

	/**
	 * Imports an example workflow as shipped and publishes it, with credentials and the sub-workflow
	 * chosen and, in 'Settings', the addresses of this office and what else is given. Before that, it
	 * can be changed as a note in it says.
	 */
	async publish(
		file: string,
		settings: Readonly<Record<string, unknown>> = {},
		change = (workflow: Workflow): Workflow => workflow,
	): Promise<string> {
		const workflow = change(exampleWorkflow(file));
		const { peopleUrl, messageUrl } = this.outside;
		const values = { messageUrl, peopleUrl, formerEmployeesUrl: peopleUrl, ...settings };
		return await this.n8n.editor.publish({
			name: String(workflow['name']),
			connections: workflow['connections'] as object,
			nodes: workflow.nodes.map((node) =>
				node.name === 'Settings'
					? { ...node, parameters: filled(node.parameters, values) }
					: choosing(node, this.subWorkflow),
			),
		});
	}

	/** The same, and takes it back at once: its schedule must not fire while the tests run. */
	async schedule(...workflow: Parameters<Office['publish']>): Promise<string> {
		const id = await this.publish(...workflow);
		await this.n8n.editor.post(`/rest/workflows/${id}/deactivate`, {});
		return id;
	}

	/** Calls a published webhook as HR does. */
	async call(path: string, body: unknown, key: string = WEBHOOK_KEY.value): Promise<Response> {
		return await fetch(await this.n8n.instance.webhook(path), {
			method: 'POST',
			headers: { 'content-type': 'application/json', [WEBHOOK_KEY.name]: key },
			body: JSON.stringify(body),
		});
	}

	/** Runs a workflow from a trigger as the editor does, to its end. */
	async run(id: string, trigger: string, expected = 'success'): Promise<void> {
		const { status, data } = await this.n8n.editor.run(id, trigger);
		if (status !== expected) throw new Problem(`The run of ${trigger} ended as ${status}: ${data}`);
	}

	/** An execution as soon as it has ended, or waits for somebody. */
	async settled(executionId: string): Promise<EditorExecution> {
		return await this.n8n.editor.settled(executionId);
	}

	/** What the workflows have noted for the auditors. */
	async auditRows(): Promise<object[]> {
		const { editor } = this.n8n;
		const { data: tables } = await editor.ask<{ data: Array<{ id: string; projectId: string }> }>(
			'GET',
			'/rest/data-tables-global',
		);
		const rows = tables.map(async ({ id, projectId }) => {
			const path = `/rest/projects/${projectId}/data-tables/${id}/rows`;
			return (await editor.ask<{ data: object[] }>('GET', path)).data;
		});
		return (await Promise.all(rows)).flat();
	}

	/** What a browser sends once somebody has signed in. */
	get signedIn(): { authorization: string } {
		const { user, password } = SIGN_IN;
		return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
	}

	private get opened() {
		if (this.running === undefined) throw new Problem('The office is not open.');
		return this.running;
	}
}

/** The fields of a Set node with other values, as far as it has them. */
function filled(parameters: object, values: Readonly<Record<string, unknown>>): object {
	const { assignments } = parameters as {
		assignments: { assignments: ReadonlyArray<{ name: string }> };
	};
	const fields = assignments.assignments.map((field) =>
		field.name in values ? { ...field, value: values[field.name] } : field,
	);
	return { ...parameters, assignments: { assignments: fields } };
}
