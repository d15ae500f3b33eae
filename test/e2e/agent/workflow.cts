import type { WorkflowDraft } from '../../host/editor.cts';
import type { ServiceName } from '../../simulators/index.cts';
import type { Tool } from './tools.cts';

/** A credential that a node is set to. */
export interface Chosen {
	readonly type: string;
	readonly id: string;
	readonly name: string;
}

/** The credentials that an agent's workflow needs. */
export interface Credentials extends Readonly<Record<ServiceName, Chosen>> {
	readonly model: Chosen;
	readonly telegram: Chosen;
}

const TO_TOOL = 'ai_tool';

const using = ({ type, id, name }: Chosen): object => ({ credentials: { [type]: { id, name } } });

/**
 * A webhook that takes a prompt, an agent, its model, and nodes as its tools.
 *
 * @param approval with a person asked by Telegram before a tool is run
 */
export function agentWorkflow(
	path: string,
	tools: readonly Tool[],
	credentials: Credentials,
	{ typeVersion = 3.1, approval = false } = {},
): WorkflowDraft {
	const toolNodes = tools.map(({ name, service, parameters, onError }) => ({
		name,
		type: `n8n-nodes-offboarding.${service}Tool`,
		typeVersion: 1,
		parameters: { resource: 'user', ...parameters },
		...(onError && { onError }),
		...using(credentials[service]),
	}));
	const approvalNodes = approval ? [approvalNode(credentials.telegram)] : [];
	const toolsLeadTo = approval ? 'Approval' : 'Agent';
	const nodes = [
		webhookNode(path, approval),
		{
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion,
			parameters: { promptType: 'define', text: '={{ $json.body.prompt }}', options: {} },
		},
		modelNode(credentials.model),
		...approvalNodes,
		...toolNodes,
	];
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	return {
		name: path,
		nodes: nodes.map((node, index) => ({ id: `${path}-${index}`, position: [0, 0], ...node })),
		connections: {
			Webhook: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			...(approval && { Approval: to('Agent', TO_TOOL) }),
			...Object.fromEntries(toolNodes.map(({ name }) => [name, to(toolsLeadTo, TO_TOOL)])),
		},
	};
}

function webhookNode(path: string, approval: boolean) {
	// Who waits for a person cannot wait for the answer to a request.
	const responseMode = approval ? 'onReceived' : 'lastNode';
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode, options: {} },
	};
}

function modelNode(credential: Chosen) {
	return {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: {
			model: { __rl: true, mode: 'id', value: 'scripted' },
			// By default n8n speaks OpenAI's newer API, which other models' servers seldom have.
			responsesApiEnabled: false,
			options: { maxRetries: 0 },
		},
		...using(credential),
	};
}

function approvalNode(credential: Chosen) {
	return {
		name: 'Approval',
		type: 'n8n-nodes-base.telegramHitlTool',
		typeVersion: 1.2,
		webhookId: 'approval',
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			chatId: '1',
			message: '=The agent wants to run {{ $tool.name }}: {{ JSON.stringify($tool.parameters) }}',
			responseType: 'approval',
			approvalOptions: { values: { approvalType: 'double' } },
			options: {},
		},
		...using(credential),
	};
}
