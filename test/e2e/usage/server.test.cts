import { setTimeout as wait } from 'node:timers/promises';

import { byEmail } from '../../harness/locators.cts';
import type { RunningCommand } from '../../host/command.cts';
import { Editor } from '../../host/editor.cts';
import { itemsOf } from '../../host/execution.cts';
import { installHost } from '../../host/install.cts';
import { Instance } from '../../host/instance.cts';
import { credentialsFor } from '../../host/offboarding.cts';
import { packed } from '../../package/packed.cts';
import { STAFF, startSimulators, type Simulators } from '../../simulators/index.cts';
import { flow, respond, start, waitForCall, webhook, zitadel } from './flow.cts';

/** What only a running n8n shows: an approval that outlives a restart, and tools for other agents. */

jest.setTimeout(5 * 60 * 1000);

const { email } = STAFF.leaver;
const { tarball, installed } = packed();
let simulators: Simulators;
let instance: Instance;
let server: RunningCommand;
let editor: Editor;

beforeAll(async () => {
	simulators = await startSimulators();
	instance = await Instance.create(await installHost());
	await instance.importCredentials(credentialsFor(simulators));
	await instance.installPackage(tarball);
	server = await instance.start();
	editor = await Editor.open(instance.url);
});
beforeEach(() => simulators.reset());
afterAll(async () => {
	await stop();
	await simulators.close();
	instance.remove();
});

const stop = async () => {
	server.kill('SIGTERM');
	await server.ended;
};
const stateOf = () => simulators.zitadel.account(email)?.state;
const post = async (url: string, body: object, headers: Record<string, string> = {}) =>
	await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});

test('an approval outlives a restart of n8n, and then deactivates', async () => {
	const byEvent = { userId: byEmail("={{ $('HR').item.json.body.email }}") };
	await editor.publish(
		flow('Approval', webhook('HR', 'approval'), [
			zitadel('Preview', {}, { ...byEvent, options: { dryRun: true } }),
			respond('Ask'),
			waitForCall('Approval'),
			zitadel('Deactivate', {}, byEvent),
		]),
	);
	const answer = await post(await instance.webhook('approval'), { email });
	const resume = await answer.text();
	expect(answer.status).toBe(200);
	// The answer comes before the workflow waits.
	const [, executionId = ''] = /webhook-waiting\/(\w+)/.exec(resume) ?? [];
	expect(await editor.settled(executionId)).toMatchObject({ status: 'waiting' });
	await stop();
	server = await instance.start();
	expect(stateOf()).toBe('active');
	const resumed = await fetch(resume);
	expect(resumed.status).toBe(200);
	while (stateOf() !== 'deactivated') await wait(50);
});

test('other agents find the node as a tool of an MCP server, and call it', async () => {
	const trigger = {
		name: 'MCP Server',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		webhookId: 'mcp',
		parameters: { path: 'offboarding', authentication: 'none' },
	};
	const tool = zitadel(
		'Get User',
		{},
		{
			resource: 'user',
			operation: 'get',
			userId: byEmail("={{ $fromAI('email', 'Email of the person', 'string') }}"),
		},
	);
	const draft = flow('MCP', trigger);
	await editor.publish({
		...draft,
		nodes: [...draft.nodes, { ...tool, id: 'tool', position: [0, 200], type: `${tool.type}Tool` }],
		connections: {
			[tool.name]: { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] },
		},
	});

	const url = `${instance.url}/mcp/offboarding`;
	const headers: Record<string, string> = { accept: 'application/json, text/event-stream' };
	const ask = async (method: string, params: object) => {
		const body = { jsonrpc: '2.0', id: 1, method, params };
		let response = await post(url, body, headers);
		// n8n publishes it a little later.
		while (response.status === 404) response = await post(url, body, headers);
		const session = response.headers.get('mcp-session-id');
		if (session !== null) headers['mcp-session-id'] = session;
		const text = await response.text();
		return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text) as { result: unknown };
	};
	await ask('initialize', {
		protocolVersion: '2025-03-26',
		capabilities: {},
		clientInfo: { name: 'test', version: '1.0.0' },
	});
	const { result: tools } = await ask('tools/list', {});
	expect(tools).toMatchObject({
		tools: [{ inputSchema: { properties: { email: { type: 'string' } } } }],
	});
	const [{ name }] = (tools as { tools: [{ name: string }] }).tools;
	const { result } = await ask('tools/call', { name, arguments: { email } });
	expect(JSON.stringify(result)).toContain('active');
	const nobody = await ask('tools/call', { name, arguments: { email: 'nobody@example.org' } });
	expect(JSON.stringify(nobody)).toContain("No user found with the email 'nobody@example.org'");
});

test('the nodes work from a folder of custom extensions', async () => {
	const host = await installHost();
	const other = await Instance.create(host, { N8N_CUSTOM_EXTENSIONS: installed });
	try {
		await other.importCredentials(credentialsFor(simulators));
		const node = { ...zitadel('Get', {}, { operation: 'get', userId: byEmail(email) }) };
		const draft = flow('Custom', start, [{ ...node, type: 'CUSTOM.zitadel' }]);
		await other.importWorkflow({ id: 'custom', active: false, ...draft });
		const execution = await other.execute('custom');
		expect(itemsOf(execution, 'Get')).toMatchObject([{ outcome: 'found', email }]);
	} finally {
		other.remove();
	}
});
