import fc from 'fast-check';
import type { INodeType } from 'n8n-workflow';

import { ANSWERS } from './answers.cts';
import { BREAKDOWNS } from './breakdowns.cts';
import { HABITS } from './habits.cts';
import { LISTS } from './lists.cts';
import type { Oddity } from './oddity.cts';
import { FORMS, personAt, type Form, type Person } from './people.cts';
import {
	canLookUp,
	OFFBOARD_USER,
	SERVICE_NAMES,
	SERVICES,
	type Caller,
	type ServiceName,
} from './services.cts';
import type { AccountState } from '../simulators/index.cts';
import type { Tenant } from './world.cts';

export type NodeName = ServiceName | 'offboardUser';
export type Operation = 'deactivate' | 'get' | 'getAll' | 'reactivate';

/** What an expression gives that names a missing field, or the wrong one. */
export const ODD_VALUES = {
	undefined: undefined,
	null: null,
	NaN: Number.NaN,
	'empty text': '',
	text: 'yes',
} as const;

export type OddValue = keyof typeof ODD_VALUES;

/** Whom an item is about, and how it says so. */
export interface Item {
	readonly person: number | 'nobody' | 'self';
	readonly by: 'email' | 'id' | 'userName' | 'externalId';
	readonly form: 'plain' | 'upper case' | 'NFD' | 'zero-width space';
	readonly tenant: Tenant;
	/** A parameter whose expression gives nothing of use for this item. */
	readonly odd?: Odd | undefined;
}

export interface Odd {
	readonly parameter: string;
	readonly value: OddValue;
}

export interface Options {
	readonly dryRun?: boolean | undefined;
	readonly verify?: boolean | undefined;
	readonly endSessions?: boolean | undefined;
	readonly ifAlreadyDeactivated?: 'fail' | 'succeed' | undefined;
	readonly ifNotFound?: 'fail' | 'succeed' | undefined;
	readonly safetyLimit?: number | undefined;
	readonly maxRetries?: number | undefined;
	readonly parallelRequests?: number | undefined;
	readonly updateMethod?: 'patch' | 'put' | undefined;
}

/** What Get Many is asked for. */
export interface Listing {
	readonly returnAll: boolean;
	readonly limit: number;
	readonly states: readonly AccountState[];
}

/** An entry of Protected Users. */
export interface Protected {
	readonly person: number;
	readonly by: 'email' | 'id';
	readonly form: Form;
}

/** An oddity, and which of the requests that fit it are met by it. */
export interface Met {
	readonly name: string;
	readonly skip: number;
	readonly times: number;
}

/** All that happens in one run, before it is known what comes of it. */
export interface History {
	readonly node: NodeName;
	readonly services: readonly ServiceName[];
	readonly operation: Operation;
	readonly people: readonly Person[];
	readonly items: readonly Item[];
	readonly caller: Caller;
	readonly onError: 'continue' | 'stop';
	/** Each item in a round of its own, as with Loop Over Items; between them the execution may wait. */
	readonly rounds: 'one' | 'each item' | 'each item, after a wait';
	readonly tenants: 'one' | 'two by expression';
	readonly options: Options;
	readonly listing: Listing;
	readonly protectedUsers: readonly Protected[];
	readonly protectedAs: 'text' | 'list';
	readonly oddities: readonly Met[];
	/** Of all chance within the run. */
	readonly seed: number;
}

/** All oddities, by name. */
export const ODDITIES: Readonly<Record<string, Oddity>> = {
	...BREAKDOWNS,
	...ANSWERS,
	...LISTS,
	...HABITS,
};

/** Any history; those of rarer nodes are as different from each other as the others. */
export function histories(): fc.Arbitrary<History> {
	const weights = {
		langdock: 3,
		odeus: 1,
		aitronos: 5,
		zitadel: 7,
		awork: 6,
		scim: 9,
		offboardUser: 4,
	};
	return fc.oneof(
		...Object.entries(weights).map(([node, weight]) => {
			return { weight, arbitrary: historyOf(node as NodeName) };
		}),
	);
}

/** The node's own description of itself. */
export function nodeOf(node: NodeName): INodeType {
	return node === 'offboardUser' ? OFFBOARD_USER : SERVICES[node].node;
}

/** Names of the options that the editor offers for an operation. */
export function offeredOptions(node: NodeName, operation: Operation): Set<string> {
	const collections = nodeOf(node).description.properties.filter(
		({ name, displayOptions }) =>
			name === 'options' && (displayOptions?.show?.operation ?? [operation]).includes(operation),
	);
	return new Set(collections.flatMap(({ options }) => options ?? []).map((option) => option.name));
}

