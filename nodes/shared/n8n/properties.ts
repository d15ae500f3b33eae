import type { INodeProperties } from 'n8n-workflow';

import { listed } from '../model/text';
import { OPTIONS, type OptionOverrides, type OptionParameters } from '../parameters/options';
import type { Operation, Service } from '../users/service';

/** The fields that the node of a service shows. */
export function userProperties(service: Service): INodeProperties[] {
	const operations = Object.values(service.operations);
	return [
		...authentication(service),
		...resourceAndOperation(operations.map(({ option }) => option)),
		...operations.flatMap(notice),
		...parameterProperties(operations),
		{ ...optionsProperty(operations), displayOptions: { show: { resource: ['user'] } } },
	];
}

/**
 * One collection for all operations: n8n clears a field that is hidden for a moment, so that a guard
 * would be lost by a look at another operation.
 *
 * @param operations of one service or of several
 * @param overrides how options are worded in this node
 */
export function optionsProperty(
	operations: ReadonlyArray<Pick<Operation, 'option' | 'options'>>,
	overrides: OptionOverrides = {},
): INodeProperties {
	const offered = Object.assign(
		{},
		...operations.map(({ options }) => options),
	) as OptionParameters;
	const options = Object.entries(offered).map(([name, { property }]): INodeProperties => {
		const worded = { ...property, ...overrides[name as keyof OptionOverrides] };
		return { ...worded, description: withScope(worded.description ?? '', name, operations) };
	});
	return { ...OPTIONS, options: options.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** A description that also says for which operations an option does nothing. */
function withScope(
	description: string,
	name: string,
	operations: ReadonlyArray<Pick<Operation, 'option' | 'options'>>,
): string {
	const namesOf = (some: typeof operations) => [...new Set(some.map(({ option }) => option.name))];
	const users = namesOf(operations.filter(({ options }) => Object.hasOwn(options, name)));
	if (users.length === namesOf(operations).length) return description;
	const sentence = /[.!?]$/.test(description) ? description : `${description}.`;
	return `${sentence} Only applies to ${listed(users)}.`;
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
			property.displayOptions?.show,
		),
	}));
}

type DisplayOptions = NonNullable<INodeProperties['displayOptions']>;

/** @param show what else a field depends on */
function shownFor(operation: string[], show: DisplayOptions['show'] = {}): DisplayOptions {
	return { show: { resource: ['user'], operation, ...show } };
}
