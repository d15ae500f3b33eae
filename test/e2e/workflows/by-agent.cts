import { findSecrets } from '../../harness/secrets.cts';
import { exampleWorkflow } from '../../host/offboarding.cts';
import { postJson } from '../../host/postJson.cts';
import { SEED, SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import type { ToolCall } from '../model.cts';
import { CHOSEN, type Office } from './office.cts';

const FILE = 'offboard-by-agent';
const { leaver, colleague } = STAFF;

const lookUp = (email: string): ToolCall => ({ tool: 'Look_Up', args: { email } });
/** How a model calls a tool that a person has to approve. */
const offboard = (email: string): ToolCall => ({
	tool: 'Offboard',
	args: { toolParameters: { email }, hitlParameters: {} },
});

export function describeByAgent(office: Office): void {
	const { model } = office;
	let chat: string;
	beforeAll(async () => {
		await office.publish(FILE, { protectedUsers: colleague.email });
		const request = exampleWorkflow(FILE).nodes.find(({ name }) => name === 'Request');
		chat = await office.n8n.instance.webhook(`${String(request?.['webhookId'])}/chat`);
	});

	afterEach(() => {
		const secrets = SERVICE_NAMES.map((name) => SEED[name].secrets.valid);
		expect(findSecrets([model.requests], secrets)).toEqual([]);
	});

	const write = async (text: string, headers: Readonly<Record<string, string>>) =>
		await postJson(chat, { action: 'sendMessage', chatInput: text, sessionId: text }, headers);

	/** Writes to the agent, and gives its execution once it waits for the person in the chat. */
	const ask = async (text: string, ...turns: ToolCall[]) => {
		model.begin(turns.map((turn) => [turn]));
		const response = await write(text, office.signedIn);
		const { executionId } = (await response.json()) as { executionId: string };
		const { status, data } = await office.n8n.editor.settled(executionId);
		expect(status).toBe('waiting');
		return { executionId, data };
	};

	/** Follows the link behind a button of the chat, and gives what the model is told then. */
	const press = async (approved: boolean, data: string): Promise<unknown> => {
		const [link = ''] = new RegExp(`http[^"]+approved=${approved}[^"]*`).exec(data) ?? [];
		// n8n does not take it from a program: they follow links to show what is behind them.
		const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0' };
		const next = model.next();
		expect((await fetch(link, { headers })).status).toBe(200);
		return (await next).messages.at(-1)?.content;
	};

	test('looks up, asks, and offboards once the person approves', async () => {
		const { email } = leaver;
		const { executionId, data } = await ask('approve', lookUp(email), offboard(email));
		expect(data).toContain(`The agent wants to take all access away from: ${email}`);
		expect(model.requests.at(-1)?.messages.at(-1)?.content).toContain('"stateAfter":"active"');
		expect(office.changed()).toEqual([]);

		expect(await press(true, data)).toContain('"complete":true');
		expect(office.changed()).toEqual(CHOSEN.map((name) => `${name} ${email} deactivated`));
		// The chat shows the answer and lets the execution end: here there is no chat.
		expect(await office.n8n.editor.settled(executionId)).toMatchObject({
			status: 'waiting',
			data: expect.stringContaining('Done.'),
		});
	});

	test('changes nothing if the person declines', async () => {
		const { data } = await ask('decline', offboard(leaver.email));
		expect(await press(false, data)).toContain('User rejected the tool call');
		expect(office.changed()).toEqual([]);
		expect(office.requests).toEqual([]);
	});

	test('cannot touch protected people, even if the person approves, and is told so', async () => {
		const { data } = await ask('protected', offboard(colleague.email));
		expect(await press(true, data)).toContain('protectedUser');
		expect(office.changed()).toEqual([]);
	});

	test('does not talk to somebody who has not signed in', async () => {
		model.begin([]);
		expect((await write('Kim Lee has left', {})).status).toBe(401);
		expect(model.requests).toEqual([]);
	});
}
