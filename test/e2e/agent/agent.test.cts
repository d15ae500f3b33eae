import { findSecrets } from '../../harness/secrets.cts';
import { violationsOf } from '../../host/agreement.cts';
import { credentialsFor } from '../../host/offboarding.cts';
import { serve } from '../../host/served.cts';
import type { Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from '../../simulators/index.cts';
import type { Simulators } from '../../simulators/index.cts';
import { Model } from './model.cts';
import { changedSince, statesOf } from './staff.cts';
import { DESCRIPTIONS, PROTECTED, TOOL_OF_EACH, TOOLS, toolName, WRITTEN } from './tools.cts';
import type { ToolKey } from './tools.cts';
import { agentWorkflow, mcpWorkflow } from './workflow.cts';
import type { Credentials } from './workflow.cts';

/** The nodes as tools of n8n's AI Agent, in a real n8n. Only the model's words are written down. */

jest.setTimeout(20_000);

const model = new Model();
let simulators: Simulators;
let n8n: Served;

beforeAll(async () => {
	simulators = await startSimulators();
	await model.listen();
	n8n = await serve(packed().tarball);
	const credentials = await addCredentials();
	const tools = Object.values(TOOLS);
	const { editor } = n8n;
	await editor.publish(agentWorkflow('agent', tools, credentials));
	await editor.publish(agentWorkflow('older', tools, credentials, 2.2));
	await editor.publish(agentWorkflow('each', TOOL_OF_EACH, credentials));
	await editor.publish(agentWorkflow('eachOlder', TOOL_OF_EACH, credentials, 2.2));
	await editor.publish(mcpWorkflow('mcp', TOOL_OF_EACH, credentials));
}, 10 * 60_000);

beforeEach(() => simulators.reset());

afterEach(() => {
	expect(violationsOf(simulators)).toEqual([]);
	expect(findSecrets([model.requests, n8n.output()], secrets)).toEqual([]);
});

afterAll(async () => {
	await n8n?.stop();
	await simulators?.close();
	await model.close();
});

async function addCredentials(): Promise<Credentials> {
	const data = { apiKey: 'k', url: model.url };
	const own = { id: 'model', name: 'Model', type: 'openAiApi', data };
	const entries = [];
	for (const credential of [...credentialsFor(simulators), own]) {
		const id = await n8n.editor.addCredential(credential);
		entries.push([credential.id, { ...credential, id }]);
	}
	return Object.fromEntries(entries) as Credentials;
}

/** Calls of tools that the model decides on at the same time. */
type Turn = ReadonlyArray<readonly [tool: ToolKey, args: object]>;

const script = (...turns: Turn[]) =>
	model.begin(
		turns.map((calls) => calls.map(([tool, args]) => ({ tool: toolName(TOOLS[tool]), args }))),
	);

/** Calls the webhook of a workflow and gives what comes back. */
async function call(workflow: string): Promise<Response> {
	return await fetch(await n8n.instance.webhook(workflow), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ prompt: `${STAFF.leaver.email} leaves.` }),
	});
}

type AgentName = 'agent' | 'older' | 'each' | 'eachOlder';

/** Lets the agent talk to the model, and gives what the model was told last of its calls, in order. */
async function converse(workflow: AgentName, ...turns: Turn[]): Promise<unknown[]> {
	script(...turns);
	const response = await call(workflow);
	expect([response.status, await response.json()]).toEqual([200, { output: 'Done.' }]);
	const told = (model.requests.at(-1)?.messages ?? []).filter(({ role }) => role === 'tool');
	return told.map(({ content }) =>
		content === '' ? '' : (JSON.parse(String(content)) as unknown),
	);
}

const secrets = SERVICE_NAMES.map((name) => SEED[name].secrets.valid);
const { email } = STAFF.leaver;
const { zitadel } = SEED;

/** What the tool of each service needs to know of somebody. */
const named = (who: 'leaver' | 'colleague') => ({
	langdock: { email: STAFF[who].email },
	odeus: { email: STAFF[who].email },
	aitronos: { userId: SEED.aitronos.accounts[who].userId },
	zitadel: { userId: zitadel.accounts[who].userId },
	awork: { userId: SEED.awork.accounts[who].id },
	scim: { userId: SEED.scim.accounts[who].id },
});
const leaverAt = named('leaver');

const record = (fields: object) => expect.objectContaining(fields) as object;

/** What a model reads of a failure: what happened, why, and what to do. */
const refusal = (text: string, reason: unknown = expect.any(String)) =>
	record({
		error: expect.stringContaining(text),
		details: expect.objectContaining({ reason, description: expect.stringMatching(/\S/) }),
	});

/** The tools that the model was told of. */
async function toolsOf(workflow: AgentName) {
	await converse(workflow);
	return model.requests[0]?.tools.map((tool) => tool.function) ?? [];
}

/** The tools that an MCP client is told of, by Streamable HTTP. */
async function toolsOfMcp(): Promise<ReadonlyArray<{ name: string; description: string }>> {
	let session = {};
	const post = async (message: object): Promise<string> => {
		const response = await fetch(`${n8n.instance.url}/mcp/mcp`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...session,
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		session = { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '', ...session };
		return await response.text();
	};
	const clientInfo = { name: 'test', version: '1' };
	const params = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo };
	await post({ id: 1, method: 'initialize', params });
	await post({ method: 'notifications/initialized' });
	// The answer comes as the only event of a stream.
	const [, data = ''] = /^data: (.*)$/m.exec(await post({ id: 2, method: 'tools/list' })) ?? [];
	const { result } = JSON.parse(data) as { result: { tools: [] } };
	return result.tools;
}

