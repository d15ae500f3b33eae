import type { INodeProperties } from 'n8n-workflow';

import manifest from '../../package.json';
import { OffboardUser } from '../../nodes/OffboardUser/OffboardUser.node';
import { userProperties } from '../../nodes/shared/n8n/properties';
import type { Operation, Service } from '../../nodes/shared/users/service';
import { packageCredentials } from '../harness/packageTypes.cts';
import { samples } from '../nodes/services.cts';
import { filesBelow } from '../package/files.cts';
import { root } from '../package/packed.cts';
import { SERVICE_NAMES } from '../simulators/index.cts';
import { columnOf, headingsIn, namesIn, sectionOf, tableIn } from './markdown.cts';
import { read } from './pages.cts';

/** That the page of each service, and the README, name what the editor shows, and nothing else. */

const services = Object.values(samples).map(({ service }) => service);
const credentials = [...packageCredentials().values()].filter(({ name }) => name !== 'oAuth2Api');
const readme = read('README.md');
const pageOf = ({ name }: Service) => read(`docs/${name}.md`);

const operationsOf = ({ operations }: Service) => Object.values(operations);
const unique = (names: string[]) => [...new Set(names)].sort();

/** The options of a service by label, each with the operations that offer it. */
function optionsOf(service: Service) {
	const offered = new Map<string, { property: INodeProperties; operations: string[] }>();
	for (const { option, options } of operationsOf(service)) {
		for (const { property } of Object.values(options)) {
			const known = offered.get(property.displayName);
			offered.set(property.displayName, {
				property,
				operations: [...(known?.operations ?? []), option.name],
			});
		}
	}
	return offered;
}

/** The fields of a service by label, each with the operations that have it. */
function fieldsOf(service: Service) {
	const fields = new Map<string, string[]>();
	const add = (name: string, { option }: Operation) =>
		fields.set(name, [...(fields.get(name) ?? []), option.name]);
	const isChosen = userProperties(service).some(({ name }) => name === 'authentication');
	for (const operation of operationsOf(service)) {
		if (isChosen) add('Authentication', operation);
		for (const { property } of Object.values(operation.parameters)) {
			add(property.displayName, operation);
		}
	}
	return fields;
}

/** How the tables write the names of operations. */
function named(operations: readonly string[], service: Service): string {
	return operations.length === operationsOf(service).length ? 'all' : operations.join(', ');
}

/** How the tables write what a field is preset with. */
function presetOf({ default: preset, options = [] }: INodeProperties): string {
	if (preset === false) return 'off';
	if (preset === '') return 'nobody';
	const chosen = options.find((option) => 'value' in option && option.value === preset);
	return chosen?.name ?? String(preset);
}

const choicesOf = ({ type, options = [] }: INodeProperties) =>
	type === 'options' ? options.map(({ name }) => name) : [];

it('knows all services, and so do their simulators', () => {
	expect(services.map(({ name }) => name)).toEqual(SERVICE_NAMES);
	const known = credentials.map(({ constructor }) => `/${constructor.name}.credentials.js`);
	expect(manifest.n8n.credentials.map((path) => path.slice(path.lastIndexOf('/'))).sort()).toEqual(
		known.sort(),
	);
	expect(services.flatMap((service) => service.credentials.map(({ type }) => type)).sort()).toEqual(
		credentials.map(({ name }) => name).sort(),
	);
});

