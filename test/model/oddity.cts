import type { WireAnswer, WireRequest } from './inProcess.cts';
import type { History } from './history.cts';
import type { Purpose, ServiceName } from './services.cts';
import type { Tenant, World } from './world.cts';

/** What the node gets in place of an answer: an error of its HTTP client, or nothing at all. */
export type NoAnswer = { readonly code: string; readonly message: string } | 'silence';

/** A request that meets an oddity. */
export interface Meeting {
	readonly service: ServiceName;
	readonly tenant: Tenant;
	readonly purpose: Purpose;
	readonly request: WireRequest;
	readonly world: World;
	/** How many requests met the same oddity before. */
	readonly nth: number;
	/** Lets the service carry it out, or another request in its place. */
	forward(request?: WireRequest): Promise<WireAnswer>;
}

/** One way in which an answer is not what it should be. */
export interface Oddity {
	/** All services unless told. */
	readonly at?: readonly ServiceName[];
	/** The requests that meet it; all unless told. */
	readonly on?: readonly Purpose[];
	/** How often it is drawn, compared with the others; 1 unless told. */
	readonly weight?: number;
	/** Whether it is what the service is like, and not an accident: all requests meet it. */
	readonly lasting?: true;
	/** Whether what is shown is true all the same. */
	readonly isTrue?: true;
	/** Whether the run has to end as if it were not there. */
	readonly harmless?: true;
	/** Brings the history into a form in which the oddity can be met. */
	readonly arrange?: (history: History) => History;
	/** Nothing if this request does not meet it after all. */
	readonly meet: (meeting: Meeting) => Promise<WireAnswer | NoAnswer | undefined>;
}

/** The history with something to change. */
export function acting(history: History): History {
	const operation = history.operation === 'reactivate' ? 'reactivate' : 'deactivate';
	return { ...history, operation, options: { ...history.options, dryRun: undefined } };
}

/** The history with somebody to deactivate. */
export function deactivating(history: History): History {
	return { ...acting(history), operation: 'deactivate' };
}

/** An answer in JSON. */
export function json(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): WireAnswer {
	const text = JSON.stringify(body);
	return { status, headers: { 'content-type': 'application/json', ...headers }, text };
}

/** An answer that the service gave, with another body. */
export function withBody(answer: WireAnswer, body: unknown): WireAnswer {
	return { ...answer, text: JSON.stringify(body) };
}

/** The body of an answer, where it is an object or an array. */
export function bodyOf(answer: WireAnswer): Record<string, unknown> {
	const body: unknown = answer.text === '' ? {} : JSON.parse(answer.text);
	return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

/** The same request with another JSON body. */
export function asking(request: WireRequest, body: unknown): WireRequest {
	return { ...request, body: JSON.stringify(body) };
}

/** The ID in the path, behind `users`. */
export function idIn({ url }: WireRequest): string {
	return decodeURIComponent(/\/users\/([^/?]+)/i.exec(new URL(url).pathname)?.[1] ?? '');
}