/** What may be odd, besides the options. */
const ODD_PARAMETERS = [
	...['dryRun', 'dryRun', 'safetyLimit', 'protectedUsers', 'verify', 'ifNotFound'],
	...['ifAlreadyDeactivated', 'maxRetries', 'user', 'field', 'field'],
];

/** A field of the node that is neither the user nor an option. */
function fieldOf({ node, operation, listing, seed }: History): string | undefined {
	if (node === 'offboardUser') return 'onlyTheseServices';
	if (operation === 'getAll') return listing.returnAll || seed % 2 === 0 ? 'states' : 'limit';
	const isDeactivation = operation === 'deactivate';
	if (node === 'aitronos') {
		return isDeactivation ? 'transferResourcesToDepartmentId' : 'organizationId';
	}
	if (node === 'awork') return isDeactivation ? 'includeSummary' : undefined;
	return !canLookUp(node) && operation === 'reactivate' ? 'role' : undefined;
}

function oddOf(history: History, { odd }: Item): Odd | undefined {
	if (!odd) return undefined;
	if (odd.parameter === 'field') {
		const parameter = fieldOf(history);
		return parameter === undefined ? undefined : { ...odd, parameter };
	}
	// A text may be an ID, and a list may be empty.
	const isFine =
		(odd.parameter === 'user' && odd.value === 'text') ||
		(odd.parameter === 'protectedUsers' && /text/.test(odd.value));
	if (isFine) return undefined;
	const isOffered = offeredOptions(history.node, history.operation).has(odd.parameter);
	const isUser = odd.parameter === 'user' && history.operation !== 'getAll';
	return isUser || isOffered ? odd : undefined;
}

function historyOf(node: NodeName): fc.Arbitrary<History> {
	const services = node === 'offboardUser' ? SERVICE_NAMES : [node];
	const person =
		node === 'scim'
			? hasMoreNames
			: node === 'offboardUser' || canLookUp(node)
				? canBeNamed
				: byEmailOnly;
	const isOption = (chance: number) =>
		fc.constantFrom(...Array<undefined>(chance).fill(undefined), true);
	const failOrSucceed = fc.constantFrom(undefined, 'fail', 'succeed', 'succeed');
	return fc
		.record({
			node: fc.constant(node),
			services:
				node === 'offboardUser'
					? fc.subarray([...services], { minLength: 1 })
					: fc.constant(services),
			operation: fc.constantFrom(...operationsOf(node)),
			people: fc.array(personAt(services), { minLength: 1, maxLength: 4 }),
			items: fc.array(person, { minLength: 1, maxLength: 4 }),
			caller: fc.constantFrom<Caller[]>(...ALL, ...ALL, 'mayNotChange', 'mayNotSee'),
			onError: fc.constantFrom('continue', 'continue', 'continue', 'stop'),
			rounds: fc.constantFrom('one', 'one', 'one', 'each item', 'each item, after a wait'),
			tenants: fc.constantFrom(...(node === 'offboardUser' ? (['one'] as const) : TENANTS)),
			options: fc.record({
				dryRun: isOption(5),
				verify: isOption(2),
				endSessions: isOption(2),
				ifAlreadyDeactivated: failOrSucceed,
				ifNotFound: failOrSucceed,
				safetyLimit: fc.constantFrom(undefined, undefined, 1, 2, 0),
				maxRetries: fc.constantFrom(undefined, undefined, 0, 1, 3),
				parallelRequests: fc.constantFrom(undefined, 1),
				updateMethod: fc.constantFrom(undefined, undefined, undefined, 'patch', 'put'),
			}),
			listing: fc.record({
				returnAll: fc.boolean(),
				limit: fc.constantFrom(1, 2, 3, 50),
				states: fc.constantFrom<(readonly AccountState[])[]>(
					[],
					[],
					['active'],
					['deactivated'],
					['invited', 'locked'],
				),
			}),
			protectedUsers: fc.oneof(
				{ withCrossShrink: true },
				{ weight: 2, arbitrary: fc.constant([]) },
				{ weight: 1, arbitrary: fc.array(protectedUser, { minLength: 1, maxLength: 2 }) },
			),
			protectedAs: fc.constantFrom('text', 'list'),
			oddities: fc.oneof(
				{ withCrossShrink: true },
				{ weight: 1, arbitrary: fc.constant([]) },
				{ weight: 5, arbitrary: fc.array(metBy(services), { minLength: 1, maxLength: 3 }) },
			),
			seed: fc.nat(),
		})
		.map(arranged) as fc.Arbitrary<History>;
}

