import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { SERVICES } from '../../nodes/OffboardUser/services';
import { REQUESTS } from '../../test/nodes/requests.cts';
import { DETAILS, OUTCOMES, PERSON, REASONS, RECORD, STATES } from './meanings.cts';
import { credentialsOf, nodes } from './source.cts';

type Row = readonly string[];

/** A table in Markdown. */
function table(header: Row, rows: readonly Row[]): string {
	const line = (cells: Row) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A table of fixed values or fields, each in code. */
function glossary(header: Row, entries: Readonly<Record<string, string | Row>>): string {
	const rows = Object.entries(entries).map(([name, cells]) => [`\`${name}\``, ...[cells].flat()]);
	return table(header, rows);
}

const services = SERVICES.map(({ node }) => node.description);

/** @throws Error if there is no such node */
function nodeNamed(wanted: string): INodeTypeDescription {
	const node = nodes.find(({ name }) => name === wanted);
	if (!node) throw new Error(`There is no node '${wanted}'.`);
	return node;
}

const propertyOf = ({ properties }: INodeTypeDescription, wanted: string) =>
	properties.find(({ name }) => name === wanted);

/** The choices of a field; empty if it is not a list of fixed values. */
const choicesOf = (property?: INodeProperties) =>
	(property?.options ?? []).filter((option): option is INodePropertyOptions => 'value' in option);

const operationsOf = (node: INodeTypeDescription) => choicesOf(propertyOf(node, 'operation'));

const optionsOf = (node: INodeTypeDescription) =>
	(propertyOf(node, 'options')?.options ?? []) as INodeProperties[];

const displayNames = (named: ReadonlyArray<{ displayName: string }> = []) =>
	named.map(({ displayName }) => displayName).join(', ');

function defaultOf(property: INodeProperties): string {
	const { default: preset } = property;
	if (typeof preset === 'boolean') return preset ? 'on' : 'off';
	const choice = choicesOf(property).find(({ value }) => value === preset);
	return choice?.name ?? (String(preset) || 'empty');
}

function allowedIn(property: INodeProperties): string {
	if (property.type === 'boolean') return 'on, off';
	const { minValue = '', maxValue } = property.typeOptions ?? {};
	if (property.type === 'number') {
		return maxValue === undefined ? `${minValue} or more` : `${minValue} to ${maxValue}`;
	}
	const names = choicesOf(property).map(({ name }) => name);
	return names.join(', ') || 'text';
}

function optionRow(option: INodeProperties): Row {
	const { displayName, description = '' } = option;
	return [displayName, defaultOf(option), allowedIn(option), description];
}

function optionsTable(node: INodeTypeDescription): string {
	const header = ['Option', 'Default', 'Allowed values', 'Description'];
	return table(header, optionsOf(node).map(optionRow));
}

/** The options of all services, as the service with the most operations words them. */
function allOptionsTable(): string {
	const count = (node: INodeTypeDescription) => operationsOf(node).length;
	const options = [...services].sort((a, b) => count(b) - count(a)).flatMap(optionsOf);
	const rows = [...new Set(options.map(({ name }) => name))].sort().map((wanted) => {
		const having = services.filter((node) => optionsOf(node).some(({ name }) => name === wanted));
		const option = options.find(({ name }) => name === wanted);
		const [label = '', ...cells] = option ? optionRow(option) : [];
		return [label, having.length === services.length ? 'all' : displayNames(having), ...cells];
	});
	return table(['Option', 'Services', 'Default', 'Allowed values', 'Description'], rows);
}

/** What can be done at which service. */
function operationsMatrix(): string {
	const names = services.map((node) => operationsOf(node).map(({ name }) => name));
	const all = [...new Set(names.flat())].sort();
	const has = (name: string) => names.map((own) => (own.includes(name) ? '✓' : '–'));
	const modes = services.map(
		(node) => displayNames(propertyOf(node, 'userId')?.modes) || 'By Email',
	);
	return table(
		['', ...services.map(({ displayName }) => displayName)],
		[...all.map((name) => [`**${name}**`, ...has(name)]), ['Find the user', ...modes]],
	);
}

/** How many requests it takes to work on users, as test/nodes/requests.test.cts has seen it. */
function requestsTable(): string {
	return table(
		['Service', 'Operation', 'User by', 'First user', 'One after the other', 'Each further user'],
		REQUESTS.map(({ service, operation, by, requests, steps, further }) => {
			const node = nodeNamed(service);
			const option = operationsOf(node).find(({ value }) => value === operation);
			const counts = [requests.length, steps, further].map(String);
			return [node.displayName, option?.name ?? operation, by, ...counts];
		}),
	);
}

function operationsTable(node: INodeTypeDescription): string {
	const rows = operationsOf(node).map(({ name, description = '' }) => [`**${name}**`, description]);
	return table(['Operation', 'Description'], rows);
}

/** Without the fields that every node has, or that are explained elsewhere. */
function fieldsTable(node: INodeTypeDescription): string {
	const fields = node.properties.filter(
		({ name, type }) => !['resource', 'operation', 'options'].includes(name) && type !== 'notice',
	);
	const operations = operationsOf(node);
	return table(
		['Field', 'Operations', 'Choices', 'Description'],
		fields.map((field) => {
			const shown = field.displayOptions?.show?.operation;
			const own = operations.filter(({ value }) => shown === undefined || shown.includes(value));
			return [
				`**${field.displayName}**`,
				own.length === operations.length ? 'all' : own.map(({ name }) => name).join(', '),
				displayNames(field.modes) || allowedIn(field),
				field.description ?? '',
			];
		}),
	);
}

/** The fields of all credential types of a node; one that several have alike stands there once. */
function credentialsTable(node: INodeTypeDescription): string {
	const types = credentialsOf(node);
	const fields = types
		.flatMap(({ properties }) => properties)
		.filter(({ type }) => !['hidden', 'notice'].includes(type));
	const textOf = ({ displayName, description = '', default: preset }: INodeProperties) => {
		const isAddress = typeof preset === 'string' && preset.startsWith('https:');
		const text = isAddress
			? `${description.replace(/\.$/, '')}. Default: \`${preset}\``
			: description;
		return [`**${displayName}**`, text];
	};
	const alike = new Map(fields.map((field) => [textOf(field).join(), textOf(field)]));
	const rows = [...alike].map(([key, [label = '', description = '']]) => {
		const having = types.filter(({ properties }) =>
			properties.some((field) => textOf(field).join() === key),
		);
		return [label, having.length === types.length ? 'all' : displayNames(having), description];
	});
	return table(['Credential field', 'Credential', 'Description'], rows);
}

/** Tables of one node, by name. */
const OF_NODE: Readonly<Record<string, (node: INodeTypeDescription) => string>> = {
	credentials: credentialsTable,
	fields: fieldsTable,
	operations: operationsTable,
	options: optionsTable,
};

/** Tables of the whole package, by name. */
const OF_PACKAGE: Readonly<Record<string, () => string>> = {
	details: () => glossary(['Field', 'Meaning'], DETAILS),
	operations: operationsMatrix,
	options: allOptionsTable,
	outcomes: () => glossary(['Outcome', 'Meaning', 'Done?'], OUTCOMES),
	person: () => glossary(['Field', 'Meaning'], PERSON),
	reasons: () => glossary(['Reason', 'What it means', 'What to do'], REASONS),
	record: () => glossary(['Field', 'Meaning'], RECORD),
	requests: requestsTable,
	states: () => glossary(['State', 'Meaning'], STATES),
};

/**
 * The table for a marked section, such as `outcomes` or `options zitadel`.
 *
 * @throws Error if there is no such table or node
 */
export function tableFor(section: string): string {
	const [name = '', node] = section.split(' ');
	const made = node === undefined ? OF_PACKAGE[name]?.() : OF_NODE[name]?.(nodeNamed(node));
	if (made === undefined) throw new Error(`There is no generated section '${section}'.`);
	return made;
}
