import type { WorkflowDraft } from '../../host/editor.cts';
import type { ServiceName } from '../../simulators/index.cts';
import { SERVICE_NAMES } from '../../simulators/index.cts';
import type { NodeName, ToolNode } from './tools.cts';

/** A credential that a node is set to. */
export interface Chosen {
	readonly type: string;
	readonly id: string;
	readonly name: string;
}

/** The credentials that an agent's workflow needs. */
export interface Credentials extends Readonly<Record<ServiceName, Chosen>> {
	readonly model: Chosen;
}

const TO_TOOL = 'ai_tool';

const using = (...chosen: Chosen[]): object => ({
	credentials: Object.fromEntries(chosen.map(({ type, id, name }) => [type, { id, name }])),
});

const credentialsOf = (node: NodeName, credentials: Credentials): Chosen[] =>
	(node === 'offboardUser' ? SERVICE_NAMES : [node]).map((service) => credentials[service]);

const toolNodesOf = (tools: readonly ToolNode[], credentials: Credentials) =>
	tools.map(({ name, node, parameters, onError }) => ({
		name,
		type: `n8n-nodes-offboarding.${node}Tool`,
		typeVersion: 1,
		parameters: { resource: 'user', ...parameters },
		...(onError && { onError }),
		...using(...credentialsOf(node, credentials)),
	}));

const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });

const draft = (name: string, nodes: readonly object[], connections: object): WorkflowDraft => ({
	name,
	nodes: nodes.map((node, index) => ({ id: `${name}-${index}`, position: [0, 0], ...node })),
	connections,
});

/** A node of n8n's own. */
const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	...chosen: Chosen[]
) => ({ name, type, typeVersion, parameters, ...using(...chosen) });

/** An MCP server that offers nodes as its tools. */
export function mcpWorkflow(
	path: string,
	tools: readonly ToolNode[],
	credentials: Credentials,
): WorkflowDraft {
	const trigger = node('Server', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path });
	return draft(
		path,
		[{ ...trigger, webhookId: path }, ...toolNodesOf(tools, credentials)],
		Object.fromEntries(tools.map(({ name }) => [name, to('Server', TO_TOOL)])),
	);
}

/** A webhook that takes a prompt, an agent, its model, and nodes as its tools. */
export function agentWorkflow(
	path: string,
	tools: readonly ToolNode[],
	credentials: Credentials,
	typeVersion = 3.1,
): WorkflowDraft {
	const webhook = { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} };
	const agent = { promptType: 'define', text: '={{ $json.body.prompt }}', options: {} };
	const model = {
		model: { __rl: true, mode: 'id', value: 'scripted' },
		// By default n8n speaks OpenAI's newer API, which other models' servers seldom have.
		responsesApiEnabled: false,
		options: { maxRetries: 0 },
	};
	const openAi = '@n8n/n8n-nodes-langchain.lmChatOpenAi';
	const nodes = [
		{ ...node('Webhook', 'n8n-nodes-base.webhook', 2.1, webhook), webhookId: path },
		node('Agent', '@n8n/n8n-nodes-langchain.agent', typeVersion, agent),
		node('Model', openAi, 1.3, model, credentials.model),
		...toolNodesOf(tools, credentials),
	];
	return draft(path, nodes, {
		Webhook: to('Agent', 'main'),
		Model: to('Agent', 'ai_languageModel'),
		...Object.fromEntries(tools.map(({ name }) => [name, to('Agent', TO_TOOL)])),
	});
}
