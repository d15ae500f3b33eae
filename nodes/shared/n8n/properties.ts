import type { INodeProperties } from 'n8n-workflow';

import { OPTIONS } from '../parameters/options';
import type { Operation, Service } from '../users/service';

/** The fields that the node of a service shows. */
export function userProperties(service: Service): INodeProperties[] {
	const operations = Object.values(service.operations);
	return [
		...authentication(service),
		...resourceAndOperation(operations.map(({ option }) => option)),
		...operations.flatMap(notice),
		...parameterProperties(operations),
		...operations.map(({ option, options }) => ({
			...OPTIONS,
			displayOptions: shownFor([option.value]),
			options: Object.values(options).map(({ property }) => property),
		})),
	];
}

/**
 * What is chosen for the node. There is only one resource, but with it n8n tells a model the action of
 * the chosen operation.
 */
export function resourceAndOperation(
	operations: ReadonlyArray<Operation['option']>,
): INodeProperties[] {
	return [
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
			options: [...operations],
		},
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
export function authentication({ credentials }: Service): INodeProperties[] {
	if (credentials.length < 2) return [];
	const options = credentials.map(({ name, authentication: value }) => ({ name, value }));
	return [{ ...AUTHENTICATION, default: options[0]?.value ?? '', options }];
}

function notice({ option, notice: text }: Operation): INodeProperties[] {
	if (text === undefined) return [];
	return [
		{
			displayName: text,
			name: `${option.value}Notice`,
			type: 'notice',
			default: '',
			displayOptions: shownFor([option.value]),
		},
	];
}

/** Each parameter once, shown for the operations that have it. */
function parameterProperties(operations: readonly Operation[]): INodeProperties[] {
	const properties = new Set(
		operations.flatMap(({ parameters }) => Object.values(parameters).map((p) => p.property)),
	);
	return [...properties].map((property) => ({
		...property,
		displayOptions: shownFor(
			operations
				.filter(({ parameters }) => parameters[property.name]?.property === property)
				.map(({ option }) => option.value),
		),
	}));
}

function shownFor(operation: string[]): NonNullable<INodeProperties['displayOptions']> {
	return { show: { resource: ['user'], operation } };
}
