import { Refusal } from './answers.cts';
import type { Answer, Violation } from './answers.cts';

/** Ends a request with a documented code: https://docs.aitronos.com/docs/api-reference/error-codes */
export function refusal(
	status: number,
	code: string,
	message: string,
	details?: Record<string, unknown>,
): Refusal {
	return new Refusal(failure(status, code, message, details));
}

/** The error envelope: section 6. */
function failure(
	status: number,
	code: string,
	message: string,
	details?: Record<string, unknown>,
): Answer {
	return {
		status,
		body: {
			success: false,
			error: {
				code,
				message,
				system_message: message,
				type: 'client_error',
				status,
				...(details ? { details } : {}),
				trace_id: `trace-${code.toLowerCase()}`,
				timestamp: new Date().toISOString(),
			},
		},
	};
}

/** The framework itself answers for paths and methods, in its own form: section 6. */
export function violationAnswer({ status, message }: Violation): Answer {
	return status === 404 || status === 405
		? { status, body: { detail: message } }
		: failure(422, 'VALIDATION_ERROR', message);
}

/** 429 carries `Retry-After`; the code is not documented: section 6. */
export function limitedAnswer(seconds: number): Answer {
	return {
		...failure(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests'),
		headers: { 'retry-after': String(seconds) },
	};
}