describe.each(services)('the page of $displayName', (service) => {
	const page = pageOf(service);
	const abilities = sectionOf(page, 'What the node can do');
	const ofService = credentials.filter(({ name }) =>
		service.credentials.some(({ type }) => type === name),
	);

	it('has the headings that all of them have', () => {
		const [title, ...others] = headingsIn(page);
		expect(title).toEqual({ level: 1, title: service.displayName });
		const [model] = services.map((other) => headingsIn(pageOf(other)).slice(1));
		expect(others.length).toBeGreaterThan(5);
		expect(others).toEqual(model);
	});

	it('has something under each heading', () => {
		const empty = headingsIn(page).filter(({ title }) => sectionOf(page, title).trim() === '');
		expect(empty).toEqual([]);
	});

	it('tells the operations', () => {
		expect(namesIn(tableIn(abilities, 'Operation'))).toEqual(
			operationsOf(service).map(({ option }) => option.name),
		);
	});

	it('tells the fields and the operations that have them', () => {
		const told = columnOf(tableIn(abilities, 'Field'), 'Operations');
		expect(Object.fromEntries(told)).toEqual(
			Object.fromEntries(
				[...fieldsOf(service)].map(([name, operations]) => [name, named(operations, service)]),
			),
		);
	});

	it('tells what can be chosen in a field', () => {
		const table = tableIn(abilities, 'Field');
		for (const property of userProperties(service)) {
			if (['Resource', 'Operation'].includes(property.displayName)) continue;
			const told = columnOf(table, 'Meaning').get(property.displayName) ?? '';
			expect(choicesOf(property).filter((choice) => !told.includes(choice))).toEqual([]);
		}
	});

	it('tells the options, the operations that have them, and their defaults', () => {
		const table = tableIn(abilities, 'Option');
		const options = optionsOf(service);
		expect(namesIn(table)).toEqual([...options.keys()].sort());
		const operations = columnOf(table, 'Operations');
		const presets = columnOf(table, 'Default');
		for (const [name, option] of options) {
			expect([name, operations.get(name), presets.get(name)]).toEqual([
				name,
				named(option.operations, service),
				presetOf(option.property),
			]);
		}
	});

	it('tells the fields of the credential', () => {
		const section = sectionOf(page, 'Where to get the key or token');
		const visible = ofService
			.flatMap(({ properties }) => properties)
			.filter(({ type }) => type !== 'hidden')
			.map(({ displayName }) => displayName);
		const told = namesIn(tableIn(section, 'Credential field'));
		expect([...told].sort()).toEqual(unique(visible));
		for (const { displayName } of ofService) expect(section).toContain(displayName);
	});

	it('tells the public address of the service', () => {
		const section = sectionOf(page, 'Where to get the key or token');
		for (const { properties } of ofService) {
			const preset = properties.find(({ name }) => name === 'baseUrl')?.default;
			expect(section).toContain(preset);
		}
	});

	it('tells what the messages mean that only this service has', () => {
		const section = sectionOf(page, 'What the messages mean');
		const special = service.errors.rules.flatMap(({ summary }) => summary ?? []);
		const told = namesIn(tableIn(section, 'Message'));
		expect(special.filter((message) => !told.includes(message))).toEqual([]);
	});

	it('tells of no message that the code does not have', () => {
		const code = sources();
		const section = sectionOf(page, 'What the messages mean');
		const parts = namesIn(tableIn(section, 'Message')).flatMap((message) => message.split('…'));
		expect(parts.filter((part) => !code.includes(part.trim()))).toEqual([]);
	});
});

/** What n8n itself says where the package is not, or not whole. */
const OF_N8N = /^(Unrecognized node type|Cannot find module)/;

/** The code of the nodes, with the quotation marks in texts as people see them. */
function sources(): string {
	return filesBelow(`${root}/nodes`, 'nodes/')
		.filter((path) => path.endsWith('.ts'))
		.map((path) => read(path).replaceAll("\\'", "'"))
		.join('\n');
}

it.each([
	['package.json', manifest.description],
	['the node for all of them', new OffboardUser().description.description],
	['the README', readme.split('\n').find((line) => line.startsWith('Take')) ?? ''],
])('%s names all services', (_, text) => {
	const names = services.map(({ displayName }) => displayName);
	expect(names.filter((name) => !text.includes(name))).toEqual([]);
	expect(text).toContain(` and ${names.at(-1)}`);
});

describe('the README', () => {
	const options = tableIn(sectionOf(readme, 'Options'), 'Option');
	const names = unique(services.flatMap((service) => [...optionsOf(service).keys()]));

	it('tells the credentials', () => {
		const told = namesIn(tableIn(sectionOf(readme, 'Credentials'), 'Credential'));
		expect([...told].sort()).toEqual(credentials.map(({ displayName }) => displayName).sort());
	});

	it('tells the options', () => {
		expect(namesIn(options)).toEqual(names);
	});

	it('helps with no message that the code does not have', () => {
		const code = sources();
		const messages = [...sectionOf(readme, 'Troubleshooting').matchAll(/^\| _(.+?)_/gm)]
			.map(([, message = '']) => message)
			.filter((message) => !OF_N8N.test(message));
		expect(messages.length).toBeGreaterThan(3);
		const parts = messages.flatMap((message) => message.split('…'));
		expect(parts.filter((part) => !code.includes(part.trim()))).toEqual([]);
	});

	it.each(names)('tells where %s is found, its default, its limits and its choices', (name) => {
		const cell = (heading: string) => columnOf(options, heading).get(name) ?? '';
		const offered = services.flatMap((service) => optionsOf(service).get(name) ?? []);
		const all = services.flatMap(operationsOf).map(({ option }) => option.name);
		const having = new Set(offered.flatMap(({ operations }) => operations));
		for (const operation of unique(all)) {
			const isTold = cell('Operations') === 'all' || cell('Operations').includes(operation);
			expect([operation, isTold]).toEqual([operation, having.has(operation)]);
		}
		for (const { property } of offered) {
			expect(cell('Default')).toContain(presetOf(property));
			const { minValue, maxValue } = property.typeOptions ?? {};
			if (maxValue !== undefined) {
				expect(cell('Meaning')).toContain(`from ${minValue} to ${maxValue}`);
			}
			expect(choicesOf(property).filter((choice) => !cell('Meaning').includes(choice))).toEqual([]);
		}
	});

	it.each(services)('ticks off what $displayName has', (service) => {
		const table = tableIn(sectionOf(readme, 'Services and features'), 'Feature');
		const ticked = [...columnOf(table, service.displayName)]
			.filter(([, cell]) => cell.startsWith('✓'))
			.flatMap(([features]) => features.split(', '));
		expect(unique(ticked)).toEqual(
			unique([
				...operationsOf(service).map(({ option }) => option.name),
				...optionsOf(service).keys(),
			]),
		);
	});
});
