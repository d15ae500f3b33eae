import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';

import { readParameters, type Parameter, type ParameterReader } from './reading';
import type { Outcome } from '../model/record';

/** What the collection `Options` can hold; each operation offers some of it. */
export interface Options {
	dryRun: boolean;
	endSessions: boolean;
	ifAlreadyDeactivated: 'fail' | 'succeed';
	ifNotFound: 'fail' | 'succeed';
	/** Attempts after the first, for each request. */
	maxRetries: number;
	output: 'record' | 'raw';
	/** Items that are worked on at a time. */
	parallelRequests: number;
	/** Emails and ids in lower case. */
	protectedUsers: readonly string[];
	/** Accounts per run; 0 for none. */
	safetyLimit: number;
	/** Seconds. */
	timeout: number;
	verify: boolean;
}

/** How an option is worded or preset where a service is special. */
export type OptionOverrides = Partial<
	Record<keyof Options, { default?: string | boolean; description: string }>
>;

/** What holds where an operation does not offer the option. */
const NOT_OFFERED: Options = {
	dryRun: false,
	endSessions: false,
	ifAlreadyDeactivated: 'succeed',
	ifNotFound: 'fail',
	maxRetries: 5,
	output: 'record',
	parallelRequests: 10,
	protectedUsers: [],
	safetyLimit: 0,
	timeout: 30,
	verify: false,
};

const trueOrFalse = z.boolean({ message: 'must be true or false' });
const failOrSucceed = z.enum(['fail', 'succeed'], { message: "must be 'fail' or 'succeed'" });

function failOrSucceedWith(outcome: Outcome): INodePropertyOptions[] {
	return [
		{ name: 'Fail', value: 'fail', description: 'Report it as an error, or on the error branch' },
		{
			name: 'Succeed',
			value: 'succeed',
			description: `Put out a record with the outcome '${outcome}'`,
		},
	];
}

function wholeNumber(of: string, min: number, max: number) {
	return z
		.number({ invalid_type_error: `must be a number of ${of}` })
		.int('must be a whole number')
		.min(min, `must be at least ${min}`)
		.max(max, `must be at most ${max}`);
}

/** One address or id per entry; people separate them by commas, semicolons or line breaks. */
const userList = z
	.union([z.string(), z.array(z.string())], {
		errorMap: () => ({ message: 'must be a text or a list of texts' }),
	})
	.transform((users) =>
		(typeof users === 'string' ? users.split(/[,;\s]/) : users)
			.map((user) => user.trim().toLowerCase())
			.filter((user) => user !== ''),
	);

const PARAMETERS: { readonly [Name in keyof Options]: Parameter<Options[Name]> } = {
	dryRun: {
		property: {
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to only say what would happen, and change nothing',
		},
		schema: trueOrFalse,
	},
	endSessions: {
		property: {
			displayName: 'End Sessions',
			name: 'endSessions',
			type: 'boolean',
			default: false,
			description:
				'Whether to also end the sessions of the user, even if the user was already deactivated',
		},
		schema: trueOrFalse,
	},
	ifAlreadyDeactivated: {
		property: {
			displayName: 'If Already Deactivated',
			name: 'ifAlreadyDeactivated',
			type: 'options',
			default: 'succeed',
			description: 'What to do if the user was already deactivated before this run',
			options: failOrSucceedWith('alreadyDeactivated'),
		},
		schema: failOrSucceed,
	},
	ifNotFound: {
		property: {
			displayName: 'If Not Found',
			name: 'ifNotFound',
			type: 'options',
			default: 'fail',
			description:
				'What to do if there is no such user. A typing slip looks the same, so think twice before choosing Succeed.',
			options: failOrSucceedWith('notFound'),
		},
		schema: failOrSucceed,
	},
	maxRetries: {
		property: {
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			default: 5,
			typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
			description:
				'How often to try a request again that the service could not answer, or refused because there were too many. The waits in between get longer, or are what the service asks for.',
		},
		schema: wholeNumber('retries', 0, 20),
	},
	output: {
		property: {
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'record',
			description: 'What to put out for each user',
			options: [
				{
					name: 'Raw Response',
					value: 'raw',
					description: "The service's own answer and nothing else",
				},
				{
					name: 'Record',
					value: 'record',
					description: 'The same fields for every service: what was done, when, to whom',
				},
			],
		},
		schema: z.enum(['record', 'raw'], { message: "must be 'record' or 'raw'" }),
	},
	parallelRequests: {
		property: {
			displayName: 'Parallel Requests',
			name: 'parallelRequests',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
			description:
				'How many items to work on at the same time; the first item decides for all. Where a service allows fewer requests, the run slows down by itself.',
		},
		schema: wholeNumber('requests', 1, 50),
	},
	protectedUsers: {
		property: {
			displayName: 'Protected Users',
			name: 'protectedUsers',
			type: 'string',
			default: '',
			placeholder: 'e.g. ceo@example.org, admin@example.org',
			description:
				'Emails or IDs that are never touched, separated by commas; an expression may also give a list. Checked on what is given and again on the user that is found.',
		},
		schema: userList,
	},
	safetyLimit: {
		property: {
			displayName: 'Safety Limit',
			name: 'safetyLimit',
			type: 'number',
			default: 50,
			typeOptions: { minValue: 0, numberPrecision: 0 },
			description:
				'How many different users one run may deactivate; with more, nothing at all is done. 0 means no limit.',
		},
		schema: z
			.number({ invalid_type_error: 'must be a number of users' })
			.int('must be a whole number')
			.min(0, 'must be 0 or more'),
	},
	timeout: {
		property: {
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			default: 30,
			typeOptions: { minValue: 1, maxValue: 300 },
			description: 'How many seconds to wait for each answer of the service, to its last byte',
		},
		schema: z
			.number({ invalid_type_error: 'must be a number of seconds' })
			.min(1, 'must be at least 1')
			// n8n's own limit for a request.
			.max(300, 'must be at most 300'),
	},
	verify: {
		property: {
			displayName: 'Verify',
			name: 'verify',
			type: 'boolean',
			default: false,
			description:
				'Whether to read the user again afterwards and fail if the service has not done it',
		},
		schema: trueOrFalse,
	},
};

/** The options that an operation offers, in the order of the editor. */
export type OptionParameters = Readonly<Record<string, Parameter<unknown>>>;

/** What every operation offers. */
const ALWAYS = ['maxRetries', 'output', 'parallelRequests', 'timeout'] as const;

/**
 * The options of an operation: those named and those that every operation has.
 *
 * @param overrides where the service needs another default or another description
 */
export function offer(
	names: ReadonlyArray<Exclude<keyof Options, (typeof ALWAYS)[number]>>,
	overrides: OptionOverrides = {},
): OptionParameters {
	return Object.fromEntries(
		[...names, ...ALWAYS].sort().map((name) => {
			const { property, schema } = PARAMETERS[name];
			const worded: INodeProperties = { ...property, ...overrides[name] };
			return [name, { property: worded, schema: schema.default(worded.default as never) }];
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

/** Anything else would be taken for a collection with nothing in it, and no guard would hold. */
const COLLECTION: Parameter<Record<string, unknown>> = {
	property: OPTIONS,
	schema: z.record(z.unknown(), { message: 'must be a collection of options' }),
};

/**
 * The options of one item, defaults filled in.
 *
 * @throws Failure `invalidInput`
 */
export function readOptions(offered: OptionParameters, read: ParameterReader): Options {
	const { options } = readParameters({ options: COLLECTION }, read);
	return { ...NOT_OFFERED, ...readParameters(offered, (name) => options[name]) };
}
