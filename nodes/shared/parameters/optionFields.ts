import type { INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';

import type { Outcome, OutputForm } from '../model/record';
import type { Parameter } from './reading';
import { userList } from './userList';

/** What the collection `Options` can hold; each operation offers some of it. */
export interface Options {
	dryRun: boolean;
	endSessions: boolean;
	ifAlreadyDeactivated: 'fail' | 'succeed';
	ifNotFound: 'fail' | 'succeed';
	/** Attempts after the first, for each request. */
	maxRetries: number;
	output: OutputForm;
	/** Requests that are under way at the same time; 0 for as many as the service takes well. */
	parallelRequests: number;
	/** Emails and ids in the form in which they are compared. */
	protectedUsers: readonly string[];
	/** Accounts per execution; 0 for no limit. */
	safetyLimit: number;
	/** Seconds. */
	timeout: number;
	verify: boolean;
}

const trueOrFalse = z.boolean({ message: 'must be true or false' });
const failOrSucceed = z.enum(['fail', 'succeed'], { message: "must be 'fail' or 'succeed'" });

function failOrSucceedWith(outcome: Outcome): INodePropertyOptions[] {
	return [
		{ name: 'Fail', value: 'fail', description: 'Report an error' },
		{
			name: 'Succeed',
			value: 'succeed',
			description: `Output an item with the outcome '${outcome}'`,
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

/** All options that a node may offer. */
export const OPTION_FIELDS: { readonly [Name in keyof Options]: Parameter<Options[Name]> } = {
	dryRun: {
		property: {
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to preview the result without changing anything',
		},
		schema: trueOrFalse,
	},
	endSessions: {
		property: {
			displayName: 'End Sessions',
			name: 'endSessions',
			type: 'boolean',
			default: true,
			description:
				"Whether to also end the user's sessions, even if the user was already deactivated. On unless you turn it off.",
		},
		schema: trueOrFalse,
	},
	ifAlreadyDeactivated: {
		property: {
			displayName: 'If Already Deactivated',
			name: 'ifAlreadyDeactivated',
			type: 'options',
			default: 'succeed',
			description: 'What to do if the user was already deactivated',
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
			description: "What to do if the user doesn't exist. A mistyped email looks the same.",
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
			description: 'How many times to retry a request after an error or rate limit',
		},
		schema: wholeNumber('retries', 0, 20),
	},
	output: {
		property: {
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'simplified',
			description: 'What to output for each user',
			options: [
				{
					name: 'Simplified',
					value: 'simplified',
					description: 'The same fields for every service: who, what was done, and when',
				},
				{
					name: 'Record with Response',
					value: 'record',
					description: "The same fields, and the service's response",
				},
				{
					name: 'Raw Response',
					value: 'raw',
					description: "Only the service's response",
				},
			],
		},
		schema: z.enum(['simplified', 'record', 'raw'], {
			message: "must be 'simplified', 'record' or 'raw'",
		}),
	},
	parallelRequests: {
		property: {
			displayName: 'Parallel Requests',
			name: 'parallelRequests',
			type: 'number',
			default: 0,
			typeOptions: { minValue: 0, maxValue: 50, numberPrecision: 0 },
			description:
				'How many requests to send at the same time. 0 means automatic: as many as the service answers without slowing down. The first item decides for all.',
		},
		schema: wholeNumber('requests', 0, 50),
	},
	protectedUsers: {
		property: {
			displayName: 'Protected Users',
			name: 'protectedUsers',
			type: 'string',
			default: '',
			placeholder: 'e.g. ceo@example.org, admin@example.org',
			description: 'Emails or user IDs that must never be deactivated, separated by commas',
		},
		schema: userList,
	},
	safetyLimit: {
		property: {
			displayName: 'Safety Limit',
			name: 'safetyLimit',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 0, numberPrecision: 0 },
			description:
				'How many different users this node may deactivate in one execution, loops included. With more users, it deactivates nobody. 0 means no limit.',
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
			description: 'How many seconds to wait for each response',
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
			description: 'Whether to read the user again afterwards and fail if nothing changed',
		},
		schema: trueOrFalse,
	},
};
