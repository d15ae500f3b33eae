import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { readParameters, type ParameterReader, type ParameterSet, type Values } from './parameters';
import type { Service } from './service';

const ifAlreadyDeactivated: INodeProperties & { default: 'succeed' | 'fail' } = {
	displayName: 'If Already Deactivated',
	name: 'ifAlreadyDeactivated',
	type: 'options',
	default: 'succeed',
	description: 'What to do if the user was already deactivated before this run',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Report it as an error, or on the error branch' },
		{
			name: 'Succeed',
			value: 'succeed',
			description: "Put out a record with the outcome 'alreadyDeactivated'",
		},
	],
};

const output: INodeProperties = {
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
};

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	default: 30,
	typeOptions: { minValue: 1, maxValue: 300 },
	description: 'How many seconds to wait for each answer of the service',
};

/** Fields of the collection `Options` and what their values must be. */
export function optionParameters(service: Service) {
	const already = { ...ifAlreadyDeactivated, ...service.alreadyDeactivated };
	return {
		ifAlreadyDeactivated: {
			property: already,
			schema: z
				.enum(['fail', 'succeed'], { message: "must be 'fail' or 'succeed'" })
				.default(already.default),
		},
		output: {
			property: output,
			schema: z.enum(['record', 'raw'], { message: "must be 'record' or 'raw'" }).default('record'),
		},
		timeout: {
			property: timeout,
			schema: z
				.number({ invalid_type_error: 'must be a number of seconds' })
				.min(1, 'must be at least 1')
				// n8n's own limit for a request.
				.max(300, 'must be at most 300')
				.default(30),
		},
	} satisfies ParameterSet;
}

export type OptionParameters = ReturnType<typeof optionParameters>;

/** The values of the collection `Options`, defaults filled in. */
export type Options = Values<OptionParameters>;

/** The collection `Options` of a service's node. */
export function optionsProperty(service: Service): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: Object.values(optionParameters(service)).map(({ property }) => property),
	};
}

/** @throws Failure `invalidInput` */
export function readOptions(parameters: OptionParameters, read: ParameterReader): Options {
	const given = read('options') as Record<string, unknown>;
	return readParameters(parameters, (name) => given[name]);
}
