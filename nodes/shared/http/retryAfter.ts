/** From here on a number is a point in time, in seconds since 1970, not a duration. */
const EPOCH_SECONDS = 1_000_000_000;

/** A shorter wait is none: a service that says zero would get all attempts in one moment. */
const MIN_WAIT = 100;

/**
 * How long a service asks to wait, from the headers of its answer: `Retry-After` in both its forms
 * (RFC 9110, 10.2.3), `RateLimit-Reset` (seconds: IETF draft, awork), `X-RateLimit-Reset` (seconds,
 * or the moment in seconds since 1970).
 *
 * @param now milliseconds since 1970, for an answer that has no `Date`
 * @returns milliseconds; undefined if there is no such header, none that can be read, or no wait
 */
export function readRetryAfter(
	headers: Readonly<Record<string, unknown>>,
	now: number,
): number | undefined {
	// The service's own clock decides, where it tells the time: ours may differ.
	const today = dateOf(headers.date) ?? now;
	const asked =
		waitOf(headers['retry-after'], today) ??
		waitOf(headers['ratelimit-reset'], today) ??
		waitOf(headers['x-ratelimit-reset'], today);
	return asked !== undefined && asked >= MIN_WAIT ? asked : undefined;
}

function waitOf(header: unknown, today: number): number | undefined {
	const text = textOf(header);
	if (text === undefined) return undefined;
	if (/^\d{1,12}(\.\d+)?$/.test(text)) {
		const seconds = Number(text);
		return seconds < EPOCH_SECONDS ? seconds * 1000 : Math.max(0, seconds * 1000 - today);
	}
	const moment = dateOf(text);
	return moment === undefined ? undefined : Math.max(0, moment - today);
}

/** Three letters of a weekday begin every form of an HTTP date (RFC 9110, 5.6.7). */
function dateOf(header: unknown): number | undefined {
	const text = textOf(header);
	if (text === undefined || !/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
	// The oldest form does not say that it is in UTC; without that it would be read as local time.
	const moment = Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`);
	return Number.isNaN(moment) ? undefined : moment;
}

function textOf(header: unknown): string | undefined {
	const first: unknown = Array.isArray(header) ? header[0] : header;
	return typeof first === 'string' ? first.trim() : undefined;
}
