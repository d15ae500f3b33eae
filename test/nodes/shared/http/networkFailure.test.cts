import { toNetworkFailure } from '../../../../nodes/shared/http/networkFailure';
import { createRedactor } from '../../../../nodes/shared/http/secrets';

const redactor = createRedactor(['sk-secret']);

/** What is made of a rejection of a request that changes something. */
function explain(error: unknown) {
	const { failure, retry } = toNetworkFailure(error, {
		timeout: 30_000,
		redactor,
		lost: 'possible',
	});
	const { reason, effect, facts } = failure;
	return { reason, effect, facts, isRetried: retry !== undefined };
}

const unavailableToken = (cause?: object) => ({ code: 'ERR_TOKEN_UNAVAILABLE', cause });

describe('toNetworkFailure', () => {
	it.each<[code: string, reason: string, effect: string, isRetried: boolean, summary?: string]>([
		['ERR_CANCELED', 'canceled', 'possible', false, 'The execution was canceled before'],
		['ECONNREFUSED', 'unavailable', 'none', true, 'The service refused the connection'],
		['EAI_AGAIN', 'unavailable', 'none', true],
		['ENOTFOUND', 'unavailable', 'none', false, "The host name in the credential doesn't exist"],
		['ECONNRESET', 'unavailable', 'possible', true, 'The connection was lost before'],
		['EHOSTUNREACH', 'unavailable', 'possible', true],
		['EPIPE', 'unavailable', 'possible', true],
		['EPROTO', 'unavailable', 'possible', false],
		['CERT_HAS_EXPIRED', 'unavailable', 'none', false, "The certificate of the service isn't"],
		['ERR_INVALID_CHAR', 'invalidInput', 'none', false, 'The key or token in the credential cont'],
		// Older releases give it to a refused token request.
		['EAUTH', 'unauthorized', 'none', false],
		['ERR_EMPTY_KEY', 'invalidInput', 'none', false, 'The key or token in the credential is em'],
		// Answers that can't be read, and any other error that this package doesn't know.
		['HPE_INVALID_CONSTANT', 'unavailable', 'possible', true, 'No valid response arrived'],
		['Z_DATA_ERROR', 'unavailable', 'possible', true],
		['ERR_STREAM_PREMATURE_CLOSE', 'unavailable', 'possible', true],
	])(
		'explains %s: %s, its effect is %s, retried: %p',
		(code, reason, effect, isRetried, summary = '') => {
			const { facts, ...failure } = explain({ httpCode: code });
			expect(failure).toEqual({ reason, effect, isRetried });
			expect(facts.summary).toContain(summary);
			expect(facts.source).toEqual({ kind: 'network', code });
			expect(facts.advice).not.toBe('');
		},
	);

	it.each(['ECONNABORTED', 'ETIMEDOUT'])('reads %s as a timeout', (code) => {
		const summary = 'The service did not answer within 30 seconds';
		const facts = { summary, source: { kind: 'network', code: 'ETIMEDOUT' } };
		const failure = { reason: 'timeout', effect: 'possible', isRetried: true, facts };
		expect(explain({ code })).toMatchObject(failure);
	});

	it('says that a read has no effect, whatever happens', () => {
		const options = { timeout: 1, redactor, lost: 'none' } as const;
		expect(toNetworkFailure({ code: 'EPIPE' }, options).failure.effect).toBe('none');
	});

	it('finds the code however deep n8n wrapped it', () => {
		const error = { message: 'a', cause: { message: 'b', cause: { code: 'ECONNREFUSED' } } };
		expect(explain(error).facts.source).toEqual({ kind: 'network', code: 'ECONNREFUSED' });
	});

	it('does not follow a cause that leads to itself', () => {
		const error: { cause?: unknown } = {};
		error.cause = error;
		expect(explain(error).reason).toBe('unavailable');
	});

	it.each([
		['Failed to acquire OAuth2 access token: invalid_client', 'unauthorized', 'none'],
		['The credential "x" needs to be reconnected.', 'unauthorized', 'none'],
		['OAuth credentials not connected', 'unauthorized', 'none'],
		['The credential is restricted to other domains', 'invalidInput', 'none'],
		['This credential is not allowed for x.example', 'invalidInput', 'none'],
		['Domain not allowed: This credential is restricted', 'invalidInput', 'none'],
		['Something else that n8n may say', 'unavailable', 'possible'],
	])('quotes n8n where there is no code: %s', (message, reason, effect) => {
		const { facts, ...failure } = explain(new Error(message));
		expect(failure).toMatchObject({ reason, effect });
		expect(facts.advice).toContain(`n8n says: ${message}`);
	});

	it.each([
		['SsrfBlockedIpError', ['N8N_SSRF_ALLOWED_HOSTNAMES', 'N8N_SSRF_ALLOWED_IP_RANGES']],
		['SsrfBlockedHostnameError', ['N8N_SSRF_BLOCKED_HOSTNAMES']],
	])(
		'names the settings that allow what the SSRF protection of n8n blocks: %s',
		(name, settings) => {
			const refusal = Object.assign(new Error('blocked'), { name });
			const message = `Failed to acquire OAuth2 access token: ${refusal.message}`;
			const ofToken = { message, cause: { message, cause: refusal } };
			// As a credential test, a request with a key and one with a token report it.
			for (const error of [refusal, { message: 'blocked', cause: refusal }, ofToken]) {
				const { facts, ...failure } = explain(error);
				expect(failure).toEqual({ reason: 'invalidInput', effect: 'none', isRetried: false });
				expect(facts.summary).toContain('SSRF protection');
				for (const setting of settings) expect(facts.advice).toContain(setting);
			}
		},
	);

	it('removes secrets from what n8n says', () => {
		expect(explain(new Error('bad sk-secret')).facts.advice).toContain('n8n says: bad ***');
	});

	it.each<[object, reason: string, summary: string, isRetried: boolean]>([
		[{ code: 'ERR_TOKEN_REFUSED' }, 'unauthorized', "Couldn't get an access token", false],
		[{ code: 'ERR_TOKEN_ADDRESS' }, 'invalidInput', "doesn't issue tokens", false],
		[{ code: 'ERR_TOKEN_RATE_LIMITED' }, 'rateLimited', 'Too many access tokens', true],
		[unavailableToken(), 'unavailable', "can't issue an access token", true],
		[unavailableToken({ code: 'ENOTFOUND' }), 'unavailable', 'host name', false],
		[unavailableToken({ code: 'ECONNRESET' }), 'unavailable', 'connection was lost', true],
		[unavailableToken({ name: 'SsrfBlockedIpError' }), 'invalidInput', 'SSRF protection', false],
		[unavailableToken({ message: 'Domain not allowed: x' }), 'invalidInput', 'domains', false],
		// The limit is not the one that 'Timeout' sets.
		[unavailableToken({ code: 'ECONNABORTED' }), 'unavailable', "can't issue an access to", true],
	])(
		'says why a token could not be fetched, and that only it was asked for: %j',
		(cause, reason, summary, isRetried) => {
			const { facts, ...failure } = explain({ message: 'x', cause });
			expect(failure).toEqual({ reason, effect: 'none', isRetried });
			expect(facts.summary).toContain(summary);
		},
	);

	it.each([undefined, null, 'text', 42, {}, { code: 1, name: 2, message: 3 }])(
		'survives %p, and puts no words into n8n’s mouth',
		(error) => {
			const { reason, facts } = explain(error);
			expect(reason).toBe('unavailable');
			expect(facts.advice).toBe('Try again: repeating is safe.');
		},
	);
});
