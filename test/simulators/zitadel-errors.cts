import { Refusal } from './answers.cts';
import type { Answer, Violation } from './answers.cts';

/** The three documented forms of an error body (reference, section 5). */
export type ErrorForm = 'details' | 'detail' | 'none';

type GrpcCode = 2 | 3 | 5 | 7 | 8 | 9 | 12 | 16;

/** HTTP status and name of each code. https://zitadel.com/docs/apis/statuscodes */
const GRPC: Record<GrpcCode, { readonly status: number; readonly name: string }> = {
	2: { status: 500, name: 'unknown' },
	3: { status: 400, name: 'invalid_argument' },
	5: { status: 404, name: 'not_found' },
	7: { status: 403, name: 'permission_denied' },
	8: { status: 429, name: 'resource_exhausted' },
	9: { status: 400, name: 'failed_precondition' },
	12: { status: 405, name: 'unimplemented' },
	16: { status: 401, name: 'unauthenticated' },
};

const VIOLATION_CODES: Record<Violation['status'], GrpcCode> = {
	400: 3,
	403: 7,
	404: 5,
	405: 12,
	413: 3,
	415: 3,
};

/** One instance's errors. */
export interface GrpcErrors {
	/** Without an id for an error that comes from outside ZITADEL's own code. */
	readonly refusal: (code: GrpcCode, message: string, id?: string) => Refusal;
	readonly violationAnswer: (violation: Violation) => Answer;
	/** No header says how long to wait: section 7. */
	readonly limitedAnswer: () => Answer;
}

/** Makes ZITADEL's errors, all in the one form that the instance uses. */
export function grpcErrors(form: ErrorForm): GrpcErrors {
	const failure = (code: GrpcCode, message: string, id?: string): Answer => ({
		status: GRPC[code].status,
		body: errorBody(form, code, message, id),
	});
	return {
		refusal: (code, message, id) => new Refusal(failure(code, message, id)),
		violationAnswer: ({ status, message }) => failure(VIOLATION_CODES[status], message),
		limitedAnswer: () => failure(8, 'too many requests'),
	};
}

function errorBody(
	form: ErrorForm,
	code: GrpcCode,
	message: string,
	id: string | undefined,
): Record<string, unknown> {
	if (id === undefined) return { code, message };
	const shown = `${message} (${id})`;
	const detail = { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message };
	switch (form) {
		case 'details':
			return { code, message: shown, details: [detail] };
		case 'detail':
			return { code: GRPC[code].name, message: shown, detail };
		case 'none':
			return { code, message: shown };
	}
}
