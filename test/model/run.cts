import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { NeverEnds, VirtualClock } from './clock.cts';
import { contextOf } from './context.cts';
import { nodeOf, ODD_VALUES, offeredOptions, type History, type Item } from './history.cts';
import { FORMS, NOBODY } from './people.cts';
import {
	OFFBOARD_USER,
	scimNames,
	SERVICE_NAMES,
	SERVICES,
	type ServiceName,
} from './services.cts';
import { secretOf, Wire } from './wire.cts';
import { peopleAt, World, type Tenant } from './world.cts';

/** One call of the node, with some of the items of the history. */
export interface Round {
	/** Positions in the history. */
	readonly items: readonly number[];
	readonly outputs?: INodeExecutionData[][];
	/** What the node threw. */
	readonly error?: unknown;
}

/** What came of a history. */
export interface Run {
	readonly history: History;
	readonly world: World;
	readonly rounds: readonly Round[];
	/** Names of the oddities that were met. */
	readonly met: readonly string[];
}

/** Runs the real node through a history. */
export async function runHistory(history: History): Promise<Run> {
	const tenants: Tenant[] = history.tenants === 'one' ? [0] : [0, 1];
	const world = await World.start(history.services, tenants, history.people);
	const clock = new VirtualClock(history.seed);
	const wire = new Wire(history, world, clock);
	const rounds: Round[] = [];
	try {
		await clock.run(async () => {
			let nodeContext: Record<string, unknown> = {};
			for (const items of batchesOf(history)) {
				const round = await runRound(history, items, { world, wire, clock, nodeContext });
				rounds.push(round);
				// An error that a node throws ends the execution.
				if (round.error !== undefined) return;
				// Whatever n8n stores while an execution waits, it stores as JSON.
				if (history.rounds === 'each item, after a wait') {
					nodeContext = JSON.parse(JSON.stringify(nodeContext)) as Record<string, unknown>;
				}
			}
		});
	} catch (error) {
		if (!(error instanceof NeverEnds)) throw error;
		rounds.push({ items: [], error });
	}
	return { history, world, rounds, met: wire.met };
}

/** What an item calls whom it is about. */
export function nameIn(history: History, item: Item): { by: Item['by']; value: string } {
	const { by, person, form } = item;
	const [service = 'zitadel'] = history.services;
	if (person === 'self') return { by: 'id', value: SERVICES[service].ownId ?? '' };
	const known = person === 'nobody' ? undefined : history.people[person];
	if (by === 'email') return { by, value: FORMS[form](known?.email ?? NOBODY) };
	if (by === 'userName' || by === 'externalId') {
		const people = peopleAt('scim', history.people);
		return {
			by,
			value: FORMS[form](person === 'nobody' ? 'nobody' : scimNames(people, person)[by]),
		};
	}
	const value =
		known && person !== 'nobody' ? SERVICES[service].idOf(person, known) : NO_ID[service];
	return { by, value: value ?? '' };
}

/** Well-formed, and nobody's. */
const NO_ID: Partial<Record<ServiceName, string>> = {
	aitronos: 'usr_nobody',
	zitadel: '289999999999999999',
	awork: '6f1c0000-0000-4000-8000-00000000ffff',
	scim: 'p.nobody',
};

function batchesOf({ items, rounds }: History): number[][] {
	const all = items.map((_, index) => index);
	return rounds === 'one' ? [all] : all.map((index) => [index]);
}

