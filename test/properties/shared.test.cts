import fc from 'fast-check';

import { aitronosErrors } from '../../nodes/Aitronos/errors';
import { userIdSchema as aitronosUserId } from '../../nodes/Aitronos/parameters';
import { aworkErrors } from '../../nodes/Awork/errors';
import { userIdSchema as aworkUserId } from '../../nodes/Awork/parameters';
import { langdock } from '../../nodes/Langdock/langdock';
import { normalizeBaseUrl } from '../../nodes/shared/http/baseUrl';
import { comparable, emailSchema, isSameName } from '../../nodes/shared/model/email';
import { classify, type ErrorTable } from '../../nodes/shared/http/errorTable';
import { asFailure, Failure } from '../../nodes/shared/model/failure';
import type { AccountFacts } from '../../nodes/shared/model/record';
import { ledgerIn } from '../../nodes/shared/users/guards';
import { onlyMatch } from '../../nodes/shared/users/directory';
import { toNetworkFailure } from '../../nodes/shared/http/networkFailure';
import { readOptions } from '../../nodes/shared/parameters/options';
import { path, pathSegment, type PathSegment } from '../../nodes/shared/model/path';
import { readRetryAfter } from '../../nodes/shared/http/retryAfter';
import { createRedactor, secretsOf } from '../../nodes/shared/http/secrets';
import { zitadelErrors } from '../../nodes/Zitadel/errors';
import { userIdSchema as zitadelUserId } from '../../nodes/Zitadel/parameters';
import { samples } from '../nodes/services.cts';
import { optionsCollection } from './options.cts';
import { EMAIL, hostileObject, hostileText, hostileValue, nearly, USER_IDS } from './values.cts';
import { holds } from './check.cts';

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
	const part = (...known: string[]) =>
		fc.oneof(
			fc.constantFrom(...known),
			hostileText.map((text) => text.slice(0, 50)),
		);
	const address = fc
		.tuple(
			part('https://', 'http://', 'HTTPS://', 'https:', '//', 'ftp://'),
			part('', 'user@', 'user:pass@', '@'),
			part(
				'api.example.org',
				'localhost',
				'127.0.0.1',
				'127.1',
				'[::1]',
				'0x7f.1',
				'[::ffff:7f00:1]',
			),
			part('', ':443', ':80', ':99999'),
			part('', '/', '/api/public/', '//evil.example', '/..', '/%2e%2e/', '/;x'),
			part('', '?', '?x=1', '#', '#x'),
		)
		.map((parts) => parts.join(''));
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
			expect([url.host, url.username, url.password, url.search, url.hash]).toEqual([
				meant.host,
				...['', '', '', ''],
			]);
			expect(result).not.toMatch(/[?#\s]|\/$/);
			const isOwn = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
			expect(['https:', ...(allowHttp || isOwn ? ['http:'] : [])]).toContain(url.protocol);
			// A path behind it stays what it is, and a second reading changes nothing.
			expect(new URL(`${result}/v2/users`).href).toBe(`${result}/v2/users`);
			expect(normalizeBaseUrl(result, allowHttp)).toBe(result);
		});
	});
});

