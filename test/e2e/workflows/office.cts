import type { EditorExecution } from '../../host/editor.cts';
import type { HostName } from '../../host/install.cts';
import { credentialsFor, exampleWorkflow, SIGN_IN, WEBHOOK_KEY } from '../../host/offboarding.cts';
import { SUBJECTS } from '../../harness/subjects.cts';
import type { Workflow } from '../../host/offboarding.cts';
import { postJson } from '../../host/postJson.cts';
import { Problem } from '../../host/problem.cts';
import { serve } from '../../host/served.cts';
import type { Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { choosing, SUB_WORKFLOW } from '../../package/workflowFiles.cts';
import { SEED, SERVICE_NAMES, startScim, startSimulators } from '../../simulators/index.cts';
import type { Simulator, Simulators } from '../../simulators/index.cts';
import { Model } from '../model.cts';
import { Outside } from './outside.cts';

const LEDGER = 'ledger-and-recheck';
const LEDGER_TABLE = 'offboarding_ledger';
const WIKI = { id: 'wiki', name: 'Wiki' };

interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: object;
}

/** The services that the example workflows choose; SCIM has workflows of its own. */
export const CHOSEN = SERVICE_NAMES.filter((name) => name !== 'scim');

/** Where the example workflows are run: n8n, the services, HR, a chat and a model. */
export class Office {
	readonly outside = new Outside();
	readonly model = new Model();
	private readonly subWorkflows = new Map<string, string>();
	private running:
		| { readonly n8n: Served; readonly simulators: Simulators; readonly wiki: Simulator }
		| undefined;

	async open(hostName: HostName): Promise<void> {
		await this.outside.listen();
		await this.model.listen();
		const simulators = await startSimulators();
		const wiki = await startScim();
		const ofWiki = {
			...WIKI,
			type: SUBJECTS.scim.credentialType,
			data: {
				baseUrl: wiki.baseUrl,
				...SUBJECTS.scim.secrets(SEED.scim.secrets.valid),
				appName: WIKI.name,
			},
		};
		const credentials = [...credentialsFor(simulators), this.model.credential, ofWiki];
		const n8n = await serve(packed().tarball, {}, credentials, hostName);
		this.running = { n8n, simulators, wiki };
		for (const name of [SUB_WORKFLOW, LEDGER]) {
			this.subWorkflows.set(name, await this.publish(name, { scimApp: 'scim' }));
		}
	}

	async close(): Promise<void> {
		await this.running?.n8n.stop();
		await this.running?.simulators.close();
		await this.running?.wiki.close();
		await this.model.close();
		await this.outside.close();
	}

	get n8n(): Served {
		return this.opened.n8n;
	}

	get simulators(): Simulators {
		return this.opened.simulators;
	}

	/** A second app with SCIM, for the steps that have its name. */
	get wiki(): Simulator {
		return this.opened.wiki;
	}

	/** The workflow that keeps the ledger. */
	get ledger(): string {
		return this.subWorkflows.get(LEDGER) ?? '';
	}

	/** What the services were asked since the last reset. */
	get requests(): readonly object[] {
		return SERVICE_NAMES.flatMap((name) => this.simulators[name].requests);
	}

	reset(): void {
		this.simulators.reset();
		this.wiki.reset();
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
					: this.chosen(node),
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
		const url = await this.n8n.instance.webhook(path);
		return await postJson(url, body, { [WEBHOOK_KEY.name]: key });
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

	/** What the workflows have noted for the auditors, apart from the ledger. */
	async auditRows(): Promise<readonly object[]> {
		return await this.rowsWhere((table) => table !== LEDGER_TABLE);
	}

	/** What the ledger has of a person, apart from re-checks. */
	async ledgerRows(person: string): Promise<readonly object[]> {
		const rows = await this.rowsWhere((table) => table === LEDGER_TABLE);
		return rows.filter(({ email, operation }) => email === person && operation !== 'get');
	}

	private async rowsWhere(
		isWanted: (table: string) => boolean,
	): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
		const { editor } = this.n8n;
		const { data } = await editor.ask<{
			data: Array<{ id: string; name: string; projectId: string }>;
		}>('GET', '/rest/data-tables-global');
		const tables = data.filter(({ name }) => isWanted(name));
		const rows = tables.map(async ({ id, projectId }) => {
			const path = `/rest/projects/${projectId}/data-tables/${id}/rows`;
			return (await editor.ask<{ data: Array<Record<string, unknown>> }>('GET', path)).data;
		});
		return (await Promise.all(rows)).flat();
	}

	/** What a browser sends once somebody has signed in. */
	get signedIn(): { authorization: string } {
		const { user, password } = SIGN_IN;
		return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
	}

	/** The node with the sub-workflow chosen, or the credential of the second app with SCIM. */
	private chosen<Node extends WorkflowNode>(node: Node): Node {
		if (node.name === WIKI.name) {
			return { ...node, credentials: { [SUBJECTS.scim.credentialType]: WIKI } };
		}
		const name = node.name.startsWith('Ledger') ? LEDGER : SUB_WORKFLOW;
		return choosing(node, this.subWorkflows.get(name) ?? '');
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
