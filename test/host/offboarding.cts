import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filledIn } from '../harness/filledIn.cts';
import { byId } from '../harness/locators.cts';
import { SUBJECTS } from '../harness/subjects.cts';
import { SEED, SERVICE_NAMES, type ServiceName, type Simulators } from '../simulators/index.cts';
import { itemsOf, type Execution } from './execution.cts';
import type { CredentialExport } from './instance.cts';

/** The example workflows, as their files and the tests name them. */
export const LEAVER_WORKFLOW_ID = 'offboard-leaver';
export const UNDO_WORKFLOW_ID = 'reactivate-user';
/** What calls the workflow's webhook has to send along. */
export const WEBHOOK_KEY = { name: 'X-Offboarding-Key', value: 'webhook-key' } as const;
/** Who may open the forms and the chat of the example workflows. */
export const SIGN_IN = { user: 'it', password: 'sign-in-password' } as const;

/** One item of the workflow's result: an account's record, or why there is none. */
export interface ResultRow {
	/** The address that was given, at the workflow that takes access away. */
	readonly leaver?: string;
	/** The same, at the workflow that gives it back. */
	readonly user?: string;
	readonly service: string;
	readonly done: boolean;
	readonly outcome?: string;
	readonly changed?: boolean;
	readonly userId?: string;
	readonly email?: string;
	readonly stateBefore?: string;
	readonly stateAfter?: string;
	readonly error?: string;
	readonly details?: { readonly reason: string };
}

export interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: object;
	readonly [key: string]: unknown;
}

export interface Workflow {
	readonly nodes: readonly WorkflowNode[];
	readonly [key: string]: unknown;
}

/** Fields of Offboard User for whoever an item names, at all services. */
export const EVERYWHERE = {
	services: SERVICE_NAMES,
	aitronosOrganizationId: byId(SEED.aitronos.organizationId),
	aitronosTransferResourcesToDepartmentId: byId(SEED.aitronos.departments.transferTarget),
	email: '={{ $json.email }}',
};

/** Credentials for all simulators, for webhooks and for sign-ins. */
export function credentialsFor(simulators: Simulators): CredentialExport[] {
	const services = SERVICE_NAMES.map((service) => {
		const { credentialType: type, secrets } = SUBJECTS[service];
		const data = { baseUrl: simulators[service].baseUrl, ...secrets(SEED[service].secrets.valid) };
		return { id: service, name: `${service} simulator`, type, data };
	});
	return [
		...services,
		{ id: 'webhook', name: 'Webhook key', type: 'httpHeaderAuth', data: WEBHOOK_KEY },
		{ id: 'sign-in', name: 'Sign-in', type: 'httpBasicAuth', data: SIGN_IN },
	];
}

/**
 * An example workflow as shipped, with credentials chosen and what is empty filled in. `dryRun` is the
 * option of Offboard User, where the workflow is shipped with a dry run; else nothing is changed.
 */
export function exampleWorkflow(id: string, { dryRun = true } = {}): Workflow {
	const path = join(__dirname, `../../workflows/${id}.json`);
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as Workflow;
	return {
		...workflow,
		id,
		nodes: workflow.nodes.map((shipped) => {
			const node = dryRun ? shipped : withoutDryRun(shipped);
			const chosen = filledIn(node);
			return { ...chosen, ...chosenCredentials(chosen) };
		}),
	};
}

function withoutDryRun(node: WorkflowNode): WorkflowNode {
	const { options } = node.parameters as { options?: { dryRun?: unknown } };
	if (options?.dryRun !== true) return node;
	return { ...node, parameters: { ...node.parameters, options: { ...options, dryRun: false } } };
}

/** As somebody in the editor would choose them: whatever the node asks for. */
function chosenCredentials({ type, parameters }: WorkflowNode): object {
	const asked = parameters as Readonly<Record<string, unknown>>;
	if (asked['authentication'] === 'headerAuth') {
		return { credentials: { httpHeaderAuth: { id: 'webhook', name: 'Webhook key' } } };
	}
	const ways = [asked['authentication'], asked['incomingAuthentication'], asked['genericAuthType']];
	if (ways.some((way) => way === 'basicAuth' || way === 'httpBasicAuth')) {
		return { credentials: { httpBasicAuth: { id: 'sign-in', name: 'Sign-in' } } };
	}
	if (type.endsWith('.lmChatOpenAi')) {
		return { credentials: { openAiApi: { id: 'model', name: 'Model' } } };
	}
	const services = /^n8n-nodes-offboarding\.offboardUser(Tool)?$/.test(type)
		? (asked['services'] as readonly ServiceName[])
		: SERVICE_NAMES.filter((name) => type === `n8n-nodes-offboarding.${name}`);
	return services.length === 0 ? {} : { credentials: chosenFor(services) };
}

/** The credentials of these services, as a node keeps them. */
export function chosenFor(services: readonly ServiceName[]): object {
	const chosen = services.map((service) => [
		SUBJECTS[service].credentialType,
		{ id: service, name: `${service} simulator` },
	]);
	return Object.fromEntries(chosen) as object;
}

/** What Offboard User puts out for a person, as far as it is used here. */
interface PersonItem {
	readonly email: string;
	readonly summary: string;
	readonly services: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

const DONE = ['deactivated', 'alreadyDeactivated', 'reactivated', 'alreadyActive'];

/** The result of a workflow with Offboard User: a row for each account, of who is finished first. */
export function resultOf(execution: Execution): ResultRow[] {
	const finished = itemsOf(execution, 'Offboard User') as PersonItem[];
	const failed = itemsOf(execution, 'Offboard User', 1) as Array<{ details: PersonItem }>;
	const people = [...finished, ...failed.map(({ details }) => details)];
	return people.flatMap(({ email, summary, services }) =>
		services.map(({ message = summary, ...entry }) => ({
			...('reason' in entry ? { error: message, details: entry } : entry),
			[entry['operation'] === 'reactivate' ? 'user' : 'leaver']: email,
			service: entry['service'],
			done: !('reason' in entry) && DONE.includes(String(entry['outcome'])),
		})),
	) as unknown as ResultRow[];
}
