import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty } from './options';
import type { Operation, Service } from './service';

/** The fields that the node of a service shows: authentication, resource, operation, its parameters, options. */
export function userProperties(service: Service): INodeProperties[] {
	const operations = Object.values(service.operations);
	return [
		...authentication(service),
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: 'user',
			options: [{ name: 'User', value: 'user' }],
		},
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['user'] } },
			default: 'deactivate',
			options: operations.map(({ option }) => option),
		},
		...parameterProperties(operations),
		optionsProperty(service),
	];
}

const AUTHENTICATION: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: '',
};

/** The choice between credential types, where there is one; the first is the default. */
function authentication({ credentials }: Service): INodeProperties[] {
	if (credentials.length < 2) return [];
	const options = credentials.map(({ name, authentication: value }) => ({ name, value }));
	return [{ ...AUTHENTICATION, default: options[0]?.value ?? '', options }];
}

/** Each parameter once, shown for the operations that have it. */
function parameterProperties(operations: readonly Operation[]): INodeProperties[] {
	const properties = new Map<string, INodeProperties>();
	for (const { option, parameters } of operations) {
		for (const { property } of Object.values(parameters)) {
			const shownFor = properties.get(property.name)?.displayOptions?.show?.operation ?? [];
			properties.set(property.name, {
				...property,
				displayOptions: { show: { resource: ['user'], operation: [...shownFor, option.value] } },
			});
		}
	}
	return [...properties.values()];
}