test.each([
	['AI Agent 3.1', async () => await toolsOf('each')],
	['AI Agent 2.2', async () => await toolsOf('eachOlder')],
	['MCP Server Trigger', toolsOfMcp],
])(
	'%s says what every node and operation does, and whether it can be repeated',
	async (_, tools) => {
		const texts = (await tools()).map(({ name, description }) => [name, description]);
		expect(Object.fromEntries(texts)).toEqual(DESCRIPTIONS);
	},
);

test('the model is told of a written description, and of the fields that it has to fill in', async () => {
	const tools = await toolsOf('agent');
	const dryRun = tools.find(({ name }) => name === toolName(TOOLS.dryRun));
	expect(dryRun?.description).toBe(WRITTEN);
	const expected = Object.values(TOOLS).map((tool) => {
		const [, field = ''] = /\$fromAI\('(\w+)'/.exec(JSON.stringify(tool.parameters)) ?? [];
		const properties = { [field]: record({ type: 'string' }) };
		return [toolName(tool), record({ properties, required: [field], additionalProperties: false })];
	});
	const fields = tools.map(({ name, parameters }) => [name, parameters]);
	expect(Object.fromEntries(fields)).toEqual(Object.fromEntries(expected));
});

test.each([
	...SERVICE_NAMES.map((service) => ['agent', service] as const),
	['older', 'zitadel'] as const,
])(
	'%s: %s deactivates only whom the model names, and can be called twice',
	async (agent, service) => {
		const before = statesOf(simulators);
		const turn: Turn = [[service, leaverAt[service]]];
		const told = await converse(agent, turn, turn);

		// Langdock and Odeus cannot tell a deactivated user from one who was never there.
		const cannotTell = service === 'langdock' || service === 'odeus';
		const [first, second] = told.flat();
		expect(first).toEqual(record({ service, outcome: 'deactivated', changed: true, email }));
		expect(second).toEqual(
			cannotTell
				? refusal('No active member has the email')
				: record({ outcome: 'alreadyDeactivated', changed: false }),
		);
		expect(changedSince(before, simulators)).toEqual([`${service} ${email} deactivated`]);
	},
);

const HOSTILE_IDS = [
	...['../../admin', '..', '.', 'a/b', 'a\\b', 'a%2Fb', 'a\r\nX-Injected: 1', 'a?b=c', 'a#b', ''],
	...[{ userId: 'a' }, ['a'], 42, null],
];
const HOSTILE_ADDRESSES = [
	...['../../admin', `${email}\r\nBcc: boss@example.org`, `${email},boss@example.org`, ''],
	...[{ email }, [email], null],
];

test.each([
	['aitronos', "'User' ", 'userId', HOSTILE_IDS],
	['zitadel', "'User' ", 'userId', HOSTILE_IDS],
	['awork', "'User' ", 'userId', HOSTILE_IDS],
	['langdock', "'Email' ", 'email', HOSTILE_ADDRESSES],
	['odeus', "'Email' ", 'email', HOSTILE_ADDRESSES],
	['aworkByEmail', "'User' ", 'email', HOSTILE_ADDRESSES],
	['look', "'User' ", 'email', HOSTILE_ADDRESSES],
] as const)('%s refuses a hostile %s, and sends no request', async (tool, label, field, values) => {
	const args = [...values.map((value) => ({ [field]: value })), {}, { other: 'a' }];
	const told = await converse(
		'agent',
		args.map((one) => [tool, one] as const),
	);
	expect(told).toEqual(args.map(() => [refusal(label)]));
	expect(simulators[TOOLS[tool].node].requests).toEqual([]);
	expect(JSON.stringify(told)).not.toMatch(/\/admin|Injected/);
});

const ofProtected = refusal(`'${PROTECTED.email}' is protected`, 'protectedUser');
const invalid = refusal("'User' must be", 'invalidInput');
const hostile = { userId: '../../admin' };

test.each<[string, AgentName, ToolKey, object, object]>([
	...SERVICE_NAMES.map((service): [string, AgentName, ToolKey, object, object] => {
		return ['a protected user', 'agent', service, named('colleague')[service], ofProtected];
	}),
	[
		'a dry run that the model tries to turn off',
		...(['agent', 'dryRun'] as const),
		{ ...leaverAt.zitadel, dryRun: false, options: { dryRun: false } },
		record({ outcome: 'wouldDeactivate', changed: false }),
	],
	[
		'a text that looks like an expression',
		...(['agent', 'zitadel', { userId: '={{1+1}}' }] as const),
		refusal("No user found with the ID '={{1+1}}'"),
	],
	['a look-up', 'agent', 'look', { email }, record({ outcome: 'found', stateAfter: 'active' })],
	[
		'a look-up everywhere that the model tries to turn into a deactivation',
		...(['agent', 'lookEverywhere', { email, operation: 'deactivate', resource: 'user' }] as const),
		record({ email, complete: false, zitadel: 'active' }),
	],
	['an error with On Error: Continue', 'agent', 'goesOn', hostile, invalid],
	['an error with On Error: Continue', 'older', 'goesOn', hostile, invalid],
	['an error in AI Agent 2', 'older', 'zitadel', hostile, invalid],
])('%s changes nothing (%s, %s)', async (_, agent, tool, args, expected) => {
	const before = statesOf(simulators);
	expect(await converse(agent, [[tool, args]])).toEqual([[expected]]);
	expect(changedSince(before, simulators)).toEqual([]);
});

test('the safety limit holds over all calls of a conversation', async () => {
	const { leaver, colleague } = zitadel.accounts;
	const told = await converse('agent', [
		['oneAtMost', { userId: leaver.userId }],
		['oneAtMost', { userId: colleague.userId }],
	]);
	expect(told).toEqual([[record({ outcome: 'deactivated' })], [refusal("'Safety Limit' is 1")]]);
});
