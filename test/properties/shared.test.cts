import fc from 'fast-check';

import { normalizeBaseUrl } from '../../nodes/shared/http/baseUrl';
import { readRetryAfter } from '../../nodes/shared/http/retryAfter';
import { createRedactor, secretsOf } from '../../nodes/shared/http/secrets';
import { comparable, emailSchema } from '../../nodes/shared/model/email';
import { Failure } from '../../nodes/shared/model/failure';
import { holds } from './check.cts';
import { EMAIL, hostileObject, hostileText, hostileValue, nearly, USER_IDS } from './values.cts';

/** What a call gives, or the failure that it throws; any other error is a crash. */
function outcomeOf<T>(call: () => T): T | Failure {
	try {
		return call();
	} catch (error) {
		if (error instanceof Failure) return error;
		throw error;
	}
}

describe('normalizeBaseUrl', () => {
	const part = (...known: string[]) => fc.oneof(fc.constantFrom(...known), hostileText);
	const loopback = ['localhost', '127.0.0.1', '127.1', '[::1]', '0x7f.1', '[::ffff:7f00:1]'];
	const address = fc
		.tuple(
			part('https://', 'http://', 'HTTPS://', 'https:', '//', 'ftp://'),
			part('', 'user@', 'user:pass@', '@'),
			part('api.example.org', ...loopback),
			part('', ':443', ':80', ':99999'),
			part('', '/', '/api/public/', '//evil.example', '/..', '/%2e%2e/', '/;x'),
			part('', '?', '?x=1', '#', '#x'),
		)
		.map((parts) => parts.join('').slice(0, 300));
	const given = fc.oneof(address, nearly('https://api.example.org/api'), hostileValue);

	it('gives a plain web address on the very host that was given, or says what is wrong', async () => {
		await holds(1500, fc.tuple(given, fc.boolean()), ([value, allowHttp]) => {
			const result = outcomeOf(() => normalizeBaseUrl(value, allowHttp));
			if (result instanceof Failure) {
				expect(result.reason).toBe('invalidInput');
				expect(result.message).toMatch(/^'Base URL' in the credential (is|contains) /);
				return;
			}
			const meant = new URL(String(value).trim());
			const url = new URL(result);
			expect(url).toMatchObject({ host: meant.host, username: '', password: '' });
			expect(result).not.toMatch(/[?#\s]|\/$/);
			const isOwn = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
			expect(['https:', ...(allowHttp || isOwn ? ['http:'] : [])]).toContain(url.protocol);
			// A path behind it stays what it is, and a second reading changes nothing.
			expect(new URL(`${result}/v2/users`).href).toBe(`${result}/v2/users`);
			expect(normalizeBaseUrl(result, allowHttp)).toBe(result);
		});
	});
});

describe('emailSchema', () => {
	it('reads what has one @ and nothing that hides or breaks a line', async () => {
		await holds(1000, fc.oneof(nearly(EMAIL), hostileText, fc.emailAddress()), (text) => {
			const parsed = emailSchema.safeParse(text);
			if (!parsed.success) return;
			expect(parsed.data).toMatch(/^[^@]+@[^@]+$/);
			expect(parsed.data.length).toBeLessThanOrEqual(254);
			expect(parsed.data).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Cs}"<>,;:\\]/u);
			// A second reading changes nothing.
			expect(emailSchema.parse(parsed.data)).toBe(parsed.data);
		});
	});
});

describe('comparable', () => {
	it('gives one form to all spellings of a name', async () => {
		const name = fc.oneof(nearly(EMAIL), hostileText, ...USER_IDS.map(nearly));
		await holds(1000, name, (text) => {
			const form = comparable(text);
			expect(comparable(form)).toBe(form);
			const spellings = [
				text.normalize('NFD').replace(/\p{M}/gu, '\u200b$&'),
				...[text.normalize('NFC'), ` ${text}\n`, `\u200b${text}`],
			];
			for (const spelling of spellings) expect(comparable(spelling)).toBe(form);
		});
	});
});

describe('readRetryAfter', () => {
	it('asks to wait for a number of milliseconds, or for none', async () => {
		const moment = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
		const value = fc.oneof(
			...[fc.double().map(String), fc.bigInt().map(String), moment.chain(nearly), hostileValue],
		);
		const names = fc.constantFrom('retry-after', 'ratelimit-reset', 'x-ratelimit-reset', 'date');
		const given = hostileObject(names, value) as fc.Arbitrary<Record<string, unknown>>;
		await holds(1500, fc.tuple(given, fc.nat()), ([values, now]) => {
			const wait = readRetryAfter(values, now);
			if (wait === undefined) return;
			expect(Number.isFinite(wait) && wait >= 0).toBe(true);
		});
	});
});

describe('secrets', () => {
	const secret = fc.stringMatching(/^[A-Za-z0-9_.+/=-]{6,40}$/);
	const field = fc.constantFrom('apiKey', 'accessToken', 'clientSecret', 'access_token');

	it('are found at any depth, and taken out of any text', async () => {
		const text = fc.array(fc.oneof(fc.constant(0), hostileText), { maxLength: 4 });
		await holds(500, fc.tuple(secret, field, hostileValue, text), (values) => {
			const [key, name, other, parts] = values;
			const found = secretsOf({ other, nested: { deeper: [{ [name]: ` ${key}\n` }] } } as never);
			expect(found).toContain(key);
			const answer = parts.map((part) => (part === 0 ? key : part)).join('');
			const { text: redact } = createRedactor(found);
			for (const known of found) expect(redact(answer)).not.toContain(known);
		});
	});
});
