import type { Answer, Violation } from './answers.cts';

/** The error form of https://developers.awork.com/error-handling. */
export function failure(
	status: number,
	code: string,
	description: string,
	traceId: string,
	validationErrors: readonly { property: string; message: string }[] | null = null,
): Answer {
	const link = 'https://developers.awork.com/error-handling';
	return {
		status,
		body: { code, description, link, traceId, details: null, validationErrors },
	};
}

/** A request that is not documented, in the same form. */
export function violationAnswer({ status, message, issues }: Violation, traceId: string): Answer {
	if (status === 404) return failure(404, 'not-found', message, traceId);
	const errors = issues.map((issue) => ({
		property: issue.path.join('.'),
		message: issue.message,
	}));
	return failure(status, 'validation-failed', message, traceId, errors);
}

/** With awork's own headers and no `Retry-After`: https://developers.awork.com/rate-limits */
export function limitedAnswer(seconds: number, traceId: string): Answer {
	return {
		...failure(429, 'rate-limit', 'Too many requests.', traceId),
		headers: {
			'ratelimit-limit': '50',
			'ratelimit-remaining': '0',
			'ratelimit-reset': String(seconds),
			'x-ratelimit-limit-second': '50',
			'x-ratelimit-remaining-second': '0',
		},
	};
}
