/** Characters of a service's text that fit into a message. */
const MAX_QUOTED = 2000;

/** Characters of a service's text that a model gets to read. */
const MAX_FOR_MODEL = 300;

/** Characters of an answer that a record keeps. */
const MAX_RESPONSE = 64 * 1024;

/** A service's text as a message can quote it: plain, on one line, and not too long. */
export function quotable(text: string): string {
	const plain = text
		.slice(0, 4 * MAX_QUOTED)
		.replace(/<[!/a-z][^>]*(>|$)/gi, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return plain.length > MAX_QUOTED ? `${plain.slice(0, MAX_QUOTED)}…` : plain;
}

/** The body of an answer for a record, or a note that it was too long. */
export function storable<T>(body: T, json: string): T | string {
	return json.length <= MAX_RESPONSE ? body : `(response of ${json.length} characters left out)`;
}

/**
 * One thing, two things, or more of them: `a`, `a and b`, `a, b and c`. Not by `Intl.ListFormat`, whose
 * first use takes a fifth of the time in which the whole package loads.
 */
export function listed(texts: readonly string[], and = ' and '): string {
	const last = texts.at(-1) ?? '';
	return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')}${and}${last}`;
}

/** A value with every text in it cut to what a model gets to read, names of fields included. */
export function forModel<T>(value: T): T;
export function forModel(value: unknown): unknown {
	if (typeof value === 'string') {
		return value.length > MAX_FOR_MODEL ? `${value.slice(0, MAX_FOR_MODEL)}…` : value;
	}
	if (Array.isArray(value)) return value.map((entry: unknown) => forModel(entry));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [forModel(name), forModel<unknown>(entry)]),
	);
}
