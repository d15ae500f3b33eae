import type { Answer, Violation } from './answers.cts';

/** The flat envelope of section 4. */
export function failure(
	status: number,
	message: string,
	more: Record<string, unknown> = {},
): Answer {
	return { status, body: { message, ...more } };
}

/**
 * A body of the wrong form is answered as the invite endpoint documents it (section 2), a path that
 * is not there as a web server does: no message of the API.
 */
export function violationAnswer({ status, message, issues }: Violation): Answer {
	if (status === 404)
		return { status, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
	return issues.length > 0
		? failure(status, 'Invalid request body', { errors: issues })
		: failure(status, message);
}

/** Not documented: section 4. */
export function limitedAnswer(seconds: number): Answer {
	return { ...failure(429, 'Too many requests'), headers: { 'retry-after': String(seconds) } };
}
