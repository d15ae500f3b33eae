import type { HostName } from '../../host/install.cts';
import { credentialsFor, exampleWorkflow, SIGN_IN, WEBHOOK_KEY } from '../../host/offboarding.cts';
import { SUBJECTS } from '../../harness/subjects.cts';
import type { Workflow, WorkflowNode } from '../../host/offboarding.cts';
import { postJson } from '../../host/postJson.cts';
import { Problem } from '../../host/problem.cts';
import { serve, type Served } from '../../host/served.cts';
import { changedSince, statesOf, type States } from '../../host/staff.cts';
import { packed } from '../../package/packed.cts';
import { SUB_WORKFLOW } from '../../package/workflowFiles.cts';
import { SEED, SERVICE_NAMES, startScim, startSimulators } from '../../simulators/index.cts';
import type { Simulator, Simulators } from '../../simulators/index.cts';
import { Model } from '../model.cts';
import { Outside } from './outside.cts';

const LEDGER = 'ledger-and-recheck';
const LEDGER_TABLE = 'offboarding_ledger';
const WIKI = { id: 'wiki', name: 'Wiki' };

/** The services that the example workflows choose; SCIM has workflows of its own. */
export const CHOSEN = SERVICE_NAMES.filter((name) => name !== 'scim');

/** Where the example workflows are run: n8n, the services, HR, a chat and a model. */
export class Office {
	readonly outside = new Outside();
	readonly model = new Model();
	n8n!: Served;
	simulators!: Simulators;
	/** A second app with SCIM, for the steps that have its name. */
	wiki!: Simulator;
	private readonly subWorkflows = new Map<string, string>();
	private before: States = new Map();

	async open(hostName: HostName): Promise<void> {
		await this.outside.listen();
		await this.model.listen();
		this.simulators = await startSimulators();
		this.wiki = await startScim();
		const { credentialType: type, secrets } = SUBJECTS.scim;
		const data = { ...secrets(SEED.scim.secrets.valid), appName: WIKI.name };
		const credentials = [
			...credentialsFor(this.simulators),
			this.model.credential,
			{ ...WIKI, type, data: { baseUrl: this.wiki.baseUrl, ...data } },
		];
		this.n8n = await serve(packed().tarball, {}, credentials, hostName);
		for (const name of [SUB_WORKFLOW, LEDGER]) {
			this.subWorkflows.set(name, await this.publish(name, { scimApp: 'scim' }));
		}
	}

	async close(): Promise<void> {
		await this.n8n?.stop();
		await this.simulators?.close();
		await this.wiki?.close();
		await this.model.close();
		await this.outside.close();
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
		this.before = statesOf(this.simulators);
	}

	/** Which accounts were changed since this was last asked, or since the last reset. */
	changed(): string[] {
		const changes = changedSince(this.before, this.simulators);
		this.before = statesOf(this.simulators);
		return changes;
	}

	/**
	 * Publishes an example workflow, with credentials and the sub-workflow chosen and, in 'Settings',
	 * the addresses of this office and what is given. A change is one that a note in it describes.
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
	private chosen(node: WorkflowNode): WorkflowNode {
		if (node.name === WIKI.name) {
			return { ...node, credentials: { [SUBJECTS.scim.credentialType]: WIKI } };
		}
		if (!node.type.endsWith('.executeWorkflow')) return node;
		const name = node.name.startsWith('Ledger') ? LEDGER : SUB_WORKFLOW;
		const workflowId = { __rl: true, mode: 'list', value: this.subWorkflows.get(name) };
		return { ...node, parameters: { ...node.parameters, workflowId } };
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
