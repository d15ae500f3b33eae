import { deliveryOf } from '../../test/simulators/faults.cts';
import type { Delivery, Fault } from '../../test/simulators/faults.cts';
import type { Answer } from '../../test/simulators/answers.cts';
import { createLimiter } from '../../test/simulators/rate-limit.cts';
import type { Limiter, RateLimit } from '../../test/simulators/rate-limit.cts';
import { chance } from '../../test/simulators/weather.cts';

/** The addresses of the people of a benchmark, with an asterisk for their number. */
export const ADDRESS_PATTERN = 'person.*@example.org';

/** The address of a person, numbered from 0. */
export function addressOf(number: number): string {
	return ADDRESS_PATTERN.replace('*', String(number));
}

/** The key that every request has to bring along. */
export const API_KEY = 'bench-key';

/** What a service is like while a side takes its turn. */
export interface Conditions {
	/** How long each answer takes. */
	readonly latencyMs: number;
	readonly rateLimit?: RateLimit;
	/** Faults by chance, the same ones for each side. */
	readonly faultSeed?: number;
	/** With more requests under way than these, an answer's time grows with the square of their number. */
	readonly knee?: number;
}

/** A request as it came in. */
export interface PlaceRequest {
	readonly method: string;
	/** Below the place's own address. */
	readonly path: string;
	readonly authorization: string;
	readonly body: string;
}

/** The accounts that one side works on in one round: nobody else's requests can reach them. */
export class Place {
	readonly deactivated = new Set<string>();
	/** What is wrong with requests that nobody should send. */
	readonly violations: string[] = [];
	/** Those who were deactivated by a request that got no answer. */
	readonly unanswered = new Set<string>();
	/** Requests to deactivate somebody. */
	requests = 0;
	private arrived = 0;
	private arrivedBeyond = 0;
	private underWay = 0;
	private readonly active: Set<string>;
	/** How often each account was asked for. */
	private readonly asked = new Map<string, number>();
	private readonly limiter: Limiter | undefined;

	/** @param now milliseconds; from then on the rate limit counts */
	constructor(
		readonly baseUrl: string,
		readonly users: number,
		private readonly conditions: Conditions,
		now: number,
	) {
		this.active = new Set(Array.from({ length: users }, (_, number) => addressOf(number)));
		this.limiter = conditions.rateLimit && createLimiter(conditions.rateLimit, now);
	}

	/** Whether no request fails here that is as it should be. */
	get isReliable(): boolean {
		return this.limiter === undefined && this.conditions.faultSeed === undefined;
	}

	/** The share of requests that came in while, with them, more than 1.5 times the knee were under way. */
	get shareBeyond(): number {
		return this.arrivedBeyond / Math.max(1, this.arrived);
	}

	/** A request comes in. Returns how many milliseconds its answer takes; then it must `leave`. */
	enter(): number {
		const { latencyMs, knee = Infinity } = this.conditions;
		this.underWay++;
		this.arrived++;
		if (this.underWay > 1.5 * knee) this.arrivedBeyond++;
		return latencyMs * Math.max(1, this.underWay / knee) ** 2;
	}

	leave(): void {
		this.underWay--;
	}

	/** Acts at once; the answer is to be sent later. */
	receive(request: PlaceRequest, now: number): Delivery {
		if (isLookUp(request)) return { answer: NO_SCOPE };
		this.requests++;
		const email = this.addressIn(request);
		if (typeof email !== 'string') return { answer: email };
		if (this.limiter?.(now) !== undefined) return { answer: TOO_MANY };
		const fault = this.nextFault(email);
		if (fault?.kind === 'cutAfter' && this.active.has(email)) this.unanswered.add(email);
		return deliveryOf(fault, {
			act: () => this.deactivate(email),
			refuse: () => TOO_MANY,
		});
	}

	private nextFault(email: string): Fault | undefined {
		const { faultSeed } = this.conditions;
		if (faultSeed === undefined) return undefined;
		const nth = this.asked.get(email) ?? 0;
		this.asked.set(email, nth + 1);
		return faultAt(faultSeed, email, nth);
	}

	private addressIn({ method, path, authorization, body }: PlaceRequest): string | Answer {
		if (method !== 'POST') return this.violation(405, `method ${method}`);
		if (path !== '/user-management/v1/deactivate-user') return this.violation(404, `path ${path}`);
		if (authorization !== `Bearer ${API_KEY}`) return this.violation(401, 'another key');
		const email = /^\{"email":"([^"\\]+)"\}$/.exec(body)?.[1];
		return email ?? this.violation(400, `body ${body.slice(0, 200)}`);
	}

	private violation(status: number, problem: string): Answer {
		this.violations.push(problem);
		return { status, body: { message: problem } };
	}

	/** Who is deactivated already is no active member any more: nobody is deactivated twice. */
	private deactivate(email: string): Answer {
		if (!this.active.delete(email)) {
			return { status: 404, body: { message: 'User not found or not an active member' } };
		}
		this.deactivated.add(email);
		return { status: 200, body: { status: 'success', message: 'User deactivated' } };
	}
}

const UNAVAILABLE = 0.05;
const CUT = 0.02;

/**
 * The fault that a request meets, if any: 5 % are answered with 503, and of 2 % the connection is
 * cut, half of them before and half after the account was deactivated. It depends on the account and
 * on how often it was asked for before, never on the order of arrival: all sides meet the same.
 */
function faultAt(seed: number, email: string, nth: number): Fault | undefined {
	const drawn = chance(`${seed} ${nth} ${email}`);
	if (drawn < UNAVAILABLE) return { kind: 'status', status: 503 };
	if (drawn < UNAVAILABLE + CUT / 2) return { kind: 'cutBefore' };
	if (drawn < UNAVAILABLE + CUT) return { kind: 'cutAfter' };
	return undefined;
}

/**
 * The longest sum of waits, in milliseconds, that the faults make necessary for one account: before
 * its retries a node waits 0.5 s, 1 s, 2 s and so on. Computed, and from numbers of its own, so that
 * a node that waits longer does not look better.
 */
export function necessaryWaitMs(seed: number, users: number): number {
	const waits = Array.from({ length: users }, (_, number) => {
		let wait = 0;
		for (let nth = 0; faultAt(seed, addressOf(number), nth) !== undefined; nth++) {
			wait += 500 * 2 ** nth;
		}
		return wait;
	});
	return Math.max(...waits);
}

/** The look-up of Langdock's Billing API, for which the key has no scope. */
const isLookUp = ({ method, path }: PlaceRequest): boolean =>
	method === 'GET' && path.startsWith('/billing/v1/');
const NO_SCOPE: Answer = { status: 403, body: { message: 'Forbidden' } };

const TOO_MANY: Answer = {
	status: 429,
	headers: { 'retry-after': '1' },
	body: { message: 'Too many requests' },
};
