import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBJECTS } from '../harness/subjects.cts';
import { SEED, SERVICE_NAMES } from '../simulators/index.cts';
import type { ServiceName, Simulators } from '../simulators/index.cts';
import { itemsOf } from './execution.cts';
import type { Execution } from './execution.cts';
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

interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: object;
	readonly [key: string]: unknown;
}

interface Workflow {
	readonly nodes: readonly WorkflowNode[];
	readonly [key: string]: unknown;
}

/**
 * Credentials for all simulators and for the webhook.
 * @param secrets other keys than the valid ones
 */
export function credentialsFor(
	simulators: Simulators,
	secrets: Partial<Record<ServiceName, string>> = {},
): CredentialExport[] {
	const services = SERVICE_NAMES.map((service) => {
		const { credentialType: type, secrets: dataOf } = SUBJECTS[service];
		const secret = secrets[service] ?? SEED[service].secrets.valid;
		const data = { baseUrl: simulators[service].baseUrl, ...dataOf(secret) };
		return { id: service, name: `${service} simulator`, type, data };
	});
	return [
		...services,
		{ id: 'webhook', name: 'Webhook key', type: 'httpHeaderAuth', data: WEBHOOK_KEY },
		{ id: 'sign-in', name: 'Sign-in', type: 'httpBasicAuth', data: SIGN_IN },
	];
}

/**
 * An example workflow as shipped, with credentials chosen and nothing else changed.
 * @param id the name of its file
 * @param live with its webhook activated, as the workflow's own note says
 * @param dryRun with the field of the example data set that its own note speaks of
 */
export function exampleWorkflow(id: string, { live = false, dryRun = false } = {}): Workflow {
	const path = join(__dirname, `../../workflows/${id}.json`);
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as Workflow;
	return {
		...workflow,
		id,
		nodes: workflow.nodes.map((node) => ({
			...node,
			...chosenCredentials(node),
			...(live && { disabled: false }),
			...(dryRun && node.name.startsWith('Example ') && { parameters: asDryRun(node.parameters) }),
		})),
	};
}

/** The same example data, with the field `dryRun` set as somebody in the editor would set it. */
function asDryRun(parameters: object): object {
	const { assignments } = parameters as {
		assignments: { assignments: ReadonlyArray<{ name: string }> };
	};
	return {
		...parameters,
		assignments: {
			assignments: assignments.assignments.map((field) =>
				field.name === 'dryRun' ? { ...field, value: true } : field,
			),
		},
	};
}

/** As somebody in the editor would choose them: whatever the node asks for. */
function chosenCredentials({ type, parameters }: WorkflowNode): object {
	const asked = parameters as Readonly<Record<string, unknown>>;
	if (asked['authentication'] === 'headerAuth') {
		return { credentials: { httpHeaderAuth: { id: 'webhook', name: 'Webhook key' } } };
	}
	if ([asked['authentication'], asked['incomingAuthentication']].includes('basicAuth')) {
		return { credentials: { httpBasicAuth: { id: 'sign-in', name: 'Sign-in' } } };
	}
	if (type.endsWith('.lmChatOpenAi')) {
		return { credentials: { openAiApi: { id: 'model', name: 'Model' } } };
	}
	const services = /^n8n-nodes-offboarding\.offboardUser(Tool)?$/.test(type)
		? SERVICE_NAMES.filter((name) => asked[name] === true)
		: SERVICE_NAMES.filter((name) => type === `n8n-nodes-offboarding.${name}`);
	if (services.length === 0) return {};
	const chosen = services.map((service) => [
		SUBJECTS[service].credentialType,
		{ id: service, name: `${service} simulator` },
	]);
	return { credentials: Object.fromEntries(chosen) as object };
}

/** The workflow's result, as its last node puts it out. */
export function resultOf(execution: Execution): ResultRow[] {
	return itemsOf(execution, 'Result') as ResultRow[];
}
