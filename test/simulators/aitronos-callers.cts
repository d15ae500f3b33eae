import { Refusal, Violation, type Answer } from './answers.cts';
import { bearerToken, type IncomingRequest } from './routes.cts';
import { SEED } from './seed.cts';

/** Whoever holds a credential of the organization. */
export interface Caller {
	/** Admin, or has the capability for it. */
	readonly mayManage: boolean;
	/** Whose token it is; a key belongs to nobody. */
	readonly userId?: string;
}

const { secrets, accounts } = SEED.aitronos;

const CALLERS_BY_KEY = new Map<string, Caller>([
	[secrets.valid, { mayManage: true }],
	[secrets.withoutPermission, { mayManage: false }],
]);
const CALLERS_BY_TOKEN = new Map<string, Caller>([
	[secrets.validToken, { mayManage: true, userId: accounts.lastAdmin.userId }],
]);

/** One of two schemes. The vendor lets the key win over the token; a client must not rely on it. */
export function authenticate(request: IncomingRequest): Caller {
	const key = request.headers['x-api-key'];
	if (key !== undefined && request.headers.authorization !== undefined) {
		throw new Violation(400, 'headers: send either X-API-Key or Authorization, not both');
	}
	if (typeof key === 'string') {
		const caller = CALLERS_BY_KEY.get(key);
		if (caller) return caller;
		throw refusal(401, 'INVALID_API_KEY', 'The API key is not valid');
	}
	if (request.headers.authorization === undefined) {
		throw refusal(401, 'AUTHENTICATION_REQUIRED', 'Authentication is required');
	}
	const token = bearerToken(request) ?? '';
	const caller = CALLERS_BY_TOKEN.get(token);
	if (caller) return caller;
	const code = token === secrets.expiredToken ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID';
	throw refusal(401, code, 'The token is not valid');
}

/**
 * Ends a request in the service's error envelope (section 6) with a documented code:
 * https://docs.aitronos.com/docs/api-reference/error-codes
 */
export function refusal(status: number, code: string, message: string, details?: object): Refusal {
	const error = {
		code,
		message,
		system_message: message,
		type: 'client_error',
		status,
		...(details && { details }),
		trace_id: `trace-${code.toLowerCase()}`,
		timestamp: new Date().toISOString(),
	};
	return new Refusal({ status, body: { success: false, error } });
}

/** The framework itself answers for paths and methods, in its own form: section 6. */
export function violationAnswer({ status, message }: Violation): Answer {
	return status === 404 || status === 405
		? { status, body: { detail: message } }
		: refusal(422, 'VALIDATION_ERROR', message).answer;
}

/** 429 carries `Retry-After`; the code is not documented: section 6. */
export function limitedAnswer(seconds: number): Answer {
	const { answer } = refusal(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests');
	return { ...answer, headers: { 'retry-after': String(seconds) } };
}
