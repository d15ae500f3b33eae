import { byEmail, byId } from '../harness/locators.cts';
import { findSecrets } from '../harness/secrets.cts';
import { LOOK_UP, SUBJECTS } from '../harness/subjects.cts';
import { violationsOf } from '../host/agreement.cts';
import { credentialsFor, EVERYWHERE } from '../host/offboarding.cts';
import { postJson } from '../host/postJson.cts';
import { serve, type Served } from '../host/served.cts';
import { packed } from '../package/packed.cts';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from '../simulators/index.cts';
import type { ServiceName, Simulators } from '../simulators/index.cts';
import { flow, ours, serving, webhook, type Step } from './flow.cts';
import { Model } from './model.cts';
import { changedSince, statesOf } from '../host/staff.cts';

/** The nodes as tools of n8n's agents, in a real n8n. Only the model's words are written down. */

jest.setTimeout(20_000);

const { leaver, colleague } = STAFF;
const { email } = leaver;
/** A description that the person who builds the agent wrote. */
const WRITTEN = 'Says what a deactivation would do';

const userOf = { id: "={{ $fromAI('userId', 'ID of the user', 'string') }}" };
const emailOf = { email: "={{ $fromAI('email', 'Email of the user', 'string') }}" };
const userId = byId(userOf.id);
const guarded = { options: { protectedUsers: colleague.email } };

const tool = (...[node, name, parameters, settings]: Parameters<typeof ours>): Step => {
	const step = ours(node, name, parameters, settings);
	return { ...step, type: `${step.type}Tool` };
};
const look = tool('zitadel', 'look', { operation: 'get', userId: byEmail(emailOf.email) });
const TOOLS = [
	...SERVICE_NAMES.map((service) =>
		tool(service, service, {
			...SUBJECTS[service].parameters({ ...userOf, ...emailOf }),
			...guarded,
		}),
	),
	tool('awork', 'aworkByEmail', { ...SUBJECTS.awork.parameters(emailOf), ...guarded }),
	look,
	tool('offboardUser', 'lookEverywhere', { ...EVERYWHERE, operation: 'get', ...emailOf }),
	tool('zitadel', 'dryRun', {
		userId,
		options: { dryRun: true },
		descriptionType: 'manual',
		toolDescription: WRITTEN,
	}),
	tool('zitadel', 'oneAtMost', { userId, options: { safetyLimit: 1 } }),
	tool('zitadel', 'goesOn', { userId, ...guarded }, { onError: 'continueRegularOutput' }),
];

const agent = (path: string, typeVersion: number) => {
	const parameters = { promptType: 'define', text: '={{ $json.body.prompt }}', options: {} };
	const node = { name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion, parameters };
	const model = {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: {
			model: byId('scripted'),
			// By default n8n speaks OpenAI's newer API, which other models' servers seldom have.
			responsesApiEnabled: false,
			options: { maxRetries: 0 },
		},
		credentials: { openAiApi: { id: 'model', name: 'Model' } },
	};
	const draft = flow(path, webhook(path), [node]);
	return serving(serving(draft, 'Agent', 'ai_languageModel', [model]), 'Agent', 'ai_tool', TOOLS);
};

const mcpServer = {
	name: 'MCP Server',
	type: '@n8n/n8n-nodes-langchain.mcpTrigger',
	typeVersion: 2,
	webhookId: 'mcp',
	parameters: { path: 'mcp', authentication: 'none' },
};

const model = new Model();
let simulators: Simulators;
let n8n: Served;

beforeAll(async () => {
	simulators = await startSimulators();
	await model.listen();
	n8n = await serve(packed().tarball, {}, [...credentialsFor(simulators), model.credential]);
	await n8n.editor.publish(agent('agent', 3.1));
	await n8n.editor.publish(agent('older', 2.2));
	await n8n.editor.publish(serving(flow('mcp', mcpServer), mcpServer.name, 'ai_tool', [look]));
}, 10 * 60_000);

beforeEach(() => simulators.reset());

afterEach(() => {
	const secrets = SERVICE_NAMES.map((name) => SEED[name].secrets.valid);
	expect(violationsOf(simulators)).toEqual([]);
	expect(findSecrets([model.requests, n8n.output()], secrets)).toEqual([]);
});

afterAll(async () => {
	await n8n?.stop();
	await simulators?.close();
	await model.close();
});

type AgentName = 'agent' | 'older';
/** Calls of tools that the model decides on at the same time. */
type Turn = ReadonlyArray<readonly [tool: string, args: object]>;

/** Lets the agent talk to the model, and gives what the model was told last of its calls, in order. */
async function converse(workflow: AgentName, ...turns: Turn[]): Promise<unknown[]> {
	model.begin(turns.map((calls) => calls.map(([name, args]) => ({ tool: name, args }))));
	const url = await n8n.instance.webhook(workflow);
	const response = await postJson(url, { prompt: `${email} leaves.` });
	expect([response.status, await response.json()]).toEqual([200, { output: 'Done.' }]);
	const told = (model.requests.at(-1)?.messages ?? []).filter(({ role }) => role === 'tool');
	return told.map(({ content }) =>
		content === '' ? '' : (JSON.parse(String(content)) as unknown),
	);
}

const idAt = (service: ServiceName, person = leaver.email) =>
	simulators[service].account(person)?.id;

const record = (fields: object) => expect.objectContaining(fields) as object;

/** What a model reads of a failure: what happened, why, and what to do. */
const refusal = (text: string, reason: unknown = expect.any(String)) =>
	record({
		error: expect.stringContaining(text),
		details: expect.objectContaining({ reason, description: expect.stringMatching(/\S/) }),
	});

