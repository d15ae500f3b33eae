import { isDeepStrictEqual } from 'node:util';

import type {
	AccountSnapshot,
	AccountState,
	ScimHabits,
	ScimSimulator,
	ZitadelSimulator,
} from '../simulators/index.cts';
import { exchange, type WireAnswer, type WireRequest } from './inProcess.cts';
import type { Person } from './people.cts';
import {
	purposeOf,
	SERVICES,
	type Purpose,
	type ServiceName,
	type Simulator,
} from './services.cts';

/** Which of two tenants of a service. */
export type Tenant = 0 | 1;

type States = ReadonlyMap<string, AccountState>;
type Attributes = ReadonlyMap<string, unknown>;

/** What a request did to an account. */
export interface AccountChange {
	readonly id: string;
	readonly from: AccountState | undefined;
	readonly to: AccountState | undefined;
}

/** One request of the node, and what is true after it. */
export interface Event {
	readonly service: ServiceName;
	readonly tenant: Tenant;
	readonly purpose: Purpose;
	readonly request: WireRequest;
	/** What came between the node and the service. */
	oddity?: string;
	/** What the node got: a status, or why there was no answer. */
	got?: number | string;
	/** Whether what the node got is what the service itself answered. */
	isGenuine: boolean;
	/** What this request changed. */
	changes: readonly AccountChange[];
	endedSessions: readonly string[];
	states: States;
}

/** A running simulator, and what was true at first. */
interface Place {
	readonly service: ServiceName;
	readonly tenant: Tenant;
	readonly simulator: Simulator;
	readonly accounts: readonly AccountSnapshot[];
	readonly initial: States;
	readonly attributes: Attributes;
}

/** An account at a service. */
interface Whom {
	readonly service: ServiceName;
	readonly tenant: Tenant;
	readonly id: string;
}

/** The services of one history, with all that is true of them: the state, and how it came about. */
export class World {
	readonly events: Event[] = [];
	/** Requests to a host that no simulator has. */
	readonly strays: WireRequest[] = [];
	private readonly habits: Record<Tenant, ScimHabits> = { 0: {}, 1: {} };

	private constructor(private readonly places: readonly Place[]) {}

	static async start(
		services: readonly ServiceName[],
		tenants: readonly Tenant[],
		people: readonly Person[],
	): Promise<World> {
		const places = services.flatMap((service) =>
			tenants.map(async (tenant): Promise<Place> => {
				const simulator = await SERVICES[service].start(peopleAt(service, people));
				return {
					service,
					tenant,
					simulator,
					accounts: simulator.accounts(),
					initial: statesOf(simulator),
					attributes: attributesOf(simulator),
				};
			}),
		);
		return new World(await Promise.all(places));
	}

	baseUrl(service: ServiceName, tenant: Tenant): string {
		return this.place(service, tenant).simulator.baseUrl;
	}

	/** Who was there before the run. */
	accounts(service: ServiceName, tenant: Tenant): readonly AccountSnapshot[] {
		return this.place(service, tenant).accounts;
	}

	/** The same, and who came in the course of the run: an invitation makes an account. */
	everybody(service: ServiceName, tenant: Tenant): readonly AccountSnapshot[] {
		const { accounts, simulator } = this.place(service, tenant);
		const known = new Set(accounts.map(({ id }) => id));
		return [...accounts, ...simulator.accounts().filter(({ id }) => !known.has(id))];
	}

	/** The service and tenant that a URL leads to. */
	at(url: string): { service: ServiceName; tenant: Tenant } | undefined {
		const { host } = new URL(url);
		return this.places.find(({ simulator }) => new URL(simulator.baseUrl).host === host);
	}

	/** Begins to record a request; who answers it is up to the caller. */
	record(request: WireRequest, service: ServiceName, tenant: Tenant): Event {
		const event: Event = {
			service,
			tenant,
			request,
			purpose: purposeOf(service, request.method, new URL(request.url).pathname),
			isGenuine: true,
			changes: [],
			endedSessions: [],
			states: statesOf(this.place(service, tenant).simulator),
		};
		this.events.push(event);
		return event;
	}

