import type { IncomingHttpHeaders } from 'node:http';
import { z, type ZodType, type ZodTypeAny, type ZodTypeDef } from 'zod';
import { Violation, type Answer } from './answers.cts';

/** A request as it came in, before anything about it was checked. */
export interface IncomingRequest {
	readonly method: string;
	/** As sent, without the query. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** Host and port that the simulator itself answers to. */
	readonly authority: string;
	/** Records a violation although the service answers such a request all the same. */
	readonly report: (problem: string) => void;
}

type Schema<Value> = ZodType<Value, ZodTypeDef, unknown>;

/** Reads the body as a route allows it, or throws a `Violation`. */
export type BodyRule<Body> = (request: IncomingRequest) => Body;

/** What a request may carry beyond its path: nothing, unless told. */
interface Rules<Params, Query, Body> {
	/** The placeholders of the path. */
	readonly params?: Schema<Params>;
	readonly query?: Schema<Query>;
	readonly body?: BodyRule<Body>;
}

/** What a route's handler gets: everything already checked against the route's rules. */
export interface Call<Caller, Params, Query, Body> {
	readonly caller: Caller;
	readonly params: Params;
	readonly query: Query;
	readonly body: Body;
	/** See `IncomingRequest`. */
	readonly report: (problem: string) => void;
}

/** A route as the server uses it. */
export interface Route {
	readonly method: string;
	/** The placeholders' values if the path below the base URL fits, else `undefined`. */
	readonly match: (path: string) => Record<string, string> | undefined;
	readonly respond: (request: IncomingRequest, params: Record<string, string>) => Answer;
}

/** No fields at all. */
export const NO_FIELDS = z.strictObject({});

/** Makes a service's routes; the first that fits wins. `authenticate` runs before all other checks. */
export function routesFor<Caller>(authenticate: (request: IncomingRequest) => Caller) {
	return <Params = unknown, Query = unknown, Body = unknown>(
		line: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`,
		handle: (call: Call<Caller, Params, Query, Body>) => Answer,
		rules: Rules<Params, Query, Body> = {},
	): Route => {
		const [method = '', path = ''] = line.split(' ');
		const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
		const { params, query, body } = { params: NO_FIELDS, query: NO_FIELDS, body: noBody, ...rules };
		return {
			method,
			match: (actual) => {
				const fit = pattern.exec(actual);
				return fit ? decoded(fit.groups ?? {}) : undefined;
			},
			respond: (request, values) =>
				handle({
					caller: authenticate(request),
					params: parse(params as Schema<Params>, values, 'path'),
					query: parse(query as Schema<Query>, singleValues(request.query), 'query'),
					body: (body as BodyRule<Body>)(request),
					report: request.report,
				}),
		};
	};
}

function decoded(values: Record<string, string>): Record<string, string> {
	const decode = (text: string): string => {
		try {
			return decodeURIComponent(text);
		} catch {
			throw new Violation(400, 'path: not valid URL encoding');
		}
	};
	const plain = Object.entries(values).map(([name, text]) => [name, decode(text)] as const);
	if (plain.some(([, text]) => text === '.' || text === '..')) {
		throw new Violation(400, 'path: has a segment that leads elsewhere');
	}
	return Object.fromEntries(plain);
}

/** Body rule: no body may be sent. */
export const noBody: BodyRule<null> = (request) => {
	if (request.body !== '') throw new Violation(400, 'body: this request takes no body');
	return null;
};

/** Body rule: a JSON body of this form, sent as one of these types. */
export function jsonBody<S extends ZodTypeAny>(
	schema: S,
	types: readonly string[] = ['application/json'],
): BodyRule<z.output<S>> {
	return (request) => {
		requireContentType(request, ...types);
		return parse(schema, parseJson(request.body), 'body');
	};
}

/** Body rule: nothing at all, or a JSON body of this form. */
export function optionalJsonBody<S extends ZodTypeAny>(schema: S): BodyRule<z.output<S> | null> {
	const present = jsonBody(schema);
	return (request) => (request.body === '' ? null : present(request));
}

/** Body rule: form fields of this form, each at most once. */
export function formBody<S extends ZodTypeAny>(schema: S): BodyRule<z.output<S>> {
	return (request) => {
		requireContentType(request, 'application/x-www-form-urlencoded');
		return parse(schema, singleValues(new URLSearchParams(request.body)), 'body');
	};
}

/** The token of an `Authorization: Bearer …` header, if that is what was sent. */
export function bearerToken(request: IncomingRequest): string | undefined {
	return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
}

/** Throws a `Violation` for a body of another type. */
export function requireContentType(request: IncomingRequest, ...wanted: string[]): void {
	const [actual = ''] = (request.headers['content-type'] ?? '').split(';');
	if (!wanted.includes(actual.trim().toLowerCase())) {
		throw new Violation(415, `content-type: must be ${wanted.join(' or ')}`);
	}
}

/** Reads a JSON body's text, or throws a `Violation`. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Violation(400, text === '' ? 'body: missing' : 'body: not valid JSON');
	}
}

function singleValues(values: URLSearchParams): Record<string, string> {
	for (const name of values.keys()) {
		if (values.getAll(name).length > 1) throw new Violation(400, `${name}: sent more than once`);
	}
	return Object.fromEntries(values);
}

function parse<Value>(schema: Schema<Value>, value: unknown, where: string): Value {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const problems = result.error.issues.map(
		(issue) => `${[where, ...issue.path].join('.')}: ${issue.message}`,
	);
	throw new Violation(400, problems.join('; '), result.error.issues);
}
