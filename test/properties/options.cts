import fc from 'fast-check';

import { EMAIL, hostileObject, hostileText, hostileValue, USER_IDS } from './values.cts';

const failOrSucceed = fc.constantFrom('fail', 'succeed');

/** Ways to write a list of users that holds the address of the samples. */
export const PROTECT_EMAIL: ReadonlyArray<string | string[]> = [
	` ${EMAIL.toUpperCase()};x`,
	`"Lee, Kim" <${EMAIL}>`,
	`["mailto:${EMAIL}"]`,
	['x', `ceo@example.org, ${EMAIL.replace('@', '\u200b@')}`],
];

/** Values that an option may have. */
export const VALID = {
	dryRun: fc.boolean(),
	endSessions: fc.boolean(),
	ifAlreadyDeactivated: failOrSucceed,
	ifNotFound: failOrSucceed,
	maxRetries: fc.integer({ min: 0, max: 3 }),
	output: fc.constantFrom('simplified', 'record', 'raw'),
	parallelRequests: fc.integer({ min: 0, max: 50 }),
	protectedUsers: fc.constantFrom<string | string[]>(
		...['ceo@example.org', 'x', ['x', 'ceo@example.org'], ...PROTECT_EMAIL],
		...Object.values(USER_IDS),
	),
	safetyLimit: fc.nat(3),
	timeout: fc.double({ min: 1, max: 300, noNaN: true }),
	verify: fc.boolean(),
} as const;

export type OptionName = keyof typeof VALID;

/** A collection as the editor stores it. */
export function validOptions(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
	const offered = Object.entries(VALID).filter(([name]) => names.includes(name));
	return fc.record(Object.fromEntries(offered), { requiredKeys: [] }) as fc.Arbitrary<
		Record<string, unknown>
	>;
}

/** A collection of any shape, with values that are nearly right among others. */
export function optionsCollection(names: readonly string[]): fc.Arbitrary<object> {
	const value = fc.oneof(
		{ weight: 3, arbitrary: fc.oneof(...Object.values(VALID)) as fc.Arbitrary<unknown> },
		{
			weight: 1,
			arbitrary: fc.constantFrom<unknown>('', '0', '5', 'true', 'Fail', -1, 0, 0.5, 1e21, NaN, [
				[],
			]),
		},
		{ weight: 1, arbitrary: hostileValue },
		{ weight: 1, arbitrary: fc.array(hostileText, { maxLength: 3 }) },
	);
	return fc.oneof(
		hostileObject(fc.constantFrom(...names, '__proto__', 'constructor', 'unknown'), value),
		validOptions(names),
	);
}
