import { Refusal, type Answer, type Violation } from './answers.cts';

type GrpcCode = 3 | 5 | 7 | 8 | 9 | 12 | 16;

/** HTTP status of each code. https://zitadel.com/docs/apis/statuscodes */
const STATUS: Record<GrpcCode, number> = {
	3: 400,
	5: 404,
	7: 403,
	8: 429,
	9: 400,
	12: 405,
	16: 401,
};

/** Of a request that is not documented. */
const CODE_OF_STATUS: Readonly<Record<number, GrpcCode>> = { 403: 7, 404: 5, 405: 12 };

/** The form of REST (reference, section 5); without an id, an error from outside ZITADEL's code. */
function failure(code: GrpcCode, message: string, id?: string): Answer {
	const detail = { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message };
	const body =
		id === undefined
			? { code, message }
			: { code, message: `${message} (${id})`, details: [detail] };
	return { status: STATUS[code], body };
}

export function refusal(code: GrpcCode, message: string, id?: string): Refusal {
	return new Refusal(failure(code, message, id));
}

export function violationAnswer({ status, message }: Violation): Answer {
	return failure(CODE_OF_STATUS[status] ?? 3, message);
}

/** No header says how long to wait: section 7. */
export function limitedAnswer(): Answer {
	return failure(8, 'too many requests');
}
