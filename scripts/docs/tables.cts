import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { REQUESTS } from '../../test/nodes/requests.cts';
import { DETAILS, OUTCOMES, PERSON, REASONS, RECORD, STATES } from './meanings.cts';
import { credentialsOf, nodeNamed, services } from './source.cts';

/** The reference tables, in Markdown. */

type Row = readonly string[];

function table(header: Row, rows: readonly Row[]): string {
	const line = (cells: Row) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A table of fixed values or fields, each in code. */
function glossary(header: Row, entries: Readonly<Record<string, string | Row>>): string {
	return table(
		header,
		Object.entries(entries).map(([name, cells]) => [`\`${name}\``, ...[cells].flat()]),
	);
}

interface Choice {
	name: string;
	value: string;
	description?: string;
}

/** The choices of a field; empty if it is not a list of fixed values. */
function choicesOf({ options = [] }: INodeProperties): Choice[] {
	return options.flatMap((option) =>
		'value' in option ? [{ ...option, value: String(option.value) }] : [],
	);
}

function operationsOf({ properties }: INodeTypeDescription): Choice[] {
	const operation = properties.find(({ name }) => name === 'operation');
	return operation ? choicesOf(operation) : [];
}

/** Names of the operations for which a node shows a field. */
function shownFor({ displayOptions }: INodeProperties, node: INodeTypeDescription): string[] {
	const shown = displayOptions?.show?.operation;
	return operationsOf(node)
		.filter(({ value }) => shown === undefined || shown.includes(value))
		.map(({ name }) => name);
}

function allOr(names: readonly string[], count: number): string {
	return names.length === count ? 'all' : names.join(', ');
}

function defaultOf(property: INodeProperties): string {
	if (typeof property.default === 'boolean') return property.default ? 'on' : 'off';
	if (property.default === '') return 'empty';
	const value = String(property.default);
	return choicesOf(property).find((choice) => choice.value === value)?.name ?? value;
}

function allowedIn(property: INodeProperties): string {
	if (property.type === 'boolean') return 'on, off';
	if (property.type !== 'number') {
		return (
			choicesOf(property)
				.map(({ name }) => name)
				.join(', ') || 'text'
		);
	}
	const { minValue = '', maxValue } = property.typeOptions ?? {};
	return maxValue === undefined ? `${minValue} or more` : `${minValue} to ${maxValue}`;
}

/** The options of a node by name. */
function optionsOf({ properties }: INodeTypeDescription): Map<string, INodeProperties> {
	const collection = properties.find(({ name }) => name === 'options');
	const options = (collection?.options ?? []) as INodeProperties[];
	return new Map(options.map((option) => [option.name, option]));
}

const OPTION_HEADER = ['Option', 'Default', 'Allowed values', 'Description'];

function optionRow(option: INodeProperties): Row {
	const { displayName, description = '' } = option;
	return [displayName, defaultOf(option), allowedIn(option), description];
}

function optionsTable(node: INodeTypeDescription): string {
	return table(OPTION_HEADER, [...optionsOf(node).values()].map(optionRow));
}

/** The options of all services, as the service with the most operations words them. */
function allOptionsTable(): string {
	const names = [...new Set(services.flatMap((node) => [...optionsOf(node).keys()]))].sort();
	const byOperations = [...services].sort(
		(a, b) => operationsOf(b).length - operationsOf(a).length,
	);
	const [header = '', ...others] = OPTION_HEADER;
	return table(
		[header, 'Services', ...others],
		names.map((name) => {
			const having = byOperations.filter((node) => optionsOf(node).has(name));
			const option = having[0] && optionsOf(having[0]).get(name);
			if (!option) throw new Error(`No service has the option '${name}'.`);
			const displayNames = services
				.filter((node) => having.includes(node))
				.map(({ displayName }) => displayName);
			const [label = '', ...cells] = optionRow(option);
			return [label, allOr(displayNames, services.length), ...cells];
		}),
	);
}

/** What can be done at which service. */
function operationsMatrix(): string {
	const names = [
		...new Set(services.flatMap((node) => operationsOf(node).map(({ name }) => name))),
	].sort();
	const has = (node: INodeTypeDescription, operation: string) =>
		operationsOf(node).some(({ name }) => name === operation);
	return table(
		['', ...services.map(({ displayName }) => displayName)],
		[
			...names.map((name) => [
				`**${name}**`,
				...services.map((node) => (has(node, name) ? '✓' : '–')),
			]),
			['Find the user', ...services.map(userModesOf)],
		],
	);
}

/** How many requests it takes to work on users, as test/nodes/requests.test.cts has seen it. */
function requestsTable(): string {
	return table(
		['Service', 'Operation', 'User by', 'First user', 'One after the other', 'Each further user'],
		REQUESTS.map(({ service, operation, by, requests, steps, further }) => {
			const node = nodeNamed(service);
			const { name = operation } =
				operationsOf(node).find(({ value }) => value === operation) ?? {};
			return [node.displayName, name, by, ...[requests.length, steps, further].map(String)];
		}),
	);
}

function userModesOf({ properties }: INodeTypeDescription): string {
	const modes = properties.find(({ name }) => name === 'userId')?.modes;
	return modes?.map(({ displayName }) => displayName).join(', ') ?? 'By Email';
}

function operationsTable(node: INodeTypeDescription): string {
	return table(
		['Operation', 'Description'],
		operationsOf(node).map(({ name, description = '' }) => [`**${name}**`, description]),
	);
}

/** Fields that every node has, or that are explained elsewhere. */
const COMMON_FIELDS = new Set(['resource', 'operation', 'options']);

function fieldsTable(node: INodeTypeDescription): string {
	const fields = node.properties.filter(
		({ name, type }) => !COMMON_FIELDS.has(name) && type !== 'notice',
	);
	const count = operationsOf(node).length;
	return table(
		['Field', 'Operations', 'Choices', 'Description'],
		fields.map((field) => [
			`**${field.displayName}**`,
			allOr(shownFor(field, node), count),
			field.modes?.map(({ displayName }) => displayName).join(', ') ?? allowedIn(field),
			field.description ?? '',
		]),
	);
}

/** The fields of all credential types of a node; one that several have alike stands there once. */
function credentialsTable(node: INodeTypeDescription): string {
	const credentials = credentialsOf(node);
	const havers = new Map<string, { row: Row; names: string[] }>();
	for (const { displayName, properties } of credentials) {
		for (const field of properties.filter(({ type }) => !['hidden', 'notice'].includes(type))) {
			const row = [`**${field.displayName}**`, whatToEnter(field)];
			const { names } = havers.get(row.join()) ?? { names: [] };
			havers.set(row.join(), { row, names: [...names, displayName] });
		}
	}
	return table(
		['Credential field', 'Credential', 'Description'],
		[...havers.values()].map(({ row: [field = '', description = ''], names }) => [
			field,
			allOr(names, credentials.length),
			description,
		]),
	);
}

function whatToEnter({ description = '', default: preset }: INodeProperties): string {
	const isAddress = typeof preset === 'string' && preset.startsWith('https:');
	return isAddress ? `${description.replace(/\.$/, '')}. Default: \`${preset}\`` : description;
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