test.each(['agent', 'older'] as const)(
	'%s: the model is told what a tool does, and which fields it has to fill in',
	async (workflow) => {
		await converse(workflow);
		const tools = (model.requests[0]?.tools ?? []).map((one) => one.function);
		const told = ['zitadel', 'lookEverywhere', 'dryRun'].map((name) =>
			tools.find((one) => one.name === name),
		);
		const fields = (field: string) => ({
			properties: { [field]: { type: 'string' } },
			required: [field],
			additionalProperties: false,
		});
		expect(told).toMatchObject([
			{
				description: 'Deactivate user (ends access, safe to repeat) in ZITADEL',
				parameters: fields('userId'),
			},
			{
				description: 'Get state of user everywhere (changes nothing) in Offboard User',
				parameters: fields('email'),
			},
			{ description: WRITTEN, parameters: fields('userId') },
		]);
	},
);

test.each([
	...SERVICE_NAMES.map((service) => ['agent', service] as const),
	['older', 'zitadel'] as const,
])(
	'%s: %s deactivates only whom the model names, and can be called twice',
	async (workflow, service) => {
		const before = statesOf(simulators);
		const canTell = LOOK_UP.includes(service);
		const turn: Turn = [[service, canTell ? { userId: idAt(service) } : { email }]];
		const [first, second] = (await converse(workflow, turn, turn)).flat();
		expect(first).toEqual(record({ service, outcome: 'deactivated', changed: true, email }));
		// Langdock and Odeus cannot tell a deactivated user from one who was never there.
		expect(second).toEqual(
			canTell
				? record({ outcome: 'alreadyDeactivated', changed: false })
				: refusal('No active member has the email'),
		);
		expect(changedSince(before, simulators)).toEqual([`${service} ${email} deactivated`]);
	},
);

test.each<['zitadel' | 'awork', string, string, unknown[]]>([
	[
		'zitadel',
		'zitadel',
		'userId',
		[
			...['../../admin', '..', '.', 'a/b', 'a\\b', 'a%2Fb', 'a\r\nX-Injected: 1', 'a?b=c', 'a#b'],
			...['', { userId: 'a' }, ['a'], 42, null],
		],
	],
	[
		'awork',
		'aworkByEmail',
		'email',
		[
			...['../../admin', `${email}\r\nBcc: boss@example.org`, `${email},boss@example.org`],
			...['', { email }, [email], null],
		],
	],
])('%s: %s refuses a hostile %s, and sends no request', async (service, name, field, values) => {
	const args = [...values.map((value) => ({ [field]: value })), {}, { other: 'a' }];
	const told = await converse(
		'agent',
		args.map((one) => [name, one] as const),
	);
	expect(told).toEqual(args.map(() => [refusal("'User' ")]));
	expect(simulators[service].requests).toEqual([]);
	expect(JSON.stringify(told)).not.toMatch(/\/admin|Injected/);
});

const invalid = refusal("'User' must be", 'invalidInput');
const hostile = { userId: '../../admin' };
const { accounts } = SEED.zitadel;
const overrides = { dryRun: false, options: { dryRun: false } };

test.each<[string, AgentName, string, object, object]>([
	[
		'a protected user',
		...(['agent', 'zitadel', { userId: accounts.colleague.userId }] as const),
		refusal(`'${colleague.email}' is protected`, 'protectedUser'),
	],
	[
		'a dry run that the model tries to turn off',
		...(['agent', 'dryRun', { userId: accounts.leaver.userId, ...overrides }] as const),
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
])('%s changes nothing (%s, %s)', async (_, workflow, name, args, expected) => {
	const before = statesOf(simulators);
	expect(await converse(workflow, [[name, args]])).toEqual([[expected]]);
	expect(changedSince(before, simulators)).toEqual([]);
});

test('the safety limit holds over all calls of a conversation', async () => {
	const told = await converse('agent', [
		['oneAtMost', { userId: accounts.leaver.userId }],
		['oneAtMost', { userId: accounts.colleague.userId }],
	]);
	expect(told).toEqual([[record({ outcome: 'deactivated' })], [refusal("'Safety Limit' is 1")]]);
});

test('other agents find a node as a tool of an MCP server, and call it', async () => {
	const headers: Record<string, string> = { accept: 'application/json, text/event-stream' };
	const ask = async (method: string, params: object): Promise<unknown> => {
		const url = `${n8n.instance.url}/mcp/mcp`;
		const response = await postJson(url, { jsonrpc: '2.0', id: 1, method, params }, headers);
		headers['mcp-session-id'] ??= response.headers.get('mcp-session-id') ?? '';
		// The answer comes as the only event of a stream.
		const [, data = ''] = /^data: (.*)$/m.exec(await response.text()) ?? [];
		return (JSON.parse(data) as { result: unknown }).result;
	};
	const clientInfo = { name: 'test', version: '1' };
	await ask('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo });
	expect(await ask('tools/list', {})).toMatchObject({
		tools: [
			{
				name: 'look',
				description: 'Get state of user (changes nothing) in ZITADEL',
				inputSchema: { properties: { email: { type: 'string' } } },
			},
		],
	});
	const called = async (person: string) =>
		JSON.stringify(await ask('tools/call', { name: 'look', arguments: { email: person } }));
	expect(await called(email)).toContain('active');
	expect(await called('nobody@example.org')).toContain("No user found with the email 'nobody@");
});
