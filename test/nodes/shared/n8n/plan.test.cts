import type { IExecuteFunctions } from 'n8n-workflow';

import { Failure } from '../../../../nodes/shared/model/failure';
import { planItems } from '../../../../nodes/shared/n8n/plan';
import { sampleOf } from '../../services.cts';

/** A value as the editor keeps it, and what it is for each item. */
interface Field {
	raw: unknown;
	of(item: number): unknown;
}

const constant = (raw: unknown): Field => ({ raw, of: () => raw });

/** What is planned for so many items, and how often each field was evaluated. */
function plan(name: string, count: number, fields: Record<string, Field>) {
	const read = jest.fn();
	const context = {
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
	const tasks = planItems(context, sampleOf(name).service.operations.deactivate);
	return {
		accounts: tasks.map((task) => (task instanceof Failure ? task.reason : task.prepared.account)),
		timesRead: (field: string) => read.mock.calls.filter(([name]) => name === field).length,
	};
}

const email = (item: number) => `kim${item}@example.org`;

describe('a field', () => {
	it('without an expression is read once, and is the same for all items', () => {
		const { accounts, timesRead } = plan('langdock', 3, {
			email: constant(email(0)),
			options: constant({}),
		});
		expect(accounts).toEqual(Array.from({ length: 3 }, () => ({ email: email(0) })));
		expect(timesRead('email')).toBe(1);
	});

	it('with an expression is read for each item', () => {
		const { accounts } = plan('langdock', 2, {
			email: { raw: '={{ $json.email }}', of: email },
			options: constant({}),
		});
		expect(accounts).toEqual([{ email: email(0) }, { email: email(1) }]);
	});

	it('with an expression somewhere inside is read for each item', () => {
		const { accounts } = plan('zitadel', 2, {
			userId: {
				raw: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
				of: (item) => ({ __rl: true, mode: 'email', value: email(item) }),
			},
			options: constant({}),
		});
		expect(accounts).toEqual([{ email: email(0) }, { email: email(1) }]);
	});

	it.each([null, 42, undefined])('with the value %p is read once', (value) => {
		const { accounts, timesRead } = plan('langdock', 2, {
			email: constant(value),
			options: constant({}),
		});
		expect(accounts).toEqual(['invalidInput', 'invalidInput']);
		expect(timesRead('email')).toBe(1);
	});
});

describe('the safety limit', () => {
	it('does not count items that are not worked on', () => {
		const { accounts } = plan('langdock', 3, {
			email: { raw: '={{ $json.email }}', of: (item) => (item === 0 ? '' : email(item)) },
			options: constant({ safetyLimit: 2 }),
		});
		expect(accounts).toEqual(['invalidInput', { email: email(1) }, { email: email(2) }]);
	});
});