	/** Lets the service carry a request out, and notes what that changed. */
	carryOut(event: Event, request: WireRequest): WireAnswer {
		const { simulator } = this.place(event.service, event.tenant);
		const [before, open] = [statesOf(simulator), openSessions(simulator)];
		const answer = exchange(simulator, request);
		event.states = statesOf(simulator);
		event.changes = [...event.changes, ...changesFrom(before, event.states)];
		const stillOpen = new Set(openSessions(simulator));
		event.endedSessions = [...event.endedSessions, ...open.filter((id) => !stillOpen.has(id))];
		return answer;
	}

	/** Gives a SCIM server one more habit. */
	behave(tenant: Tenant, habit: ScimHabits): void {
		const { simulator } = this.place('scim', tenant);
		this.habits[tenant] = { ...this.habits[tenant], ...habit };
		(simulator as ScimSimulator).behave(this.habits[tenant]);
	}

	/** Somebody else does the same, at the same time. */
	bySomebodyElse(service: ServiceName, tenant: Tenant, request: WireRequest): void {
		exchange(this.place(service, tenant).simulator, request);
	}

	/** All states that an account had from the beginning of the run to its end. */
	statesEver(service: ServiceName, tenant: Tenant, id: string): Set<AccountState | undefined> {
		const { initial, simulator } = this.place(service, tenant);
		return new Set([
			initial.get(id),
			...this.eventsAt(service, tenant).map(({ states }) => states.get(id)),
			statesOf(simulator).get(id),
		]);
	}

	state(service: ServiceName, tenant: Tenant, id: string): AccountState | undefined {
		return statesOf(this.place(service, tenant).simulator).get(id);
	}

	eventsAt(service: ServiceName, tenant: Tenant): Event[] {
		return this.events.filter((event) => event.service === service && event.tenant === tenant);
	}

	/** Whom the run changed, one by one. */
	changes(): Whom[] {
		return this.events.flatMap(({ service, tenant, changes }) =>
			changes.map(({ id }) => ({ service, tenant, id })),
		);
	}

	/** Whose sessions the run ended, one by one. */
	endings(): Whom[] {
		return this.events.flatMap(({ service, tenant, endedSessions }) =>
			this.sessions(service, tenant)
				.filter(({ id }) => endedSessions.includes(id))
				.map(({ userId }) => ({ service, tenant, id: userId })),
		);
	}

	/** Users of SCIM of whom the run changed more than their state. */
	spoiled(): string[] {
		return this.places.flatMap(({ simulator, attributes }) => {
			const now = attributesOf(simulator);
			return [...attributes.keys()].filter(
				(id) => !isDeepStrictEqual(attributes.get(id), now.get(id)),
			);
		});
	}

	/** All sessions of all people. */
	sessions(service: ServiceName, tenant: Tenant) {
		return sessionsOf(this.place(service, tenant).simulator);
	}

	private place(service: ServiceName, tenant: Tenant): Place {
		const place = this.places.find((one) => one.service === service && one.tenant === tenant);
		if (!place) throw new Error(`${service} is not part of this history`);
		return place;
	}
}

/** Those who are not there keep their number, so that IDs stay the same. */
export function peopleAt(service: ServiceName, people: readonly Person[]): Person[] {
	return people.map((person, number) =>
		person.absentAt.includes(service)
			? { ...person, kind: 'plain', email: `absent.${number}@example.net` }
			: person,
	);
}

function statesOf(simulator: Simulator): States {
	return new Map(simulator.accounts().map(({ id, state }) => [id, state]));
}

/** All that SCIM shows of its users, but for their state. */
function attributesOf(simulator: Simulator): Attributes {
	if (simulator.name !== 'scim') return new Map();
	const { attributesOf: attributesAt } = simulator as ScimSimulator;
	return new Map(
		simulator
			.accounts()
			.map(({ id }) => [id, JSON.parse(JSON.stringify(attributesAt(id))) as unknown]),
	);
}

function changesFrom(before: States, after: States): AccountChange[] {
	return [...new Set([...before.keys(), ...after.keys()])]
		.map((id) => ({ id, from: before.get(id), to: after.get(id) }))
		.filter(({ from, to }) => from !== to);
}

function sessionsOf(simulator: Simulator) {
	return simulator.name === 'zitadel' ? (simulator as ZitadelSimulator).sessions() : [];
}

function openSessions(simulator: Simulator): string[] {
	return sessionsOf(simulator).flatMap(({ id, ended }) => (ended ? [] : [id]));
}
