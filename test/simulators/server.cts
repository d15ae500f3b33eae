import { once, setMaxListeners } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { findAccount, type AccountSnapshot } from './accounts.cts';
import { Refusal, Violation, type Answer } from './answers.cts';
import { deliveryOf, FaultQueue, type Delivery, type Fault, type FaultMatch } from './faults.cts';
import type { IncomingRequest, Route } from './routes.cts';
import { faultOf, type Weather } from './weather.cts';

/** What one service is like: all that its server does not share with the others. */
export interface Service {
	readonly name: string;
	/** Part of the base URL, for example `/api/v1`; empty for none. */
	readonly basePath: string;
	readonly routes: readonly Route[];
	/** Looks at every request before its path is read; throws a `Refusal` or a `Violation`. */
	readonly screen?: (request: IncomingRequest) => void;
	/** The service's own error form for a request that its documentation does not allow. */
	readonly violationAnswer: (violation: Violation, request: IncomingRequest) => Answer;
	/** The service's own form of 'too many requests'. */
	readonly limitedAnswer: (seconds: number) => Answer;
	/** Headers of every answer that is the service's own. */
	readonly answerHeaders?: () => Record<string, string>;
	/** Its `AccountStore`. */
	readonly store: { snapshots(): AccountSnapshot[]; reset(): void };
	/** Forgets all but accounts, if there is more. */
	readonly reset?: () => void;
}

/** How a simulator is started. */
export interface ServerOptions {
	/** How long every answer takes; 0 by default. */
	readonly latencyMs?: number;
	/** Whether it answers `exchange` alone: a socket for every request would cost more than all else. */
	readonly inProcess?: boolean;
}

/** A request that came in. Never holds headers or bodies: they carry secrets. */
export interface LoggedRequest {
	readonly method: string;
	readonly path: string;
	/** `null` as long as, or because, the client got no answer. */
	readonly status: number | null;
	readonly fault?: Fault['kind'];
	/** What the service itself said, if it came to that, whatever the client then got. */
	readonly handled?: number;
}

/** A request that the service's documentation does not allow, and why. */
interface LoggedViolation {
	readonly method: string;
	readonly path: string;
	readonly problem: string;
}

/** An answer as it goes out. */
export interface WireAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
}

type MutableEntry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

const HOST = '127.0.0.1';

/** In-process simulators have a host of their own as well; so many are never there at once. */
const [FIRST_PORT, PORTS] = [2000, 10_000];
let started = 0;

/** Starts one service's simulator on loopback. */
export async function startServer(
	service: Service,
	options: ServerOptions = {},
): Promise<Simulator> {
	const simulator = new Simulator(service, options);
	if (!options.inProcess) await simulator.listen();
	return simulator;
}

/** A running simulator: what it is told, and the truth to compare a client's claims with. */
export class Simulator {
	private readonly server: Server;
	private readonly faults = new FaultQueue();
	private readonly closing = new AbortController();
	private authority = `${HOST}:${FIRST_PORT + (started++ % PORTS)}`;
	private log: MutableEntry[] = [];
	private violationLog: LoggedViolation[] = [];
	private sky: Weather | undefined;
	/** How often the same request came, for the weather. */
	private seen = new Map<string, number>();

	constructor(
		private readonly service: Service,
		private readonly options: ServerOptions,
	) {
		// Every answer that still waits listens for the close: any number is right.
		setMaxListeners(0, this.closing.signal);
		this.server = createServer((message, response) => {
			// Rejects only when the connection is over or the simulator closes: nobody is left to tell.
			this.serve(message, response).catch(() => response.destroy());
		});
	}

	get name(): string {
		return this.service.name;
	}

	/** What goes into the credential. */
	get baseUrl(): string {
		return `http://${this.authority}${this.service.basePath}`;
	}

	/** In the order in which they came in. */
	get requests(): readonly LoggedRequest[] {
		return this.log.map((entry) => ({ ...entry }));
	}

	get violations(): readonly LoggedViolation[] {
		return [...this.violationLog];
	}

	/** The truth. */
	readonly accounts = () => this.service.store.snapshots();
	readonly account = (idOrEmail: string) => findAccount(this.accounts(), idOrEmail);

	/** Queues a fault for the next request (or requests) that it matches. */
	readonly next = (fault: Fault, match?: FaultMatch) => this.faults.add(fault, match);

	/** Bad weather from now on, for all requests that no queued fault hits. */
	weather(weather: Weather): void {
		this.sky = weather;
		this.seen.clear();
	}

	/** Back to the start: accounts, logs, issued tokens, queued faults, fair weather. */
	reset(): void {
		this.log = [];
		this.violationLog = [];
		this.faults.clear();
		this.sky = undefined;
		this.service.store.reset();
		this.service.reset?.();
	}

	async listen(): Promise<void> {
		this.server.listen(0, HOST);
		await once(this.server, 'listening');
		this.authority = `${HOST}:${(this.server.address() as AddressInfo).port}`;
	}