async function runRound(
	history: History,
	items: readonly number[],
	shared: {
		world: World;
		wire: Wire;
		clock: VirtualClock;
		nodeContext: Record<string, unknown>;
	},
): Promise<Round> {
	const type = nodeOf(history.node);
	const node: INode = {
		id: '1',
		name: 'Node under test',
		type: `n8n-nodes-offboarding.${history.node}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		onError: history.onError === 'stop' ? 'stopWorkflow' : 'continueErrorOutput',
	};
	const context = contextOf({
		...shared,
		node,
		parameters: parametersOf(history),
		input: items.map((index) => inputOf(history, shared.world, index)),
		credentials: Object.fromEntries(
			history.services.map((service) => [
				SERVICES[service].credential.name,
				credentialOf(history, shared.world, service),
			]),
		),
	});
	try {
		const outputs = await type.execute?.call(context);
		return { items, outputs: Array.isArray(outputs) ? outputs : [] };
	} catch (error) {
		return { items, error };
	}
}

function credentialOf(history: History, world: World, service: ServiceName) {
	const { secretField, credentialFields } = SERVICES[service];
	const access =
		history.tenants === 'one'
			? { baseUrl: world.baseUrl(service, 0), [secretField]: secretOf(history, service, 0) }
			: { baseUrl: '={{ $json.url }}', [secretField]: '={{ $json.key }}' };
	return { ...credentialFields, ...access };
}

/** The parameters as the editor stores them; what is odd for an item is an expression. */
function parametersOf(history: History): Record<string, unknown> {
	const { node, operation, items } = history;
	const defaults = nodeOf(node).description.properties.map((property) => [
		property.name,
		property.default as unknown,
	]);
	const odd = items.flatMap((item) => item.odd?.parameter ?? []);
	const byExpression = (values: Readonly<Record<string, unknown>>, names: readonly string[]) => ({
		...values,
		...Object.fromEntries(names.map((name) => [name, expressionFor(name, values[name])])),
	});
	const fields = fieldsOf(history);
	const offered = offeredOptions(node, operation);
	return {
		...Object.fromEntries(defaults),
		resource: 'user',
		operation,
		options: byExpression(
			optionsOf(history),
			odd.filter((name) => offered.has(name)),
		),
		...byExpression(
			fields,
			odd.filter((name) => name in fields),
		),
		email: '={{ $json.user }}',
		userId: { __rl: true, mode: '={{ $json.by }}', value: '={{ $json.user }}' },
	};
}

/** What the node is asked for besides the user and the options. */
function fieldsOf({ node, operation, services, listing }: History): Record<string, unknown> {
	if (node === 'offboardUser') return forAllServices(services);
	return { ...SERVICES[node].parameters, ...(operation === 'getAll' && listing) };
}

function expressionFor(name: string, value: unknown): unknown {
	const expression = `={{ $json.${name} }}`;
	return isLocator(value) ? { ...value, value: expression } : expression;
}

function isLocator(value: unknown): value is { value: unknown } {
	return typeof value === 'object' && value !== null && '__rl' in value;
}

function optionsOf(history: History): Record<string, unknown> {
	const { node, operation, options, protectedUsers, protectedAs } = history;
	if (protectedUsers.length === 0 || !offeredOptions(node, operation).has('protectedUsers')) {
		return { ...options };
	}
	const entries = protectedUsers.map(({ person, by, form }) => {
		const [service = 'zitadel'] = history.services;
		const known = history.people[person];
		if (!known) throw new Error('Nobody is protected');
		return FORMS[form](by === 'email' ? known.email : SERVICES[service].idOf(person, known));
	});
	return { ...options, protectedUsers: protectedAs === 'list' ? entries : entries.join(', ') };
}

/** The fields of each service under the names that they have in the node for all. */
function forAllServices(chosen: readonly ServiceName[]): Record<string, unknown> {
	const fields = SERVICE_NAMES.flatMap((service) => [
		...Object.entries(SERVICES[service].parameters).map(([name, value]) => [
			`${service}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
			value,
		]),
	]) as [string, unknown][];
	const known = new Set(OFFBOARD_USER.description.properties.map(({ name }) => name));
	return {
		services: [...chosen],
		...Object.fromEntries(fields.filter(([name]) => known.has(name))),
	};
}

function inputOf(history: History, world: World, index: number): INodeExecutionData {
	const item = history.items[index];
	if (!item) throw new Error('No such item');
	const { by, value } = nameIn(history, item);
	const { services, tenants } = history;
	const [service = 'zitadel'] = services;
	const fields = fieldsOf(history);
	const json = {
		...DEFAULTS,
		...Object.entries(fields).reduce(
			(values, [name, field]) => ({ ...values, [name]: isLocator(field) ? field.value : field }),
			{},
		),
		onlyTheseServices: [...services],
		...optionsOf(history),
		employee: index,
		by,
		user: value,
		...(tenants === 'one'
			? {}
			: {
					url: world.baseUrl(service, item.tenant),
					key: secretOf(history, service, item.tenant),
				}),
		...(item.odd && { [item.odd.parameter]: ODD_VALUES[item.odd.value] }),
	};
	return { json: json as IDataObject };
}

/** What an expression gives for the other items, where the history sets nothing. */
const DEFAULTS = {
	dryRun: false,
	verify: false,
	safetyLimit: 10,
	protectedUsers: 'ceo@example.net',
	ifNotFound: 'fail',
	ifAlreadyDeactivated: 'fail',
	maxRetries: 2,
};
