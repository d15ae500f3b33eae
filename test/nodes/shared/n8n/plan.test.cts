import type { IExecuteFunctions } from 'n8n-workflow';

import { Failure } from '../../../../nodes/shared/model/failure';
import type { Account } from '../../../../nodes/shared/model/record';
import { accountOf, planItems } from '../../../../nodes/shared/n8n/plan';
import { sampleOf } from '../../services.cts';

/** A value as the editor keeps it, and what it is for each item. */
interface Field {
	raw: unknown;
	of(item: number): unknown;
}

const constant = (raw: unknown): Field => ({ raw, of: () => raw });

const email = (item: number) => `kim${item}@example.org`;

/** A different address for each item. */
const EMAILS: Field = { raw: '={{ $json.email }}', of: email };

/** What is planned for so many items, and how often each field was evaluated. */
async function plan(
	name: string,
	count: number,
	fields: Record<string, Field>,
	{ store = {}, people }: { store?: object; people?: Account[] } = {},
) {
	const read = jest.fn();
	const context = {
		getContext: () => store,
		getInputData: () => Array.from({ length: count }, () => ({ json: {} })),
		getNodeParameter(field: string, item: number, _: unknown, { rawExpressions = false } = {}) {
			if (!rawExpressions) read(field);
			return rawExpressions ? fields[field]?.raw : fields[field]?.of(item);
		},
	} as unknown as IExecuteFunctions;
	const tasks = await planItems(context, sampleOf(name).service.operations.deactivate, people);
	return {
		tasks,
		accounts: tasks.map((task) => (task instanceof Failure ? task.reason : accountOf(task))),
		timesRead: (field: string) => read.mock.calls.filter(([name]) => name === field).length,
	};
}

describe('a field', () => {
	const options = constant({});
	const bothEmails = [{ email: email(0) }, { email: email(1) }];
	const fixed = { email: constant(email(1)) };
	const locator = (value: unknown) => ({ __rl: true, mode: 'email', value });
	const inside: Field = { raw: locator(EMAILS.raw), of: (item) => locator(email(item)) };

	it.each<[string, name: string, Record<string, Field>, accounts: unknown[], timesRead: number]>([
		['without an expression', 'langdock', fixed, Array(2).fill(bothEmails[1]), 1],
		['with a number', 'langdock', { email: constant(42) }, ['invalidInput', 'invalidInput'], 1],
		['with null', 'langdock', { email: constant(null) }, ['invalidInput', 'invalidInput'], 1],
		['with an expression', 'langdock', { email: EMAILS }, bothEmails, 2],
		['with an expression somewhere inside', 'zitadel', { userId: inside }, bothEmails, 2],
	])('%s is read as often as it may change', async (_, name, field, expected, times) => {
		const { accounts, timesRead } = await plan(name, 2, { ...field, options });
		expect(accounts).toEqual(expected);
		expect(timesRead(Object.keys(field).join())).toBe(times);
		expect(timesRead('options')).toBeLessThan(2);
	});
});

describe('the safety limit', () => {
	const limited = (safetyLimit: number, options = {}) => ({
		email: EMAILS,
		options: constant({ safetyLimit, ...options }),
	});

	it('does not count items that are refused', async () => {
		const { accounts } = await plan('langdock', 3, {
			...limited(2),
			email: { ...EMAILS, of: (item) => (item === 0 ? '' : email(item)) },
		});
		expect(accounts).toEqual(['invalidInput', { email: email(1) }, { email: email(2) }]);
	});

	it('refuses all items if there are too many, and a dry run warns', async () => {
		const { accounts } = await plan('langdock', 3, limited(2));
		expect(accounts).toEqual(Array(3).fill('safetyLimit'));
		const { tasks } = await plan('langdock', 3, limited(2, { dryRun: true }));
		for (const task of tasks) {
			expect(task).toHaveProperty('warning', expect.stringContaining("'Safety Limit' is 2"));
		}
	});

	it('reads no further where there are too many, unless it may be another one for the rest', async () => {
		const { tasks, accounts, timesRead } = await plan('langdock', 50, limited(2));
		expect(accounts).toEqual(Array.from({ length: 50 }, () => 'safetyLimit'));
		expect(timesRead('email')).toBe(3);
		for (const task of [tasks[0], tasks[49]]) {
			expect(task).toHaveProperty('message', expect.stringContaining('at least 3 users'));
		}
		const options = { raw: '={{ $json.options }}', of: () => ({ safetyLimit: 2 }) };
		const whole = await plan('langdock', 50, { email: EMAILS, options });
		expect(whole.timesRead('email')).toBe(50);
		const message = expect.stringContaining('deactivate 50 users') as string;
		expect(whole.tasks[0]).toHaveProperty('message', message);
	});

	it('counts what earlier rounds of the node did in this execution', async () => {
		const store = { accounts: [['ada@example.org'], [email(0)]] };
		const after = async (count: number) =>
			(await plan('langdock', count, limited(2), { store })).accounts;
		expect(await after(1)).toEqual([{ email: email(0) }]);
		expect(await after(2)).toEqual(['safetyLimit', 'safetyLimit']);
	});

	it('counts the people of the whole run where these items are only some of them', async () => {
		const people = [0, 1, 2].map((item) => ({ email: email(item) }));
		expect((await plan('langdock', 1, limited(2), { people })).accounts).toEqual(['safetyLimit']);
	});
});

it('gives way to the rest of n8n while it reads thousands of items', async () => {
	const fields = { email: EMAILS, options: constant({ safetyLimit: 1000 }) };
	const planned = plan('langdock', 1000, fields);
	let isDone = false;
	const end = planned.then(() => (isDone = true));
	await new Promise((resolve) => setImmediate(resolve));
	expect(isDone).toBe(false);
	await end;
});
