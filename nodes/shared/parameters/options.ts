import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { OPTION_FIELDS, type Options } from './optionFields';
import { readParameters, type Parameter, type ParameterReader } from './reading';

export type { Options } from './optionFields';

/** How an option is worded or preset where a service is special. */
export type OptionOverrides = Partial<
	Record<keyof Options, { default?: string | boolean; description: string }>
>;

/** The options that an operation offers, in the order of the editor. */
export type OptionParameters = Readonly<Record<string, Parameter<unknown>>>;

/** What holds where an operation does not offer the option. */
const NOT_OFFERED: Options = {
	dryRun: false,
	endSessions: false,
	ifAlreadyDeactivated: 'succeed',
	ifNotFound: 'fail',
	maxRetries: 5,
	output: 'simplified',
	parallelRequests: 0,
	protectedUsers: [],
	safetyLimit: 0,
	timeout: 30,
	verify: false,
};

/** What every operation offers. */
const ALWAYS = ['maxRetries', 'output', 'parallelRequests', 'timeout'] as const;

/**
 * The options of an operation: those named and those that every operation has.
 *
 * @param overrides where the service needs another default or another description
 */
export function pickOptions(
	names: ReadonlyArray<Exclude<keyof Options, (typeof ALWAYS)[number]>>,
	overrides: OptionOverrides = {},
): OptionParameters {
	return Object.fromEntries(
		[...names, ...ALWAYS].sort().map((name) => {
			const { property, schema } = OPTION_FIELDS[name];
			return [name, { property: { ...property, ...overrides[name] }, schema }];
		}),
	);
}

/** The collection `Options` as the editor shows it. */
export const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
};

/** Anything else would be taken for an empty collection, and no guard would hold. */
const COLLECTION: Parameter<Record<string, unknown>> = {
	property: OPTIONS,
	schema: z.record(z.unknown(), { message: 'must be a collection of options' }),
};

/**
 * The options of one item. The default holds only for an option that was not added: one that was
 * added and has no value is refused.
 *
 * @throws Failure `invalidInput`
 */
export function readOptions(offered: OptionParameters, read: ParameterReader): Options {
	const { options } = readParameters({ options: COLLECTION }, read);
	// Also those that this operation does not offer: in the node for all services, an option without a
	// value must not hold at one service and be overlooked at another.
	const added = Object.entries({ ...OPTION_FIELDS, ...offered }).filter(([name]) =>
		Object.hasOwn(options, name),
	);
	const values = readParameters(Object.fromEntries(added), (name) => options[name]);
	const chosen = Object.entries(offered).map(([name, { property }]) =>
		Object.hasOwn(values, name)
			? [name, values[name as keyof typeof values]]
			: [name, property.default],
	);
	// A list that was not added is empty; the default of its field is an empty text.
	const known = chosen.filter(([, value]) => value !== '');
	return { ...NOT_OFFERED, ...(Object.fromEntries(known) as Partial<Options>) };
}
