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

interface Plan {
	/** What the node keeps during the execution. */
	store?: object;
	people?: Account[];
}

/** What is planned for so many items, and how often each field was evaluated. */
async function plan(
	name: string,
	count: number,
	fields: Record<string, Field>,
	{ store = {}, people }: Plan = {},
) {
	const read = jest.fn();
	const context = {
		getContext: () => store,
		getInputData: () => Array.from({ length: count }, () => ({ json: {} })),
		getNodeParameter: (
			field: string,
			item: number,
			_: unknown,
			{ rawExpressions = false } = {},
		) => {
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
	it('without an expression is read once, and is the same for all items', async () => {
		const fields = { email: constant(email(0)), options: constant({}) };
		const { accounts, timesRead } = await plan('langdock', 3, fields);
		expect(accounts).toEqual(Array.from({ length: 3 }, () => ({ email: email(0) })));
		expect(timesRead('email')).toBe(1);
	});

	it('with an expression is read for each item', async () => {
		const fields = { email: EMAILS, options: constant({}) };
		const { accounts } = await plan('langdock', 2, fields);
		expect(accounts).toEqual([{ email: email(0) }, { email: email(1) }]);
	});

	it('with an expression somewhere inside is read for each item', async () => {
		const { accounts } = await plan('zitadel', 2, {
			userId: {
				raw: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
				of: (item) => ({ __rl: true, mode: 'email', value: email(item) }),
			},
			options: constant({}),
		});
		expect(accounts).toEqual([{ email: email(0) }, { email: email(1) }]);
	});

	it.each([null, 42, undefined])('with the value %p is read once', async (value) => {
		const fields = { email: constant(value), options: constant({}) };
		const { accounts, timesRead } = await plan('langdock', 2, fields);
		expect(accounts).toEqual(['invalidInput', 'invalidInput']);
		expect(timesRead('email')).toBe(1);
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
		expect((await plan('langdock', 3, limited(2))).accounts).toEqual(
			Array.from({ length: 3 }, () => 'safetyLimit'),
		);
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
		expect(whole.tasks[0]).toHaveProperty(
			'message',
			expect.stringContaining('deactivate 50 users'),
		);
	});

	it('counts what earlier rounds of the node did in this execution', async () => {
		const store = { accounts: [['ada@example.org'], [email(0)]] };
		expect((await plan('langdock', 1, limited(2), { store })).accounts).toEqual([
			{ email: email(0) },
		]);
		expect((await plan('langdock', 2, limited(2), { store })).accounts).toEqual([
			'safetyLimit',
			'safetyLimit',
		]);
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
