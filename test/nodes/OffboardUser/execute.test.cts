import type { IDataObject } from 'n8n-workflow';

import { offboard } from '../../../nodes/OffboardUser/execute';
import { PARTS } from '../../../nodes/OffboardUser/services';
import { scriptedExecution, SECRET, type ScriptedRun } from '../scriptedRun.cts';

const NODE = { name: 'offboardUser', displayName: 'Offboard User' };
const KIM = 'kim.lee@example.org';
const SAM = 'sam.roe@example.org';

const gone = { status: 200, body: { status: 'success', message: 'User deactivated' } };

const OFF = Object.fromEntries(PARTS.map(({ service }) => [service.name, false]));

/** At Langdock and Odeus, where one request is all there is to it. */
async function run(facts: Partial<ScriptedRun> = {}) {
	return await scriptedExecution(
		NODE,
		{
			answers: () => gone,
			...facts,
			parameters: { ...OFF, email: KIM, langdock: true, odeus: true, ...facts.parameters },
		},
		offboard,
	);
}

const emails = (items: ReadonlyArray<{ json: IDataObject }> = []) =>
	items.map(({ json }) => json.email);

describe.each([2, 3] as const)('as a tool of an AI Agent of version %s', (asToolOf) => {
	it('hands everybody on at the one output that a model gets to read', async () => {
		const { outputs } = await run({
			asToolOf,
			items: 2,
			parameters: { email: [KIM, SAM] },
			answers: ({ body }) => (String(body).includes(SAM) ? { status: 500 } : gone),
		});
		expect(outputs.map(emails)).toEqual([[KIM, SAM]]);
		expect(outputs[0]?.map(({ json }) => json.complete)).toEqual([true, false]);
	});

	it('does not throw where nothing is turned on', async () => {
		const { outputs } = await run({ asToolOf, parameters: { langdock: false, odeus: false } });
		expect(outputs).toMatchObject([
			[{ json: { error: expect.stringContaining('No service is turned on') as string } }],
		]);
	});
});

it('does its work at all services at the same time', async () => {
	let askAll = (): void => undefined;
	const allAsked = new Promise<void>((resolve) => (askAll = resolve));
	let asked = 0;
	const { outputs } = await run({
		// None gets an answer before both have asked.
		answers: async () => {
			asked += 1;
			if (asked === 2) askAll();
			await allAsked;
			return gone;
		},
	});
	expect(emails(outputs[0])).toEqual([KIM]);
});

it('reads what is the same for all once, and each person once for all services', async () => {
	const reads: string[] = [];
	await run({
		items: 50,
		parameters: { email: Array(50).fill(KIM) },
		read: (name) => reads.push(name),
	});
	const times = (name: string) => reads.filter((read) => read === name).length;
	expect(times('langdock')).toBe(1);
	expect(times('email')).toBe(50);
});

it('says nothing secret, whatever a service answers', async () => {
	const { outputs } = await run({
		answers: () => ({
			status: 401,
			body: { message: `the key ${SECRET} is wrong`, [SECRET]: SECRET },
		}),
		parameters: { options: { ifNotFound: 'succeed' } },
	});
	expect(outputs.map((items) => items.length)).toEqual([0, 1]);
	expect(JSON.stringify(outputs)).not.toContain(SECRET);
});

it('puts nothing out for nothing', async () => {
	const { outputs, requests } = await run({ items: 0 });
	expect(outputs).toEqual([[], []]);
	expect(requests).toEqual([]);
});
