/** Characters of a service's text that fit into a message. */
const MAX_QUOTED = 2000;

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
