import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { createLimiter } from '../../test/simulators/rate-limit.cts';
import type { Limiter, RateLimit } from '../../test/simulators/rate-limit.cts';
import { chance } from '../../test/simulators/weather.cts';
import type { Verdict } from './turns.cts';

/** The addresses of the people of a benchmark, with an asterisk for their number. */
export const ADDRESS_PATTERN = 'person.*@example.org';
export const API_KEY = 'bench-key';

export const addressesOf = (users: number): string[] =>
	Array.from({ length: users }, (_, number) => ADDRESS_PATTERN.replace('*', String(number)));

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

/** Whether an item says that the account is deactivated; if unknowable, the answer to that got lost. */
export type Says = (item: unknown, email: string, isUnknowable: boolean) => boolean;

const DEACTIVATE = `POST /user-management/v1/deactivate-user Bearer ${API_KEY}`;
/** The look-up of Langdock's Billing API, for which the key has no scope. */
const LOOK_UP = 'GET /billing/v1/';

/**
 * A service like Langdock's, for one side in one round. It takes as little of the machine as it can,
 * so that the sides are measured and not it: the simulator checks and logs more.
 */
export class BenchService {
	private readonly active: Set<string>;
	private readonly violations: string[] = [];
	/** Those who were deactivated by a request that got no answer. */
	private readonly unanswered = new Set<string>();
	/** How often each account was asked for. */
	private readonly asked = new Map<string, number>();
	private readonly limiter: Limiter | undefined;
	/** Requests to deactivate somebody. */
	private requests = 0;
	private arrived = 0;
	private arrivedBeyond = 0;
	private underWay = 0;

	private constructor(
		private readonly users: number,
		private readonly conditions: Conditions,
	) {
		this.active = new Set(addressesOf(users));
		this.limiter = conditions.rateLimit && createLimiter(conditions.rateLimit, Date.now());
	}

	static async start(users: number, conditions: Conditions) {
		const service = new BenchService(users, conditions);
		const server = createServer((message, response) => {
			// Rejects only if the client is gone.
			service.serve(message, response).catch(() => response.destroy());
		});
		// HTTP Request opens a connection for each item at once: none must have to wait to be accepted.
		const address = { host: '127.0.0.1', port: 0, backlog: 4096 };
		await new Promise<void>((resolve) => server.listen(address, resolve));
		const { port } = server.address() as AddressInfo;
		return { service, baseUrl: `http://127.0.0.1:${port}` };
	}

	/**
	 * Holds what a side says against what the service knows. Where nothing can go wrong, each account
	 * must also have been deactivated by one request.
	 */
	judge(says: Says, items: readonly unknown[]): Verdict {
		const { users, active, unanswered, violations, requests, conditions } = this;
		const isDone = (email: string, index: number) =>
			says(items[index], email, unanswered.has(email));
		const addresses = addressesOf(users);
		const done = addresses.filter(isDone);
		const failed = addresses.findIndex((email, index) => !isDone(email, index));
		const wrong = done.filter((email) => active.has(email));
		const isReliable = conditions.rateLimit === undefined && conditions.faultSeed === undefined;
		const problems = [
			items.length !== users && `${items.length} items came out instead of ${users}`,
			wrong.length > 0 && `${wrong.length} accounts, such as ${wrong[0]}, are not deactivated`,
			violations.length > 0 && `${violations.length} requests were wrong: ${violations[0]}`,
			isReliable && failed >= 0 && `one is not done: ${JSON.stringify(items[failed])}`,
			isReliable && requests !== users && `it sent ${requests} requests`,
		];
		const shareBeyond = this.arrivedBeyond / Math.max(1, this.arrived);
		return { problems, done: done.length, requests, shareBeyond };
	}

	private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method, url, headers } = message;
		const { latencyMs, knee = Infinity } = this.conditions;
		const body = await text(message);
		this.underWay++;
		this.arrived++;
		if (this.underWay > 1.5 * knee) this.arrivedBeyond++;
		const delayMs = latencyMs * Math.max(1, this.underWay / knee) ** 2;
		const status = this.statusFor(`${method} ${url} ${headers.authorization}`, body);
		await wait(delayMs);
		this.underWay--;
		if (status === undefined) {
			response.destroy();
			return;
		}
		const answer = { ...(status === 200 && { status: 'success' }), message: MESSAGES[status] };
		if (status === 429) response.setHeader('retry-after', '1');
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
	}

	/** Acts at once; the answer is sent later, or the connection is cut if there is none. */
	private statusFor(request: string, body: string): keyof typeof MESSAGES | undefined {
		if (request.startsWith(LOOK_UP)) return 403;
		this.requests++;
		const email = /^\{"email":"([^"\\]+)"\}$/.exec(body)?.[1];
		if (request !== DEACTIVATE || email === undefined) {
			this.violations.push(`${request}, body ${body.slice(0, 200)}`);
			return 400;
		}
		if (this.limiter?.(Date.now()) !== undefined) return 429;
		const nth = this.asked.get(email) ?? 0;
		this.asked.set(email, nth + 1);
		const fault = faultAt(this.conditions.faultSeed, email, nth);
		if (fault === 'unavailable') return 503;
		if (fault === 'cutBefore') return undefined;
		// Who is deactivated already is no active member any more: nobody is deactivated twice.
		const isActive = this.active.delete(email);
		if (fault === undefined) return isActive ? 200 : 404;
		if (isActive) this.unanswered.add(email);
		return undefined;
	}
}

const MESSAGES = {
	200: 'User deactivated',
	400: 'Bad request',
	403: 'Forbidden',
	404: 'User not found or not an active member',
	429: 'Too many requests',
	503: 'Service unavailable',
};

/**
 * The fault that a request meets, if any: 5 % are answered with 503, and of 2 % the connection is
 * cut, half of them before and half after the account was deactivated. It depends on the account and
 * on how often it was asked for before, never on the order of arrival: all sides meet the same.
 */
function faultAt(seed: number | undefined, email: string, nth: number) {
	if (seed === undefined) return undefined;
	const drawn = chance(`${seed} ${nth} ${email}`);
	if (drawn < 0.05) return 'unavailable';
	if (drawn < 0.06) return 'cutBefore';
	return drawn < 0.07 ? 'cutAfter' : undefined;
}

/**
 * The longest sum of waits, in milliseconds, that the faults make necessary for one account: before
 * its retries a node waits 0.5 s, 1 s, 2 s and so on. Computed, and from numbers of its own, so that
 * a node that waits longer does not look better.
 */
export function necessaryWaitMs(seed: number, users: number): number {
	const waits = addressesOf(users).map((email) => {
		let faults = 0;
		while (faultAt(seed, email, faults) !== undefined) faults++;
		return 500 * (2 ** faults - 1);
	});
	return Math.max(...waits);
}