describe('path and pathSegment', () => {
	const anything = pathSegment(/^[^]*$/, 'must be an ID');

	it.each([
		['anything that is one segment', anything],
		['Aitronos', aitronosUserId],
		['ZITADEL', zitadelUserId],
		['awork', aworkUserId],
	])('%s: an ID is one segment and reads as it was given, or it is refused', async (_, schema) => {
		const id = fc.oneof(hostileText, hostileValue, ...Object.values(USER_IDS).map(nearly));
		await holds(500, id, (value) => {
			const parsed = schema.safeParse(value);
			if (!parsed.success) {
				expect(parsed.error.issues[0]?.message).toEqual(expect.any(String));
				return;
			}
			const given = String(value).trim();
			const built = path`/v2/users/${parsed.data}/deactivate`;
			const { pathname, host } = new URL(`https://service.example.org${built}`);
			expect(host).toBe('service.example.org');
			expect(pathname).toBe(built);
			const segments = pathname.split('/').map(decodeURIComponent);
			expect(segments).toEqual(['', 'v2', 'users', given, 'deactivate']);
			expect(given).not.toMatch(/\p{Cs}/u);
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

	it('accepts the addresses that people have', async () => {
		const address = fc
			.tuple(fc.stringMatching(/^[\p{L}\d.+_-][\p{L}\d.+_'-]{0,29}$/u), fc.domain())
			.map((parts) => parts.join('@'));
		await holds(200, address, (text) => {
			expect(emailSchema.safeParse(text).success).toBe(text.length <= 254);
		});
	});
});

describe('comparable', () => {
	it('gives one form to all spellings of a name', async () => {
		const name = fc.oneof(nearly(EMAIL), hostileText, ...Object.values(USER_IDS).map(nearly));
		await holds(1000, name, (text) => {
			const form = comparable(text);
			expect(comparable(form)).toBe(form);
			const spellings = [
				text.normalize('NFD').replace(/\p{M}/gu, '\u200b$&'),
				text.normalize('NFD'),
				text.normalize('NFC'),
				` ${text}\n`,
				`\u200b${text}`,
			];
			for (const spelling of spellings) expect(comparable(spelling)).toBe(form);
		});
	});
});

describe('ledgerIn', () => {
	const name = fc.constantFrom('usr_1', 'USR_1', 'usr_2', 'usr_3', 'a@x.org', 'A@x.org', 'b@x.org');
	const rounds = fc.array(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), { maxLength: 8 });

	it('counts accounts by their first name, whatever else they are known by', async () => {
		await holds(500, rounds, (accounts) => {
			let store = {};
			const firsts = new Set<string | undefined>();
			for (const names of accounts) {
				firsts.add(names[0]?.toLowerCase());
				for (let again = 0; again < 2; again++) {
					expect(ledgerIn(store).add(names, 'a')).toBe(firsts.size);
					store = JSON.parse(JSON.stringify(store)) as object;
				}
			}
		});
	});
});

describe('readOptions', () => {
	const offers = Object.values(samples).flatMap(({ service }) =>
		Object.values(service.operations).map(({ option, options }) => [
			...[service.displayName, option.value],
			options,
		]),
	) as Array<[string, string, (typeof langdock)['operations'][string]['options']]>;

	it.each(offers)(
		'%s, %s: gives documented values, or names the option',
		async (_, __, offered) => {
			const names = [
				'Options',
				...Object.values(offered).map(({ property }) => property.displayName),
			];
			const collection = fc.oneof(optionsCollection(Object.keys(offered)), hostileValue);
			await holds(100, collection, (given) => {
				const result = outcomeOf(() => readOptions(offered, () => given));
				if (result instanceof Failure) {
					expect(result.reason).toBe('invalidInput');
					expect(names.map((name) => `'${name}'`)).toContain(/^'[^']+'/.exec(result.message)?.[0]);
					return;
				}
				// Nothing but a collection may pass for one: the guards are in it.
				expect(Object.prototype.toString.call(given)).toBe('[object Object]');
				expect(result).toEqual({
					dryRun: expect.any(Boolean),
					endSessions: expect.any(Boolean),
					ifAlreadyDeactivated: expect.stringMatching(/^(fail|succeed)$/),
					ifNotFound: expect.stringMatching(/^(fail|succeed)$/),
					maxRetries: expect.any(Number),
					output: expect.stringMatching(/^(simplified|record|raw)$/),
					parallelRequests: expect.any(Number),
					protectedUsers: expect.any(Array),
					safetyLimit: expect.any(Number),
					timeout: expect.any(Number),
					verify: expect.any(Boolean),
				});
				const { maxRetries, parallelRequests, safetyLimit, timeout, protectedUsers } = result;
				expect([maxRetries, parallelRequests, safetyLimit].every(Number.isInteger)).toBe(true);
				expect(maxRetries >= 0 && maxRetries <= 20).toBe(true);
				expect(parallelRequests >= 0 && parallelRequests <= 50).toBe(true);
				expect(safetyLimit >= 0).toBe(true);
				expect(timeout >= 1 && timeout <= 300).toBe(true);
				// Each entry could match somebody.
				expect(protectedUsers.map(comparable)).toEqual(protectedUsers);
				expect(protectedUsers).not.toContain('');
				expect(protectedUsers.join('')).not.toMatch(/[\s<>"\p{Cf}]/u);
			});
		},
	);
});

describe('what a service answers', () => {
	const headers = hostileObject(
		fc.constantFrom('trace-id', 'retry-after', 'date', 'content-type', '__proto__', 'constructor'),
		hostileValue,
	) as fc.Arbitrary<Record<string, unknown>>;

	const tables: Array<[string, ErrorTable, unknown]> = [
		['Langdock', langdock.errors, { message: 'User not found or not an active member' }],
		[
			'Aitronos',
			aitronosErrors,
			{ error: { code: 'USER_NOT_FOUND', message: 'x', trace_id: 't' } },
		],
		[
			'ZITADEL',
			zitadelErrors,
			{ message: 'x (COMMAND-5gp2p62iin)', details: [{ id: 'QUERY-Dfbg2' }] },
		],
		[
			'awork',
			aworkErrors,
			{
				code: 'not-found',
				description: 'x',
				details: ['y'],
				validationErrors: [{ property: 'z' }],
			},
		],
	];

	it.each(tables)('%s: no error body is one too many', async (_, table, documented) => {
		const body = fc.oneof(
			hostileValue,
			hostileObject(fc.constantFrom(...Object.keys(documented as object)), hostileValue),
		);
		await holds(500, fc.tuple(body, headers, fc.integer({ min: 100, max: 999 })), (answer) => {
			const [value, given, status] = answer;
			const { message, code, traceId, ...others } = table.read(value, given);
			expect(others).toEqual({});
			for (const text of [message, code, traceId]) {
				expect(['string', 'undefined']).toContain(typeof text);
			}
			const { reason } = classify(table, status, { message, code, traceId });
			// Only the service's own word makes a user missing, and that a run may pass over.
			if (code === undefined && message === undefined) expect(reason).not.toBe('notFound');
		});
	});

	it('asks to wait for a number of milliseconds, or for none', async () => {
		const moment = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
		const value = fc.oneof(
			...[fc.integer().map(String), fc.double().map(String), fc.bigInt().map(String)],
			...[moment, moment.chain(nearly), hostileValue, fc.array(hostileText, { maxLength: 2 })],
		);
		const names = fc.constantFrom(
			...['retry-after', 'ratelimit-reset', 'x-ratelimit-reset', 'date', '__proto__'],
		);
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

	it('do not come out of an error that n8n rejects with', async () => {
		const rejection = hostileObject(
			fc.constantFrom('message', 'code', 'httpCode', 'cause', 'config'),
			fc.oneof(
				hostileValue,
				fc.constantFrom('ECONNRESET', 'ERR_CANCELED', 'ETIMEDOUT', 'sk-secret'),
			),
		);
		await holds(500, fc.oneof(rejection, hostileValue), (error) => {
			const redactor = createRedactor(['sk-secret']);
			const facts = { timeout: 30_000, redactor, lost: 'possible' } as const;
			const { failure } = toNetworkFailure(error, facts);
			expect(failure).toBeInstanceOf(Failure);
			expect(JSON.stringify(failure)).not.toContain('sk-secret');
		});
	});
});

describe('asFailure', () => {
	it('reads whatever is thrown: errors, and texts or numbers now and then', async () => {
		const thrown = fc.oneof(
			hostileText.map((message) => new Error(message)),
			hostileValue.filter((value) => typeof value !== 'object'),
		);
		await holds(300, thrown, (error) => {
			expect(asFailure(error)).toBeInstanceOf(Failure);
		});
	});
});

describe('onlyMatch', () => {
	it('gives the one account with the address, whatever the others are', async () => {
		const account = fc
			.tuple(fc.constantFrom('1', '2', '3'), fc.array(nearly(EMAIL), { maxLength: 3 }))
			.map(([id, emails]): AccountFacts => {
				return { userId: id as PathSegment, emails, name: undefined, state: 'active' };
			});
		await holds(500, fc.array(account, { maxLength: 5 }), (accounts) => {
			const result = outcomeOf(() => onlyMatch(EMAIL, { accounts, unreadable: [] }));
			const isMeant = ({ emails }: AccountFacts) =>
				emails.some((email) => isSameName(email, EMAIL));
			const ids = new Set(accounts.filter(isMeant).map(({ userId }) => userId));
			if (!(result instanceof Failure)) expect([...ids]).toEqual([result.userId]);
			else expect(result.reason).toBe(ids.size === 0 ? 'notFound' : 'ambiguousUser');
		});
	});
});
