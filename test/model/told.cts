import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ODDITIES, type History, type Item } from './history.cts';
import { FORMS, NOBODY, sameAddress } from './people.cts';
import { nameIn, type Run } from './run.cts';
import { canLookUp, scimId, SERVICES, type ServiceName } from './services.cts';
import type { Tenant } from './world.cts';

/** What a run says about one item at one service. */
export interface Told {
	readonly index: number;
	readonly item: Item;
	readonly service: ServiceName;
	/** The accounts that the item names. */
	readonly ids: readonly string[];
	/** A record, if it says that it succeeded. */
	readonly record?: IDataObject;
	/** Else why not, in its own words. */
	readonly reason?: string;
	readonly text?: string;
	/** Whether it says that nothing was changed. */
	readonly deniesChange: boolean;
}

type Said = Pick<Told, 'record' | 'reason' | 'text' | 'deniesChange'>;

/** What came out for an item, by output. */
export interface Output {
	readonly branch: number;
	readonly item: INodeExecutionData;
}

/** All that came out, by position in the history; -1 for what belongs to no item. */
export function outputsOf({ rounds }: Run): Map<number, Output[]> {
	const outputs = new Map<number, Output[]>();
	for (const round of rounds) {
		for (const [branch, items] of (round.outputs ?? []).entries()) {
			for (const item of items) {
				const { pairedItem } = item;
				const paired =
					typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : pairedItem;
				const index = typeof paired === 'number' ? (round.items[paired] ?? -1) : -1;
				outputs.set(index, [...(outputs.get(index) ?? []), { branch, item }]);
			}
		}
	}
	return outputs;
}

/** All that a run says, service by service. */
export function allTold(run: Run): Told[] {
	const { history, rounds } = run;
	const told = (index: number, service: ServiceName | undefined, said: Said): Told[] => {
		const item = history.items[index];
		if (!item || !service) return [];
		return [{ ...said, index, item, service, ids: targetsOf(run, item, service) }];
	};
	const put = [...outputsOf(run)].flatMap(([index, outputs]) =>
		outputs.flatMap(({ item: { json } }) => {
			// An account that Get Many lists is no word about the item.
			if (history.operation === 'getAll' && json.error === undefined) return [];
			return history.node === 'offboardUser'
				? entriesOf(json).flatMap((one) => told(index, one.service as ServiceName, saidBy(one)))
				: told(index, history.node, saidBy(json));
		}),
	);
	const thrown = rounds.flatMap(({ items, error }) =>
		error === undefined
			? []
			: told(
					items[failedItem(error)] ?? -1,
					history.node === 'offboardUser' ? undefined : history.node,
					failed(undefined, wordsOf(error)),
				),
	);
	return [...put, ...thrown];
}

/** What Offboard User says of a person at each service; one cause for all is said once. */
function entriesOf(json: IDataObject): IDataObject[] {
	const { services, summary, description } = (json.details ?? json) as IDataObject;
	return (services as IDataObject[]).map((one) =>
		'reason' in one ? { message: summary, description, ...one } : one,
	);
}

/** Which item of its round an error is about. */
export function failedItem(error: unknown): number {
	return (error as { context?: { itemIndex?: number } }).context?.itemIndex ?? 0;
}

/** What an error says to people. */
export function wordsOf(error: unknown): string {
	const { message, description } = error as { message?: string; description?: string };
	return `${message} ${description}`;
}

function saidBy(json: IDataObject): Said {
	const details = (json.details ?? json) as IDataObject;
	if (typeof json.outcome === 'string' && details.reason === undefined) {
		return { record: json, deniesChange: json.changed === false && json.warning === undefined };
	}
	const text = [json.error, json.message, details.message, details.description].join(' ');
	return failed(details.reason as string | undefined, text, details);
}

/** Reasons that say by themselves that nothing was done. */
const WITHOUT_CHANGE = /^(invalidInput|protectedUser|safetyLimit|notFound|ambiguousUser)$/;

const DENIAL = /nothing was (changed|sent|done)/gi;
const ADMISSION = /not known|may have been|was changed|the outcome is|already done in this run/i;

function failed(
	reason: string | undefined,
	text: string,
	{ changed, outcome }: IDataObject = {},
): Said {
	const admits =
		changed === true ||
		changed === 'unknown' ||
		typeof outcome === 'string' ||
		ADMISSION.test(text.replace(DENIAL, ''));
	const denies = changed === false || text.search(DENIAL) >= 0 || WITHOUT_CHANGE.test(reason ?? '');
	return { ...(reason !== undefined && { reason }), text, deniesChange: denies && !admits };
}

