import { Failure, type Effect } from '../model/failure';
import { quotable } from '../model/text';
import {
	BY_CODE,
	BY_NAME,
	NO_ANSWER,
	NO_TOKEN,
	OUT_OF_BOUNDS,
	TIMEOUT_CODES,
	type Explanation,
} from './networkErrors';
import type { FailedAttempt } from './retry';
import type { Redactor } from './secrets';

/** The parts of an error that n8n's request helpers reject with; any of them may be missing. */
interface Rejection {
	name?: unknown;
	message?: unknown;
	code?: unknown;
	httpCode?: unknown;
	cause?: unknown;
}

/** n8n wraps what it catches, its OAuth2 client once more. */
const MAX_DEPTH = 4;

/** An error and what caused it, outermost first. */
function chainOf(error: unknown, depth = 0): Rejection[] {
	if (typeof error !== 'object' || error === null || depth === MAX_DEPTH) return [];
	const rejection = error as Rejection;
	return [rejection, ...chainOf(rejection.cause, depth + 1)];
}

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * Explains why a request got no answer. Only codes and n8n's own sentence are taken from the
 * rejection: the rest of it holds the request and with it the credential.
 *
 * @param timeout milliseconds that were waited
 * @param lost the effect of a request that may have arrived
 */
export function toNetworkFailure(
	error: unknown,
	{ timeout, redactor, lost }: { timeout: number; redactor: Redactor; lost: Effect },
): FailedAttempt {
	const chain = chainOf(error);
	const codes = chain.flatMap(({ httpCode, code }) => [httpCode, code]).filter(isText);
	const isTimeout = codes.some((code) => TIMEOUT_CODES.has(code));
	const tokenRequest = chain.find(({ code }) => code === 'ERR_TOKEN_UNAVAILABLE');
	if (tokenRequest?.cause !== undefined && !isTimeout) {
		// Only a token was asked for, so nothing can have been changed.
		return toNetworkFailure(tokenRequest.cause, { timeout, redactor, lost: 'none' });
	}
	// The time limit of a token request is another one.
	if (isTimeout && !tokenRequest) return toAttempt(timedOut(timeout), lost, 'ETIMEDOUT');
	const code = codes.find((candidate) => BY_CODE.has(candidate));
	const explanation = code !== undefined && BY_CODE.get(code);
	if (explanation) return toAttempt(explanation, lost, code);

	const message = chain[0]?.message;
	const sentence = isText(message) ? quotable(redactor.text(message)) : '';
	const names = chain.map(({ name }) => name).filter(isText);
	const other = explainOther(names, codes, sentence);
	const said = sentence === '' ? '' : ` n8n says: ${sentence}`;
	const unknownCode = codes.find((candidate) => /^[A-Z][A-Z\d_]+$/.test(candidate));
	return toAttempt({ ...other, advice: `${other.advice}${said}` }, lost, unknownCode);
}

const timedOut = (timeout: number) =>
	({
		reason: 'timeout',
		summary: `The service did not answer within ${timeout / 1000} seconds`,
		advice: "Try again: repeating is safe. If it happens often, raise 'Timeout' under 'Options'.",
		isPassing: true,
	}) as const;

function toAttempt(
	{ reason, summary, advice, isUnsent, isPassing }: Explanation,
	lost: Effect,
	code?: string,
): FailedAttempt {
	const failure = new Failure(reason, {
		summary,
		advice,
		...(code !== undefined && { source: { kind: 'network', code } }),
		effect: isUnsent === true ? 'none' : lost,
	});
	return isPassing === true ? { failure, retry: {} } : { failure };
}

function explainOther(
	names: readonly string[],
	codes: readonly string[],
	sentence: string,
): Explanation {
	const name = names.find((candidate) => BY_NAME.has(candidate));
	const bySsrfProtection = name !== undefined && BY_NAME.get(name);
	if (bySsrfProtection) return bySsrfProtection;
	// The code is what older releases pass on of what the token endpoint said.
	if (codes.includes('EAUTH') || /access token|reconnected|not connected/i.test(sentence)) {
		return NO_TOKEN;
	}
	if (/credential.*(restricted|not allowed)|domain not allowed/i.test(sentence)) {
		return OUT_OF_BOUNDS;
	}
	return NO_ANSWER;
}