const ALL = ['all', 'all', 'all'] as const;
const TENANTS = ['one', 'one', 'one', 'one', 'one', 'two by expression'] as const;

function itemBy(by: fc.Arbitrary<Item['by']>): fc.Arbitrary<Item> {
	return fc.record({
		person: fc.oneof(
			{ withCrossShrink: true },
			{ weight: 12, arbitrary: fc.nat({ max: 3 }) },
			{ weight: 1, arbitrary: fc.constantFrom('nobody' as const, 'self' as const) },
		),
		by,
		form: fc.constantFrom('plain', 'plain', 'plain', 'upper case', 'NFD', 'zero-width space'),
		tenant: fc.constantFrom<Tenant[]>(0, 1),
		odd: fc.oneof(
			{ withCrossShrink: true },
			{ weight: 9, arbitrary: fc.constant(undefined) },
			{
				weight: 1,
				arbitrary: fc.record({
					parameter: fc.constantFrom(...ODD_PARAMETERS),
					value: fc.constantFrom(...(Object.keys(ODD_VALUES) as OddValue[])),
				}),
			},
		),
	}) as fc.Arbitrary<Item>;
}

const byEmailOnly = itemBy(fc.constant('email'));
const canBeNamed = itemBy(fc.constantFrom('email', 'email', 'id'));
const hasMoreNames = itemBy(
	fc.constantFrom('email', 'email', 'email', 'id', 'userName', 'externalId'),
);

const protectedUser: fc.Arbitrary<Protected> = fc.record({
	person: fc.nat({ max: 3 }),
	by: fc.constantFrom('email', 'email', 'email', 'id'),
	form: fc.constantFrom(...(Object.keys(FORMS) as Form[])),
});

function metBy(services: readonly ServiceName[]): fc.Arbitrary<Met> {
	const names = Object.entries(ODDITIES).flatMap(([name, { at, weight = 1 }]) =>
		at === undefined || at.some((service) => services.includes(service))
			? Array<string>(weight).fill(name)
			: [],
	);
	return fc.record({
		name: fc.constantFrom(...names),
		skip: fc.constantFrom(0, 0, 0, 0, 1, 2),
		times: fc.constantFrom(1, 1, 2, 5),
	});
}

function operationsOf(node: NodeName): Operation[] {
	const own = nodeOf(node).description.properties.find(({ name }) => name === 'operation');
	const offered = (own?.options ?? []).map((option) => 'value' in option && option.value);
	const all: Operation[] = [
		'deactivate',
		'deactivate',
		'deactivate',
		'reactivate',
		'get',
		'getAll',
	];
	return all.filter((operation) => offered.includes(operation));
}

/** Half of those who are protected by address, and named by ID, have accounts without one. */
function hidden({ protectedUsers, items, seed }: History, person: Person, number: number): Person {
	const isHidden =
		seed % 2 === 0 &&
		protectedUsers.some((entry) => entry.person === number && entry.by === 'email') &&
		items.some((item) => item.person === number && item.by === 'id');
	return isHidden ? { ...person, kind: 'withoutAddress' } : person;
}

/** Brings parts that were drawn one by one into agreement. */
function arranged(drawn: History): History {
	const history = drawn.oddities.reduce(
		(before, { name }) => ODDITIES[name]?.arrange?.(before) ?? before,
		drawn,
	);
	const { node, operation } = history;
	const people = history.people.map((person, number) => hidden(history, person, number));
	const personOf = (person: number) => person % people.length;
	const offered = offeredOptions(node, operation);
	const [service] = history.services;
	const hasSelf = node !== 'offboardUser' && SERVICES[node].ownId !== undefined;
	return {
		...history,
		people,
		caller: SERVICES[service ?? 'zitadel'].secrets[history.caller] ? history.caller : 'all',
		items: history.items.map((item) => ({
			...item,
			person:
				typeof item.person === 'number'
					? personOf(item.person)
					: item.person === 'self' && !hasSelf
						? 'nobody'
						: item.person,
			by: node === 'offboardUser' ? 'email' : item.person === 'self' && hasSelf ? 'id' : item.by,
			tenant: history.tenants === 'one' ? 0 : item.tenant,
			odd: oddOf(history, item),
		})),
		options: Object.fromEntries(
			Object.entries(history.options).filter(
				([name, value]) => offered.has(name) && value !== undefined,
			),
		),
		protectedUsers: offered.has('protectedUsers')
			? history.protectedUsers.map((entry) => ({ ...entry, person: personOf(entry.person) }))
			: [],
	};
}
