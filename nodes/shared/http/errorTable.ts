import { Failure, type FailureFacts, type Reason, type ServiceError } from '../model/failure';

/** One line of a service's table: an answer that fits all given fields has this reason. */
export interface ErrorRule {
	status?: number;
	/** The service's own error code. */
	code?: string | readonly string[];
	/** The service's exact message: only where it has no codes. */
	message?: string;
	reason: Reason;
	summary?: string;
	advice?: string;
	mayMean?: FailureFacts['mayMean'];
	/** Waiting doesn't help, although the status suggests it. */
	isFinal?: boolean;
}

/** What an answer means. */
export type Classification = Pick<
	ErrorRule,
	'reason' | 'summary' | 'advice' | 'mayMean' | 'isFinal'
>;

/** How a service words its refusals. */
export interface ErrorTable {
	/** Finds code, message and trace ID in the body of an error answer; `{}` if it is not the service's. */
	read(body: unknown, headers: Readonly<Record<string, unknown>>): ServiceError;
	rules: readonly ErrorRule[];
}

/** What a status means where the service's own table says nothing. */
const BY_STATUS: ReadonlyMap<number, Reason> = new Map([
	[401, 'unauthorized'],
	[403, 'forbidden'],
	[408, 'timeout'],
	[429, 'rateLimited'],
]);

/** What a 404 means that doesn't speak of an account. */
const WRONG_ADDRESS: Pick<ErrorRule, 'summary' | 'advice'> = {
	summary: 'The address in the credential has no such API',
	advice: "Check 'Base URL' in the credential.",
};

/** Where no account was asked for by ID, what is not found is the API itself or a list of it. */
export function aboutNobody(failure: Failure): Failure {
	return failure.reason === 'notFound'
		? failure.with(WRONG_ADDRESS, 'unexpectedResponse')
		: failure;
}

function fits(rule: ErrorRule, status: number, error: ServiceError): boolean {
	const codes = typeof rule.code === 'string' ? [rule.code] : rule.code;
	return (
		(rule.status === undefined || rule.status === status) &&
		(codes === undefined || (error.code !== undefined && codes.includes(error.code))) &&
		(rule.message === undefined || rule.message === error.message)
	);
}

/**
 * Tells why a service answered with a status other than 2xx. The service's own rules come first, in
 * their order; then the status. A 404 that the service did not write itself means a wrong address,
 * never a missing account: that would look like a finished offboarding.
 */
export function classify(table: ErrorTable, status: number, error: ServiceError): Classification {
	const rule = table.rules.find((candidate) => fits(candidate, status, error));
	if (rule) return rule;

	const reason = BY_STATUS.get(status);
	if (reason) return { reason };
	if (status >= 500) return { reason: 'unavailable' };
	if (status === 404) return { reason: 'unexpectedResponse', ...WRONG_ADDRESS };
	// A refusal counts only in the service's own form: a proxy may answer 4xx as well.
	return { reason: (error.code ?? error.message) ? 'refused' : 'unexpectedResponse' };
}