	/** The service's own answer to a request, without a socket and faults. */
	exchange(method: string, url: string, headers: IncomingHttpHeaders, body: string): WireAnswer {
		return wireAnswer(this.handle(this.record(method, url), url, headers, body));
	}

	/** Stops listening and ends open connections; a second call does nothing. */
	async close(): Promise<void> {
		this.closing.abort();
		await new Promise<void>((resolve) => {
			this.server.close(() => resolve());
			this.server.closeAllConnections();
		});
	}

	private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = '', url = '', headers } = message;
		const entry = this.record(method, url);
		const queued = this.faults.take(method, entry.path);

		const body = await text(message);
		const fault = queued ?? this.faultByChance(`${method} ${url} ${body}`);
		if (fault) entry.fault = fault.kind;
		const act = () => this.handle(entry, url, headers, body);
		const delivery = deliveryOf(fault, act, (seconds) => this.service.limitedAnswer(seconds));
		const { signal } = this.closing;
		const delayMs = (this.options.latencyMs ?? 0) + (delivery.delayMs ?? 0);
		if (delayMs > 0) await wait(delayMs, undefined, { signal });
		if (!response.destroyed) entry.status = await deliver(response, delivery, signal);
	}

	private record(method: string, url: string): MutableEntry {
		const [path = ''] = url.split('?');
		const entry: MutableEntry = { method, path, status: null };
		this.log.push(entry);
		return entry;
	}

	private faultByChance(request: string): Fault | undefined {
		if (!this.sky) return undefined;
		const nth = this.seen.get(request) ?? 0;
		this.seen.set(request, nth + 1);
		return faultOf(this.sky, request, nth);
	}

	private handle(
		entry: MutableEntry,
		url: string,
		headers: IncomingHttpHeaders,
		body: string,
	): Answer {
		const { method, path } = entry;
		const { authority } = this;
		const query = new URLSearchParams(url.slice(path.length));
		const report = (problem: string) => void this.violationLog.push({ method, path, problem });
		const answer = this.answer({ method, path, query, headers, body, authority, report });
		entry.handled = answer.status;
		return { ...answer, headers: { ...this.service.answerHeaders?.(), ...answer.headers } };
	}

	/** Synchronous, so that requests act one after the other in the order in which they came in. */
	private answer(request: IncomingRequest): Answer {
		try {
			this.service.screen?.(request);
			return this.dispatch(request);
		} catch (error) {
			if (error instanceof Refusal) return error.answer;
			if (error instanceof Violation) {
				request.report(error.message);
				return this.service.violationAnswer(error, request);
			}
			// A fault of the simulator itself must be seen by the test that meets it.
			const problem = `simulator failed: ${String(error)}`;
			request.report(problem);
			return { status: 500, body: { message: problem } };
		}
	}

	private dispatch(request: IncomingRequest): Answer {
		const { basePath, routes } = this.service;
		const path = request.path.startsWith(basePath) ? request.path.slice(basePath.length) : '';
		const fitting = routes.flatMap((route) => {
			const params = route.match(path);
			return params ? [{ route, params }] : [];
		});
		if (fitting.length === 0) throw new Violation(404, 'path: not documented below the base URL');
		const hit = fitting.find(({ route }) => route.method === request.method);
		if (!hit) throw new Violation(405, 'method: not documented for this path');
		return hit.route.respond(request, hit.params);
	}
}

/** Sends what the delivery says and returns the status that the client saw, if any. */
async function deliver(
	response: ServerResponse,
	{ answer, cut, dripMs }: Delivery,
	signal: AbortSignal,
): Promise<number | null> {
	if (cut === 'all' || answer === undefined) {
		response.destroy();
		return null;
	}
	const { headers, text: content } = wireAnswer(answer);
	if (cut === 'half') {
		// An answer without a body is cut too: the client must not see it as complete.
		const whole = Buffer.from(content === '' ? '{}' : content);
		const status = answer.status === 204 ? 200 : answer.status;
		response.writeHead(status, { ...headers, 'content-length': whole.length });
		response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
		return status;
	}
	response.statusCode = answer.status;
	response.setHeaders(new Map(Object.entries(headers)));
	if (dripMs !== undefined) await drip(response, Buffer.from(content), dripMs, signal);
	response.end(dripMs === undefined ? content : undefined);
	return answer.status;
}

/** Byte by byte, evenly, until all is sent or nobody listens any more. */
async function drip(response: ServerResponse, body: Buffer, ms: number, signal: AbortSignal) {
	response.flushHeaders();
	for (const byte of body) {
		await wait(ms / body.length, undefined, { signal });
		if (response.destroyed) return;
		response.write(Buffer.of(byte));
	}
}

function wireAnswer({ status, headers, body }: Answer): WireAnswer {
	const content = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
	const type = content === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
	return { status, headers: { ...type, ...headers }, text: content };
}
