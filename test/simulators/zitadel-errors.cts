import { Refusal, type Answer, type Violation } from './answers.cts';
import type { Switchboard } from './switches.cts';

/**
 * The forms of an error body (reference, section 5): `details` (array, by default) and `detail`
 * (object) and `none` are those of REST, `connect` is that of Connect, `slug` that of v5.
 */
export type ErrorForm = 'details' | 'detail' | 'none' | 'connect' | 'slug';

/** How an instance shows errors. */
export interface ErrorRules {
	readonly errorForm?: ErrorForm;
	/** Ids of errors with code 9 are those of another version: nobody knows them. */
	readonly unknownErrorIds?: boolean;
}

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

/** Of a request that is not documented. */
const CODE_OF_STATUS: Readonly<Record<number, GrpcCode>> = { 403: 7, 404: 5, 405: 12 };

/** One instance's errors. */
export interface GrpcErrors {
	/** Without an id for an error that comes from outside ZITADEL's own code. */
	readonly refusal: (code: GrpcCode, message: string, id?: string) => Refusal;
	readonly violationAnswer: (violation: Violation) => Answer;
	/** No header says how long to wait: section 7. */
	readonly limitedAnswer: () => Answer;
}

/** Makes ZITADEL's errors in the form that the instance uses now. */
export function grpcErrors(switches: Switchboard<ErrorRules>): GrpcErrors {
	const failure = (code: GrpcCode, message: string, id?: string): Answer => ({
		status: GRPC[code].status,
		body: errorBody(switches.current, code, message, id),
	});
	return {
		refusal: (code, message, id) => new Refusal(failure(code, message, id)),
		violationAnswer: ({ status, message }) => failure(CODE_OF_STATUS[status] ?? 3, message),
		limitedAnswer: () => failure(8, 'too many requests'),
	};
}

function errorBody(
	{ errorForm = 'details', unknownErrorIds = false }: ErrorRules,
	code: GrpcCode,
	message: string,
	documentedId: string | undefined,
): Record<string, unknown> {
	const { name } = GRPC[code];
	if (documentedId === undefined) return { code: errorForm === 'connect' ? name : code, message };
	const id = unknownErrorIds && code === 9 ? 'COMMAND-Zz9unkn0wn' : documentedId;
	const shown = `${message} (${id})`;
	const detail = { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message };
	switch (errorForm) {
		case 'details':
			return { code, message: shown, details: [detail] };
		case 'detail':
			return { code: name, message: shown, detail };
		case 'none':
			return { code, message: shown };
		case 'connect':
			return {
				code: name,
				message: shown,
				details: [{ type: 'zitadel.v1.ErrorDetail', value: '', debug: { id, message } }],
			};
		case 'slug': {
			const slug = message.toLowerCase().replace(/\W+/g, '_');
			const type = 'type.googleapis.com/zitadel.error.v2.ErrorDetail';
			return { code, message, details: [{ '@type': type, slug }] };
		}
	}
}
