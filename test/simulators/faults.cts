import type { Answer } from './answers.cts';

/** What can go wrong between a client and a service. Only the kinds that say so act first. */
export type Fault =
	/** This answer instead of the service's own; with `acts`, the change is made all the same. */
	| {
			readonly kind: 'status';
			readonly status: number;
			readonly body?: unknown;
			readonly headers?: Readonly<Record<string, string>>;
			readonly acts?: boolean;
	  }
	/** A page for people, as a proxy or a sign-in wall sends it. */
	| { readonly kind: 'html'; readonly acts?: boolean }
	/** Acts and answers, but calls its JSON plain text. */
	| { readonly kind: 'mislabelled' }
	/** Acts, then sends the answer byte by byte for so long: the line is never silent. */
	| { readonly kind: 'drip'; readonly ms: number }
	/** The service's own refusal for too many requests. */
	| { readonly kind: 'limited'; readonly seconds: number }
	/** Acts, then sends half of the answer's body and cuts the connection. */
	| { readonly kind: 'truncated' }
	/** Cuts the connection without acting. */
	| { readonly kind: 'cutBefore' }
	/** Acts, then cuts the connection without an answer. */
	| { readonly kind: 'cutAfter' }
	/** Acts at once and answers late: to a client that gives up, the change has still happened. */
	| { readonly kind: 'delay'; readonly ms: number }
	/** Sends the client elsewhere, with 307 so that a careless one takes method and body along. */
	| { readonly kind: 'redirect'; readonly location: string };

/** Which requests a fault hits: by default the very next one, whatever it asks. */
export interface FaultMatch {
	readonly method?: string;
	/** Tested against the path as sent, without the query. */
	readonly path?: RegExp;
	/** How many matching requests are hit; 1 by default. */
	readonly times?: number;
}

/** How an answer goes out: whole, half or not at all, and how long after the request. */
export interface Delivery {
	readonly answer?: Answer;
	readonly cut?: 'half' | 'all';
	readonly delayMs?: number;
	/** How long the body takes, byte by byte. */
	readonly dripMs?: number;
}

const HTML_PAGE =
	'<!doctype html><html lang="en"><title>Sign in</title><h1>Please sign in</h1></html>';

/** Runs the service's own handling (`act`) or not, and bends its answer as the fault says. */
export function deliveryOf(
	fault: Fault | undefined,
	act: () => Answer,
	refuse: (seconds: number) => Answer,
): Delivery {
	switch (fault?.kind) {
		case undefined:
			return { answer: act() };
		case 'status':
			if (fault.acts) act();
			return { answer: { status: fault.status, headers: fault.headers ?? {}, body: fault.body } };
		case 'html':
			if (fault.acts) act();
			return {
				answer: {
					status: 200,
					headers: { 'content-type': 'text/html; charset=utf-8' },
					body: HTML_PAGE,
				},
			};
		case 'truncated':
			return { answer: act(), cut: 'half' };
		case 'cutBefore':
			return { cut: 'all' };
		case 'cutAfter':
			act();
			return { cut: 'all' };
		case 'delay':
			return { answer: act(), delayMs: fault.ms };
		case 'mislabelled': {
			const answer = act();
			return {
				answer: { ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } },
			};
		}
		case 'drip':
			return { answer: act(), dripMs: fault.ms };
		case 'limited':
			return { answer: refuse(fault.seconds) };
		case 'redirect':
			return { answer: { status: 307, headers: { location: fault.location } } };
	}
}

/** Faults that wait for their requests, first come first served, one per request. */
export class FaultQueue {
	private queue: Array<{ readonly fault: Fault; readonly match: FaultMatch; left: number }> = [];

	add(fault: Fault, match: FaultMatch = {}): void {
		this.queue.push({ fault, match, left: match.times ?? 1 });
	}

	take(method: string, path: string): Fault | undefined {
		const hit = this.queue.find(
			({ match }) => (match.method ?? method) === method && (match.path?.test(path) ?? true),
		);
		if (!hit) return undefined;
		hit.left -= 1;
		if (hit.left <= 0) this.queue = this.queue.filter((queued) => queued !== hit);
		return hit.fault;
	}

	clear(): void {
		this.queue = [];
	}
}
