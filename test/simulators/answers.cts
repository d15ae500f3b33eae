import type { ZodIssue } from 'zod';

/** What a simulator sends back. A string body goes out as it is, any other body as JSON. */
export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

/** Thrown to end a request with an answer that the service's documentation knows. */
export class Refusal extends Error {
	constructor(readonly answer: Answer) {
		super(`Refused with status ${answer.status}`);
	}
}

/** Thrown for a request that the documentation does not allow: recorded, and answered as an error. */
export class Violation extends Error {
	constructor(
		readonly status: 400 | 403 | 404 | 405 | 415,
		problem: string,
		readonly issues: readonly ZodIssue[] = [],
	) {
		super(problem);
	}
}