/** Whom an item names: the IDs of all accounts that have this address or ID. */
export function targetsOf({ history, world }: Run, item: Item, service: ServiceName): string[] {
	const { by, person, tenant } = item;
	// Only accounts of SCIM have other names, each its own.
	const isNamed = by === 'userName' || by === 'externalId';
	const value =
		isNamed && typeof person === 'number' ? scimId(person) : nameIn(history, item).value;
	return world
		.everybody(service, tenant)
		.filter(({ id, email }) =>
			by === 'email' ? sameAddress(email, plainAddress(history, item)) : id === value,
		)
		.map(({ id }) => id);
}

/** Positions of the items that name an account. */
export function itemsAbout(run: Run, service: ServiceName, tenant: Tenant, id: string): number[] {
	return run.history.items.flatMap((item, index) =>
		item.tenant === tenant && targetsOf(run, item, service).includes(id) ? [index] : [],
	);
}

/** The address that an item means, without what somebody's keyboard added. */
function plainAddress({ people }: History, { person }: Item): string {
	return typeof person === 'number' ? (people[person]?.email ?? NOBODY) : NOBODY;
}

/** Whether the credential is shown this account in lists. */
export function isSeen({ history }: Run, service: ServiceName, id: string): boolean {
	if (history.caller === 'mayNotSee' && SERVICES[service].secrets.mayNotSee) return false;
	return !(service === 'zitadel' && personWith(history, service, id)?.kind === 'unreadable');
}

/** Whether the credential is shown everybody. */
export function seesAll({ history, met }: Run, service: ServiceName): boolean {
	const isLimited = met.includes('own teams only') && service === 'awork';
	return !isLimited && !(history.caller === 'mayNotSee' && SERVICES[service].secrets.mayNotSee);
}

/** The person behind an ID; whoever is absent has their ID to somebody else. */
export function personWith({ people }: History, service: ServiceName, id: string) {
	return people.find(
		(person, number) =>
			!person.absentAt.includes(service) && SERVICES[service].idOf(number, person) === id,
	);
}

/** Whether somebody must not be touched, by anything that HR knows of them. */
export function isProtected(history: History, service: ServiceName, id: string): boolean {
	const { protectedUsers, people, services, operation } = history;
	// The other operations have the option, too, so that it is kept, and don't apply it.
	if (operation !== 'deactivate') return false;
	const target = personWith(history, service, id);
	return protectedUsers.some(({ person, by }) => {
		const known = people[person];
		if (!known) return false;
		// An ID in the list is one of the first service, and an address where that has none.
		const isId = by === 'id' && services[0] !== undefined && canLookUp(services[0]);
		return isId
			? service === services[0] && SERVICES[service].idOf(person, known) === id
			: sameAddress(target?.email ?? null, known.email);
	});
}

/** Whether the address that an item gives is in the list itself. */
export function isNameProtected({ protectedUsers, people }: History, { person }: Item): boolean {
	const email = typeof person === 'number' ? (people[person]?.email ?? null) : null;
	return protectedUsers.some((entry) => sameAddress(people[entry.person]?.email ?? null, email));
}

/** Whether what the item calls somebody is what the services store, but for case. */
export function isPlainlyNamed({ form }: Item): boolean {
	return form === 'plain' || form === 'upper case';
}

/** Whether every entry of Protected Users is written plainly. */
export function isPlainlyProtected({ protectedUsers, people }: History): boolean {
	return protectedUsers.every(({ person, form }) => {
		const email = people[person]?.email ?? '';
		return FORMS[form](email).toLowerCase() === email.toLowerCase();
	});
}

/** Whether nothing odd was met but what must not matter. */
export function isHarmless({ met }: Run): boolean {
	return met.every((name) => ODDITIES[name]?.harmless === true);
}

/**
 * Whether a list hid somebody in a way that nobody can notice: it gave their row to another one, or
 * had an entry of nobody in the place of one that moved.
 */
export function hidesForGood({ met }: Pick<Run, 'met'>): boolean {
	const hasMet = (...names: string[]) => names.every((name) => met.includes(name));
	return hasMet('address of somebody else') || hasMet('rows that shift', 'odd row');
}
