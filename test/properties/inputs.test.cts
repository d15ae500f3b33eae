import fc from 'fast-check';

import type { Operation } from '../../nodes/shared/users/service';
import { first, scriptedRun } from '../nodes/scriptedRun.cts';
import { samples } from '../nodes/services.cts';
import { holds } from './check.cts';
import {
	CHANGING,
	PARAMETERS,
	readRequest,
	repliesTo,
	type Asked,
	type Reply,
} from './documented.cts';
import { optionsCollection, validOptions } from './options.cts';
import { errorOf, expectWhole, recordOf } from './output.cts';
import { EMAIL, hostileLocator, hostileText, hostileValue, nearly, USER_IDS } from './values.cts';

const BASE_URL = 'https://service.example.org';

/** What an item may come to in a field: mostly nonsense, and now and then what is wanted. */
function valuesFor({ property }: Operation['parameters'][string]): fc.Arbitrary<unknown> {
	const { name, type } = property;
	const valid = fc.constant(PARAMETERS[name === 'email' ? 'langdock' : 'aitronos']?.[name]);
	if (type === 'resourceLocator') {
		const ids = { organizationId: 'org_1', transferResourcesToDepartmentId: 'dept_2' }[name];
		const known = ids === undefined ? [EMAIL, ...Object.values(USER_IDS)] : [ids];
		return fc.oneof(
			{ weight: 6, arbitrary: hostileLocator(known) },
			{ weight: 1, arbitrary: hostileValue },
		);
	}
	if (type === 'string') {
		return fc.oneof(nearly(EMAIL), hostileValue, valid);
	}
	return fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom<unknown>(true, false, 'member', 'editor', 'admin') },
		{ weight: 1, arbitrary: hostileValue },
	);
}

/** What a service answers that does as it is asked. */
function replyTo(service: string, request: Asked, before: readonly Asked[]): Reply {
	const replies = repliesTo(service, request);
	const isOff = before.some(({ kind, id }) => kind === 'deactivate' && id === request.id);
	const reply = (isOff && replies.deactivated) || replies.success;
	if (!reply) throw new Error(`no documented reply to ${request.kind}`);
	return reply;
}

/** What was given, as a service may get it to see: trimmed, and nothing else. */
function givenIn(parameters: Readonly<Record<string, unknown>>): Set<unknown> {
	const texts = Object.values(parameters).flatMap((value) => [
		value,
		(value as { value?: unknown } | null | undefined)?.value,
	]);
	return new Set(texts.flatMap((value) => (typeof value === 'string' ? [value.trim()] : [])));
}

const operations = Object.values(samples).flatMap(({ service }) =>
	Object.entries(service.operations).map(
		([name, operation]) => [service.displayName, name, { service, operation }] as const,
	),
);

describe.each(operations)('%s, %s: with any input', (_, name, { service, operation }) => {
	const fields = Object.values(operation.parameters);
	const labels = ['Options', 'Operation', 'Authentication'].concat(
		[...fields, ...Object.values(operation.options)].map(({ property }) => property.displayName),
	);
	const optionNames = Object.keys(operation.options);
	const valid = PARAMETERS[service.name] ?? {};

	/** One field is hostile, or all are. */
	const parameters = fc.oneof(
		...fields.map((field) =>
			valuesFor(field).map((value) => ({ ...valid, [field.property.name]: value })),
		),
		fc.record(
			Object.fromEntries(fields.map((field) => [field.property.name, valuesFor(field)])),
		) as fc.Arbitrary<Record<string, unknown>>,
	);
	const options = fc.oneof(
		{ weight: 3, arbitrary: fc.constant({}) },
		{ weight: 2, arbitrary: validOptions(optionNames) },
		{ weight: 2, arbitrary: optionsCollection(optionNames) },
		{ weight: 1, arbitrary: hostileValue },
	);

	it('gives a record of what was given, or an error that names the field', async () => {
		const input = fc.tuple(parameters, options, fc.boolean());
		await holds(250, input, async ([given, chosen, isExpression]) => {
			const asked: Asked[] = [];
			const run = await scriptedRun(service, {
				// A list stands for what an expression comes to, for one item.
				parameters: Object.fromEntries(
					Object.entries({ ...given, operation: name, options: chosen }).map(([field, value]) => [
						field,
						isExpression || Array.isArray(value) ? [value] : value,
					]),
				),
				answers: (request) => {
					const read = readRequest(service.name, BASE_URL, request);
					asked.push(read);
					return replyTo(service.name, read, asked);
				},
				continueOnFail: true,
			});

			expectWhole(run.output, 1);
			const known = givenIn(given).add(USER_IDS[service.name as keyof typeof USER_IDS]);
			for (const { id, organization, kind } of asked) {
				expect(id === undefined || known.has(id)).toBe(true);
				expect(organization === undefined || known.has(organization)).toBe(true);
				expect(name === 'get' && CHANGING.has(kind)).toBe(false);
			}
			const [item] = run.output;
			if (!item) throw new Error('no output');
			const error = errorOf(service, item);
			if (error) {
				// What is not good enough to be sent is not good enough to be shown.
				expect(JSON.stringify(error).length).toBeLessThan(2500);
				if (error.details.reason === 'invalidInput') {
					expect(asked).toEqual([]);
					expect(labels).toContain(/: '([^']+)'/.exec(error.error)?.[1]);
				} else {
					// The service does all that it is asked to, so nothing else can go wrong.
					expect(['notFound', 'protectedUser']).toContain(error.details.reason);
				}
				return;
			}
			if ((chosen as { output?: unknown } | undefined)?.output === 'raw') return;
			const { userId, email, changed } = recordOf(item);
			expect(known.has(userId) || known.has(email) || email === EMAIL).toBe(true);
			expect(changed).toBe(asked.some(({ kind }) => kind !== 'endSession' && CHANGING.has(kind)));
		});
	});
});

describe.each(Object.values(samples).map(({ service }) => [service.displayName, service] as const))(
	'%s: what is chosen once for the node',
	(_, service) => {
		it.each(['operation', 'authentication'])(
			'%s is from the list, or is refused',
			async (field) => {
				const text = fc.oneof(hostileValue, hostileText, fc.constantFrom('deactivate', 'apiKey'));
				await holds(100, text, async (value) => {
					const parameters = { ...PARAMETERS[service.name], [field]: [value] };
					const run = await scriptedRun(service, {
						parameters,
						answers: (request) => {
							const read = readRequest(service.name, BASE_URL, request);
							return replyTo(service.name, read, [read]);
						},
						continueOnFail: true,
					});
					expectWhole(run.output, 1);
					expect(JSON.stringify(first(run)).length).toBeLessThan(2500);
					const [item] = run.output;
					const error = item && errorOf(service, item);
					if (!error) return;
					expect(error.details.reason).toBe('invalidInput');
					expect(error.error.toLowerCase()).toContain(field);
				});
			},
		);
	},
);
