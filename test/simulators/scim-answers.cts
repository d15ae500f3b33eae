import { Refusal, type Answer, type Violation } from './answers.cts';
import { SCIM_TYPE } from './scim-users.cts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** An answer in SCIM's media type. */
export function scimAnswer(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): Answer {
	return { status, headers: { 'content-type': SCIM_TYPE, ...headers }, body };
}

/** The error form of https://www.rfc-editor.org/rfc/rfc7644#section-3.12: the status is a text. */
export function failure(status: number, detail: string, scimType?: string): Answer {
	const type = scimType === undefined ? {} : { scimType };
	return scimAnswer(status, { schemas: [ERROR], status: String(status), ...type, detail });
}

/** The same, to be thrown. */
export function refusal(status: number, detail: string, scimType?: string): Refusal {
	return new Refusal(failure(status, detail, scimType));
}

/** A path that is not there is answered as a web server does: no error of SCIM. */
export function violationAnswer({ status, message }: Violation): Answer {
	if (status === 404) {
		return { status, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
	}
	return failure(status, message, status === 400 ? 'invalidSyntax' : undefined);
}

/** RFC 6585, section 4. */
export function limitedAnswer(seconds: number): Answer {
	const answer = failure(429, 'Too many requests');
	return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}
