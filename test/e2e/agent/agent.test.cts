import { setTimeout as wait } from 'node:timers/promises';

import { findSecrets } from '../../harness/secrets.cts';
import { violationsOf } from '../../host/agreement.cts';
import { credentialsFor } from '../../host/offboarding.cts';
import { serve } from '../../host/served.cts';
import type { Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { SEED, SERVICE_NAMES, STAFF, startSimulators } from '../../simulators/index.cts';
import type { ServiceName, Simulators } from '../../simulators/index.cts';
import { Model } from './model.cts';
import type { ModelRequest } from './model.cts';
import { changedSince, statesOf } from './staff.cts';
import { Telegram } from './telegram.cts';
import type { Question } from './telegram.cts';
import { listMcpTools } from './mcp.cts';
import { DESCRIPTIONS, TOOL_OF_EACH } from './texts.cts';
import { PROTECTED, TOOLS, toolName } from './tools.cts';
import type { ToolKey } from './tools.cts';
import { agentWorkflow, mcpWorkflow } from './workflow.cts';
import type { Credentials } from './workflow.cts';

/** The nodes as tools of n8n's AI Agent, in a real n8n. Only the model's words are written down. */

jest.setTimeout(20_000);

const model = new Model();
const telegram = new Telegram();

let simulators: Simulators;
let n8n: Served;

beforeAll(async () => {
	simulators = await startSimulators();
	await model.listen();
	await telegram.listen();
	n8n = await serve(packed().tarball);
	const credentials = await addCredentials();
	const tools = Object.values(TOOLS);
	const { editor } = n8n;
	await editor.publish(agentWorkflow('agent', tools, credentials));
	await editor.publish(agentWorkflow('older', tools, credentials, { typeVersion: 2.2 }));
	await editor.publish(agentWorkflow('each', TOOL_OF_EACH, credentials));
	await editor.publish(agentWorkflow('eachOlder', TOOL_OF_EACH, credentials, { typeVersion: 2.2 }));
	await editor.publish(mcpWorkflow('mcp', TOOL_OF_EACH, credentials));
	await editor.publish(agentWorkflow('approval', [TOOLS.zitadel], credentials, { approval: true }));
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
	await telegram.close();
});

async function addCredentials(): Promise<Credentials> {
	const standIns = [
		{ id: 'model', name: 'Model', type: 'openAiApi', data: { apiKey: 'k', url: model.url } },
		{
			id: 'telegram',
			name: 'Telegram',
			type: 'telegramApi',
			data: { accessToken: 't', baseUrl: telegram.url },
		},
	];
	const entries = [];
	for (const credential of [...credentialsFor(simulators), ...standIns]) {
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
	return toldOf(model.requests.at(-1));
}

function toldOf(request: ModelRequest | undefined): unknown[] {
	const told = (request?.messages ?? []).filter(({ role }) => role === 'tool');
	return told.map(({ content }) =>
		content === '' ? '' : (JSON.parse(String(content)) as unknown),
	);
}

const secrets = SERVICE_NAMES.map((name) => SEED[name].secrets.valid);
const { email } = STAFF.leaver;
const leaverAt = {
	langdock: { email },
	odeus: { email },
	aitronos: { userId: SEED.aitronos.accounts.leaver.userId },
	zitadel: { userId: SEED.zitadel.accounts.leaver.userId },
	awork: { userId: SEED.awork.accounts.leaver.id },
} as const satisfies Record<ServiceName, object>;

/** What a model reads of a failure: what happened, why, and what to do. */
const refusal = (text: string) => ({
	error: expect.stringContaining(text),
	details: expect.objectContaining({
		reason: expect.any(String),
		description: expect.stringMatching(/\S/),
	}),
});

describe('what the model reads of every node and operation', () => {
	test.each([
		['AI Agent 3.1', 'each'],
		['AI Agent 2.2', 'eachOlder'],
	] as const)('from %s: what it does, where, and whether to fear a repeat', async (_, workflow) => {
		await converse(workflow);
		const tools = model.requests[0]?.tools.map((tool) => tool.function) ?? [];
		expect(textsOf(tools)).toEqual(DESCRIPTIONS);
	});

	test('from MCP Server Trigger: the same', async () => {
		const tools = await listMcpTools(`${n8n.instance.url}/mcp/mcp`);
		expect(textsOf(tools)).toEqual(DESCRIPTIONS);
	});

	const textsOf = (tools: ReadonlyArray<{ readonly name: string; readonly description: string }>) =>
		Object.fromEntries(tools.map(({ name, description }) => [name, description]));
});

describe('what the model knows of the tools', () => {
	beforeEach(async () => await converse('agent'));
	const tools = () => model.requests[0]?.tools.map((tool) => tool.function) ?? [];

	test('a description that somebody wrote comes before our own', () => {
		const { description } = tools().find(({ name }) => name === toolName(TOOLS.dryRun)) ?? {};
		expect(description).toBe(TOOLS.dryRun.parameters.toolDescription);
	});

	test('the fields that were left to it, and no others', () => {
		const fields = tools().map(({ name, parameters }) => [name, parameters]);
		expect(Object.fromEntries(fields)).toEqual(
			Object.fromEntries(
				Object.values(TOOLS).map((tool) => [
					toolName(tool),
					expect.objectContaining({
						properties: { [tool.asks]: expect.objectContaining({ type: 'string' }) },
						required: [tool.asks],
						additionalProperties: false,
					}),
				]),
			),
		);
	});
});

describe.each(SERVICE_NAMES)('%s', (service) => {
	test('deactivates whom the model names and nobody else, and hands back the record', async () => {
		const before = statesOf(simulators);
		const told = await converse('agent', [[service, leaverAt[service]]]);

		expect(told).toEqual([
			[expect.objectContaining({ service, outcome: 'deactivated', changed: true, email })],
		]);
		expect(changedSince(before, simulators)).toEqual([`${service} ${email} deactivated`]);
	});

	test('does no harm when the model calls it twice', async () => {
		const before = statesOf(simulators);
		const told = await converse(
			'agent',
			[[service, leaverAt[service]]],
			[[service, leaverAt[service]]],
		);

		// Langdock and Odeus cannot tell who is deactivated from who never was there.
		const cannotTell = service === 'langdock' || service === 'odeus';
		expect(told[1]).toEqual([
			cannotTell
				? refusal('No active member has the email')
				: expect.objectContaining({ outcome: 'alreadyDeactivated', changed: false }),
		]);
		expect(changedSince(before, simulators)).toEqual([`${service} ${email} deactivated`]);
	});
});

describe.each(['aitronos', 'zitadel', 'awork'] as const)('a hostile ID for %s', (service) => {
	const ids = [
		'../../admin',
		'..',
		'.',
		'a/b',
		'a\\b',
		'a%2Fb',
		'a\r\nX-Injected: 1',
		'a?b=c',
		'a#b',
		'',
		{ userId: 'a' },
		[leaverAt[service].userId],
		42,
		null,
	];

	test('is refused by the name of the field, and no request leaves', async () => {
		const calls = ids.map((userId) => [service, { userId }] as const);
		const told = await converse('agent', [...calls, [service, {}], [service, { other: 'a' }]]);

		expect(told).toHaveLength(ids.length + 2);
		for (const message of told) {
			expect(message).toEqual([refusal("'User' ")]);
		}
		expect(simulators[service].requests).toEqual([]);
		expect(JSON.stringify(told)).not.toMatch(/admin|Injected/);
	});
});

describe.each([
	['langdock', "'Email' "],
	['odeus', "'Email' "],
	['aworkByEmail', "'User' "],
	['look', "'User' "],
] as const)('a hostile address for %s', (tool, field) => {
	const addresses = [
		'../../admin',
		`${email}\r\nBcc: boss@example.org`,
		`${email},boss@example.org`,
		'',
		{ email },
		[email],
		null,
	];

	test('is refused by the name of the field, and no request leaves', async () => {
		const calls = addresses.map((address) => [tool, { email: address }] as const);
		const told = await converse('agent', [...calls, [tool, {}]]);

		expect(told).toHaveLength(addresses.length + 1);
		for (const message of told) {
			expect(message).toEqual([refusal(field)]);
		}
		expect(simulators[TOOLS[tool].node].requests).toEqual([]);
	});
});

describe('limits that the person who builds the agent sets', () => {
	test.each(['langdock', 'odeus'] as const)('%s: a protected address is refused', async (tool) => {
		const told = await converse('agent', [[tool, { email: PROTECTED.email.toUpperCase() }]]);
		expect(told).toEqual([[refusal('is protected')]]);
		expect(simulators[tool].requests).toEqual([]);
	});

	test.each([
		['aitronos', SEED.aitronos.accounts.colleague.userId],
		['zitadel', SEED.zitadel.accounts.colleague.userId],
		['awork', SEED.awork.accounts.colleague.id],
	] as const)('%s: the ID of a protected address is refused', async (tool, userId) => {
		const before = statesOf(simulators);
		const told = await converse('agent', [[tool, { userId }]]);
		expect(told).toEqual([[refusal(`'${PROTECTED.email}' is protected`)]]);
		expect(changedSince(before, simulators)).toEqual([]);
	});

	test('a dry run stays one, whatever the model sends along', async () => {
		const before = statesOf(simulators);
		const args = { ...leaverAt.zitadel, dryRun: false, options: { dryRun: false } };
		const told = await converse('agent', [['dryRun', args]]);
		expect(told).toEqual([
			[expect.objectContaining({ outcome: 'wouldDeactivate', changed: false })],
		]);
		expect(changedSince(before, simulators)).toEqual([]);
	});

	test('the safety limit holds over all calls of a conversation', async () => {
		const { leaver, colleague } = SEED.zitadel.accounts;
		const told = await converse('agent', [
			['oneAtMost', { userId: leaver.userId }],
			['oneAtMost', { userId: colleague.userId }],
		]);
		expect(told).toEqual([
			[expect.objectContaining({ outcome: 'deactivated' })],
			[refusal("'Safety Limit' is 1")],
		]);
	});

	test('what the model writes is a text, even if it looks like an expression', async () => {
		const told = await converse('agent', [['zitadel', { userId: '={{1+1}}' }]]);
		expect(told).toEqual([[refusal("No user found with the ID '={{1+1}}'")]]);
	});
});

test('asks all services at once about a user, and changes nothing whatever the model sends along', async () => {
	const before = statesOf(simulators);
	const args = { email, operation: 'deactivate', resource: 'user' };
	const told = await converse('agent', [['lookEverywhere', args]]);
	expect(told).toEqual([[expect.objectContaining({ email, complete: false, zitadel: 'active' })]]);
	expect(changedSince(before, simulators)).toEqual([]);
});

test('looks a user up by the address that the model gives, and changes nothing', async () => {
	const before = statesOf(simulators);
	const told = await converse('agent', [['look', { email }]]);
	expect(told).toEqual([[expect.objectContaining({ outcome: 'found', stateAfter: 'active' })]]);
	expect(changedSince(before, simulators)).toEqual([]);
});

describe('with a person who has to agree', () => {
	/** Lets the agent begin, and gives what the person is asked. */
	const begin = async (): Promise<Question> => {
		const question = telegram.question();
		script([['zitadel', { toolParameters: leaverAt.zitadel, hitlParameters: {} }]]);
		expect((await call('approval')).status).toBe(200);
		return await question;
	};
	/** Follows a link as a person does, and gives what the model is told then. */
	const follow = async (link: string): Promise<unknown> => {
		const next = model.next();
		// n8n does not take it from a program: they follow links to show what is behind them.
		const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0' };
		// A test is faster than a person: n8n may still be busy with beginning to wait.
		while ((await fetch(link, { headers })).status === 409) await wait(50);
		return (await next).messages.at(-1)?.content;
	};

	test('asks first, then deactivates', async () => {
		const before = statesOf(simulators);
		const { text, agree } = await begin();
		expect(text).toContain(toolName(TOOLS.zitadel));
		expect(text).toContain(leaverAt.zitadel.userId);
		expect(simulators.zitadel.requests).toEqual([]);

		expect(await follow(agree)).toContain('"outcome":"deactivated"');
		expect(changedSince(before, simulators)).toEqual([`zitadel ${email} deactivated`]);
	});

	test('sends nothing if that person declines', async () => {
		const { decline } = await begin();
		expect(await follow(decline)).toContain('User rejected the tool call');
		expect(simulators.zitadel.requests).toEqual([]);
	});
});

describe.each(['agent', 'older'] as const)('%s: a tool whose On Error is Continue', (workflow) => {
	test('tells the model what happened and what to do', async () => {
		const told = await converse(workflow, [['goesOn', { userId: '../../admin' }]]);
		expect(told).toEqual([
			[
				{
					error: expect.stringContaining("'User' must be"),
					details: expect.objectContaining({
						reason: 'invalidInput',
						description: expect.stringContaining('Nothing was changed.'),
					}),
				},
			],
		]);
		expect(simulators.zitadel.requests).toEqual([]);
	});
});

describe('AI Agent 2', () => {
	test('tells the model what happened whatever On Error says', async () => {
		const told = await converse('older', [['zitadel', { userId: '../../admin' }]]);
		expect(told).toEqual([[refusal("'User' must be")]]);
	});

	test('does the same, once and again', async () => {
		const before = statesOf(simulators);
		const told = await converse(
			'older',
			[['zitadel', leaverAt.zitadel]],
			[['zitadel', leaverAt.zitadel]],
		);
		expect(told).toEqual([
			[expect.objectContaining({ outcome: 'deactivated', changed: true })],
			[expect.objectContaining({ outcome: 'alreadyDeactivated', changed: false })],
		]);
		expect(changedSince(before, simulators)).toEqual([`zitadel ${email} deactivated`]);
	});

	test.each([
		['no ID', {}],
		['an object', { userId: { id: 'a' } }],
	])('ends before the node is asked if the model sends %s', async (_, args) => {
		script([['zitadel', args]]);
		expect((await call('older')).status).toBe(500);
		expect(simulators.zitadel.requests).toEqual([]);
	});
});
