import fc from 'fast-check';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { findSecrets } from '../harness/secrets.cts';
import { SECRET, type ScriptedAnswer } from '../nodes/scriptedRun.cts';
import { holds } from './check.cts';
import { expectMessage, expectWhole, fieldsOf, idOf, OPERATIONS, serviceOf } from './simulated.cts';
import { simulate, type Answered } from './simulated.cts';
import { EMAIL, hostileLocator, hostileObject, hostileText, hostileValue } from './values.cts';
import { nearly } from './values.cts';

// Far from what a test takes: a hang ends here, and nothing depends on it.
jest.setTimeout(60_000);

const byEmail = { __rl: true, mode: 'email', value: EMAIL.toUpperCase() };
const protection = fc.constantFrom<unknown>('x', ` ${EMAIL.toUpperCase()};x`, ['x', `<${EMAIL}>`]);
const validOptions = fc.record(
	{ dryRun: fc.boolean(), verify: fc.boolean(), protectedUsers: protection },
	{ requiredKeys: [] },
);

/** A key that a service repeats in what it answers. */
const leaking = fc.oneof(
	{ weight: 4, arbitrary: hostileValue },
	{ weight: 1, arbitrary: fc.constantFrom<unknown>(SECRET, { [SECRET]: [`Bearer ${SECRET}`] }) },
);
const deep = fc
	.constantFrom('[', '{"details":')
	.map((open) => open.repeat(1000) + '1' + (open === '[' ? ']' : '}').repeat(1000));
const headers = hostileObject(
	fc.constantFrom('retry-after', 'date', 'ratelimit-reset', 'trace-id', 'location', '__proto__'),
	fc.oneof(fc.constantFrom<unknown>('0', '1e9', '-1', [SECRET], undefined), hostileValue),
) as fc.Arbitrary<Record<string, unknown>>;

/** What becomes of an answer that the service gave, after it did what it was asked. */
const garbling: fc.Arbitrary<(answer: Answered) => ScriptedAnswer> = fc.oneof(
	fc.constant((answer: Answered) => answer),
	// One place of a JSON body is missing, or has another value.
	fc.tuple(fc.nat(60), leaking, headers).map(([place, value, more]) => (answer: Answered) => ({
		...answer,
		headers: more,
		body: changed(answer.body, place, value),
	})),
	fc
		.record({
			status: fc.constantFrom(200, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503, 999),
			headers,
			body: fc.oneof(
				deep,
				hostileText.filter(Boolean),
				leaking.map((value) => JSON.stringify(value) ?? 'null'),
			),
		})
		.map((instead) => () => instead),
	// As n8n's helper rejects: with the request, and the key in it, hanging on the error.
	fc.constantFrom('ECONNRESET', 'ETIMEDOUT', 'ERR_CANCELED', 'E?', SECRET).map((code) => () => {
		const cause = { code, config: { headers: { Authorization: `Bearer ${SECRET}` } } };
		return { reject: Object.assign(new Error(`${code} ${SECRET}`), { httpCode: code, cause }) };
	}),
);

function changed(text: string, place: number, value: unknown): string {
	if (text === '') return JSON.stringify(value) ?? 'null';
	const body: unknown = JSON.parse(text);
	const slots: Array<readonly [object, string]> = [];
	JSON.stringify(body, function (this: object, key, inner: unknown) {
		if (key !== '') slots.push([this, key]);
		return inner;
	});
	const [parent, key] = slots[place % slots.length] ?? [{}, ''];
	Object.assign(parent, { [key]: value });
	return JSON.stringify(body);
}

describe.each(OPERATIONS)('%s, %s', (name, operation) => {
	const service = serviceOf(name);
	const fields = fieldsOf(name);
	const { parameters = {}, options = {} } = service.operations[operation] ?? {};
	const users = [fields.userId, ...('userId' in parameters ? [byEmail] : [])];

	it('gives a record or an error of the documented form, whatever the service answers', async () => {
		const drawn = fc.record({
			garblings: fc.array(garbling, { maxLength: 5 }),
			userId: fc.constantFrom(...users),
			chosen: validOptions,
			items: fc.constantFrom(1, 1, 3),
			continueOnFail: fc.constantFrom(true, true, false),
		});
		await holds(100, drawn, async ({ garblings, userId, chosen, items, continueOnFail }) => {
			let nth = 0;
			const run = await simulate(
				name,
				{ parameters: { ...fields, operation, userId, options: chosen }, items, continueOnFail },
				(answer) => garblings[nth++]?.(answer) ?? answer,
			);
			expect(findSecrets(run.output, [SECRET])).toEqual([]);
			expect(run.violations).toEqual([]);
			// Whoever is named by ID is known by what the service answers alone.
			const isNamed = operation === 'deactivate' && (userId === byEmail || users.length === 1);
			const isProtected = isNamed && (chosen.protectedUsers ?? 'x') !== 'x';
			const mayChange = operation !== 'get' && chosen.dryRun !== true && !isProtected;
			for (const id of run.changed) expect([mayChange, id]).toEqual([true, idOf(name)]);
			if (run.output instanceof Error) {
				expect(continueOnFail).toBe(false);
				expect([NodeApiError, NodeOperationError]).toContain(run.output.constructor);
				expectMessage(service.displayName, run.output.message);
				return;
			}
			for (const came of expectWhole(name, run.output, items)) {
				if (!('record' in came)) continue;
				expect(came.record.operation).toBe(operation);
				// At SCIM, only the answer before tells whether there was something to change.
				if (came.record.changed && name !== 'scim') expect(run.changed).not.toEqual([]);
			}
		});
	});

	it('gives a record of what was given, or an error that names the field, for any input', async () => {
		const labels = [
			'Options',
			...[...Object.values(parameters), ...Object.values(options)].map(
				({ property }) => property.displayName,
			),
		];
		const locator = fc.oneof(hostileLocator, hostileValue);
		const given = fc.oneof(
			...Object.values(parameters).map(({ property }) =>
				(property.type === 'resourceLocator' ? locator : fc.oneof(nearly(EMAIL), hostileValue)).map(
					(value) => ({ [property.name]: value }),
				),
			),
			hostileObject(
				fc.constantFrom(...Object.keys(options), '__proto__', 'unknown'),
				fc.oneof(hostileValue, fc.constantFrom<unknown>('', '5', -1, 0.5, NaN, [[]], true)),
			).map((collection) => ({ options: collection })),
			hostileValue.map((value) => ({ options: value })),
		);
		await holds(200, given, async (values) => {
			const asExpressions = Object.fromEntries(
				Object.entries(values).map(([field, value]) => [field, [value]]),
			);
			const run = await simulate(name, {
				parameters: { ...fields, operation, ...asExpressions },
				continueOnFail: true,
			});
			expect(run.violations).toEqual([]);
			// An invitation goes to any address.
			if (operation !== 'reactivate') expect([[], [idOf(name)]]).toContainEqual(run.changed);
			const [came] = expectWhole(name, run.output, 1);
			if (came && 'record' in came) {
				expect(came.record.changed).toBe(run.changed.length > 0);
				return;
			}
			if (came?.reason !== 'invalidInput') return;
			expect(run.asked).toEqual([]);
			expect(labels).toContain(/: '([^']+)'/.exec(came.error)?.[1]);
		});
	});
});
