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
