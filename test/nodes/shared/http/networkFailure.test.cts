import { toNetworkFailure } from '../../../../nodes/shared/http/networkFailure';

const explain = (error: unknown) =>
	toNetworkFailure(error, { timeout: 30_000, secrets: ['sk-secret'] });

describe('toNetworkFailure', () => {
	it.each([
		['ERR_CANCELED', 'canceled', 'The execution was canceled before the service answered'],
		['ECONNREFUSED', 'unavailable', 'The service refused the connection'],
		['ENOTFOUND', 'unavailable', 'The host name in the credential is not known'],
		['ECONNRESET', 'unavailable', 'The connection broke off before the answer was complete'],
		['CERT_HAS_EXPIRED', 'unavailable', 'The certificate of the service is not trusted'],
		['ERR_INVALID_CHAR', 'invalidInput', 'The key or token in the credential has characters'],
		['ERR_EMPTY_KEY', 'invalidInput', 'The key or token in the credential is empty'],
	])('%s is %s', (code, reason, summary) => {
		const failure = explain({ httpCode: code });
		expect(failure.reason).toBe(reason);
		expect(failure.facts.summary).toContain(summary);
		expect(failure.facts.httpCode).toBe(code);
		expect(failure.facts.advice).not.toBe('');
	});

	it.each(['ECONNABORTED', 'ETIMEDOUT'])('%s is timeout', (code) => {
		const { reason, facts } = explain({ httpCode: code });
		expect(reason).toBe('timeout');
		expect(facts).toMatchObject({
			summary: 'The service did not answer within 30 seconds',
			httpCode: 'ETIMEDOUT',
		});
	});

	it.each([
		['ECONNREFUSED', 'didNothing'],
		['EAI_AGAIN', 'didNothing'],
		['EHOSTUNREACH', 'didNothing'],
		['ECONNRESET', 'mayHaveActed'],
		['EPIPE', 'mayHaveActed'],
		['ETIMEDOUT', 'mayHaveActed'],
		['ENOTFOUND', undefined],
		['CERT_HAS_EXPIRED', undefined],
		['ERR_CANCELED', undefined],
	])('knows what may have come of %s', (code, retry) => {
		expect(explain({ httpCode: code }).facts.retry).toBe(retry);
	});

	it('finds the code however deep n8n wrapped it', () => {
		const error = { message: 'a', cause: { message: 'b', cause: { code: 'ECONNREFUSED' } } };
		expect(explain(error).facts.httpCode).toBe('ECONNREFUSED');
	});

	it('does not follow a cause that leads to itself', () => {
		const error: { cause?: unknown } = {};
		error.cause = error;
		expect(explain(error).reason).toBe('unavailable');
	});

	it.each([
		['Failed to acquire OAuth2 access token: invalid_client', 'unauthorized'],
		['The credential "x" needs to be reconnected.', 'unauthorized'],
		['OAuth credentials not connected', 'unauthorized'],
		['The credential is restricted to other domains', 'invalidInput'],
		['This credential is not allowed for x.example', 'invalidInput'],
		['Domain not allowed: This credential is restricted', 'invalidInput'],
		['Something else that n8n may say', 'unavailable'],
	])('says what n8n says if n8n held the request back: %s', (message, reason) => {
		const failure = explain(new Error(message));
		expect(failure.reason).toBe(reason);
		expect(failure.facts.advice).toContain(`n8n says: ${message}`);
	});

	describe.each([
		['of a key', (refusal: Error) => ({ message: refusal.message, cause: refusal })],
		[
			'of an OAuth2 token',
			(refusal: Error) => {
				const message = `Failed to acquire OAuth2 access token: ${refusal.message}`;
				return { message, cause: { message, cause: refusal } };
			},
		],
		['of a credential test', (refusal: Error) => refusal],
	])('what the SSRF protection of n8n holds back, in a request %s', (_, wrap) => {
		const held = (name: string) => explain(wrap(Object.assign(new Error('blocked'), { name })));

		it('names the settings that let a private address through', () => {
			const { reason, facts } = held('SsrfBlockedIpError');
			expect(reason).toBe('invalidInput');
			expect(facts.retry).toBeUndefined();
			expect(facts.summary).toContain('SSRF protection');
			expect(facts.advice).toContain('N8N_SSRF_ALLOWED_HOSTNAMES');
			expect(facts.advice).toContain('N8N_SSRF_ALLOWED_IP_RANGES');
		});

		it('names the settings that let a blocked host name through', () => {
			const { reason, facts } = held('SsrfBlockedHostnameError');
			expect(reason).toBe('invalidInput');
			expect(facts.advice).toContain('N8N_SSRF_BLOCKED_HOSTNAMES');
		});
	});

	it('takes secrets out of what n8n says', () => {
		expect(explain(new Error('bad sk-secret')).facts.advice).toContain('n8n says: bad ***');
	});

	it('knows a token endpoint that refuses by the code of older releases', () => {
		const { reason, facts } = explain({ code: 'EAUTH', message: 'x' });
		expect(reason).toBe('unauthorized');
		expect(facts.httpCode).toBeUndefined();
	});

	it.each([undefined, null, 'text', 42, {}, { code: 1, name: 2, message: 3 }])(
		'survives %p, and makes up no words of n8n',
		(error) => {
			const { reason, facts } = explain(error);
			expect(reason).toBe('unavailable');
			expect(facts.advice).toBe('Check the credential and the network settings of n8n.');
		},
	);
});
