import type { VirtualClock } from './clock.cts';
import { ODDITIES, type History, type Met } from './history.cts';
import type { WireAnswer, WireRequest } from './inProcess.cts';
import type { Meeting, NoAnswer, Oddity } from './oddity.cts';
import { SERVICES } from './services.cts';
import type { Tenant, World } from './world.cts';

/** So many requests are far too many: nothing is answered any more. */
const MAX_REQUESTS = 300;

/** Milliseconds that an answer takes at most. */
const LATENCY = 40;

/** The secret of a history's caller; each tenant has one of its own. */
export function secretOf(
	{ caller }: History,
	service: keyof typeof SERVICES,
	tenant: Tenant,
): string {
	const { secrets } = SERVICES[service];
	const secret = secrets[caller] ?? secrets.all;
	return tenant === 0 ? secret : `${secret}-of-the-other`;
}

/** An oddity of the history that a request can meet. */
type Fitting = Met & { readonly oddity: Oddity; readonly index: number };

/** What lies between the node and the services: time, and the oddities of the history. */
export class Wire {
	/** How many requests could have met each oddity, and how many did. */
	private readonly tries = new Map<number, number>();
	private readonly meetings = new Map<number, number>();
	/** Names of the oddities that were met. */
	readonly met: string[] = [];

	constructor(
		private readonly history: History,
		private readonly world: World,
		private readonly clock: VirtualClock,
	) {}

	async send(request: WireRequest): Promise<WireAnswer | NoAnswer> {
		await this.clock.wait(this.clock.chance() * LATENCY);
		const place = this.world.at(request.url);
		if (!place) {
			this.world.strays.push(request);
			return { code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND' };
		}
		if (this.world.events.length >= MAX_REQUESTS)
			return { code: 'ECONNREFUSED', message: 'Enough' };
		const { service, tenant } = place;
		const event = this.world.record(request, service, tenant);
		const met = (name: string) => {
			this.met.push(name);
			event.oddity = name;
			event.isGenuine &&= ODDITIES[name]?.isTrue === true;
		};
		const meeting = { ...event, world: this.world, nth: 0 };
		const carryOut = async (other = request) =>
			await Promise.resolve(this.world.carryOut(event, this.asKnownTo(other, service, tenant)));
		// What the service is like comes first, and on the way back accidents happen.
		const forward = async (other = request) =>
			(await this.likeness({ ...meeting, request: other, forward: carryOut }, met)) ??
			(await carryOut(other));
		const answer = (await this.accident({ ...meeting, forward }, met)) ?? (await forward());
		event.got = answer === 'silence' ? answer : 'status' in answer ? answer.status : answer.code;
		await this.clock.wait(this.clock.chance() * LATENCY);
		return answer;
	}

	/** What the first lasting oddity makes of the request, if it meets it. */
	private async likeness(
		meeting: Meeting,
		met: (name: string) => void,
	): Promise<WireAnswer | undefined> {
		const [lasting] = this.fitting(meeting).filter(({ oddity }) => oddity.lasting);
		const answer = lasting && (await this.meet(lasting, meeting, met));
		return answer !== undefined && answer !== 'silence' && 'status' in answer ? answer : undefined;
	}

	/** What the first other oddity whose turn it is makes of it. */
	private async accident(
		meeting: Meeting,
		met: (name: string) => void,
	): Promise<WireAnswer | NoAnswer | undefined> {
		for (const one of this.fitting(meeting).filter(({ oddity }) => !oddity.lasting)) {
			const tries = this.tries.get(one.index) ?? 0;
			this.tries.set(one.index, tries + 1);
			if (tries < one.skip || tries >= one.skip + one.times) continue;
			const answer = await this.meet(one, meeting, met);
			if (answer) return answer;
		}
		return undefined;
	}

	private async meet(
		{ oddity, index, name }: Fitting,
		meeting: Meeting,
		met: (name: string) => void,
	): Promise<WireAnswer | NoAnswer | undefined> {
		const nth = this.meetings.get(index) ?? 0;
		const answer = await oddity.meet({ ...meeting, nth });
		if (!answer) return undefined;
		this.meetings.set(index, nth + 1);
		met(name);
		return answer;
	}

	private fitting({ service, purpose }: Meeting): Fitting[] {
		return this.history.oddities.flatMap((one, index) => {
			const oddity = ODDITIES[one.name];
			const fits =
				oddity && (oddity.at?.includes(service) ?? true) && (oddity.on?.includes(purpose) ?? true);
			return fits ? [{ ...one, oddity, index }] : [];
		});
	}

	/** The simulators of both tenants know the same secret: here only that of the tenant is good. */
	private asKnownTo(
		request: WireRequest,
		service: keyof typeof SERVICES,
		tenant: Tenant,
	): WireRequest {
		const [own, other] = [tenant, (1 - tenant) as Tenant].map((one) =>
			secretOf(this.history, service, one as Tenant),
		);
		const known = secretOf(this.history, service, 0);
		const headers = Object.entries(request.headers).map(([name, value]) => {
			const [scheme = '', secret] = value.startsWith('Bearer ')
				? ['Bearer ', value.slice(7)]
				: ['', value];
			if (secret === own) return [name, `${scheme}${known}`];
			return [name, secret === other ? `${scheme}of-another-tenant` : value];
		});
		return { ...request, headers: Object.fromEntries(headers) as Record<string, string> };
	}
}
