import { z } from 'zod';

import { createClient, type Call } from '../../../../nodes/shared/http/client';
import type { ErrorTable } from '../../../../nodes/shared/http/errorTable';
import { createThrottle } from '../../../../nodes/shared/http/throttle';
import type { HttpRequest } from '../../../../nodes/shared/http/transport';
import { Failure } from '../../../../nodes/shared/model/failure';
import { path } from '../../../../nodes/shared/model/path';
import { inFakeTime } from '../../fakeTime.cts';

const UNREADABLE = '<html>';

const URL = 'https://service.example.org/api/users';

type ScriptedAnswer =
	| { status: number; text?: string; headers?: Record<string, unknown> }
	| { code: string };

/** One call that is always answered the same way; what comes of it, what was sent, how long it took. */
async function ask(
	answer: ScriptedAnswer,
	call: Partial<Call<unknown>> = {},
	errors: Partial<ErrorTable> = {},
	maxRetries = 0,
) {
	const sent: HttpRequest[] = [];
	const secrets = ['sk-secret'];
	const client = createClient(
		{
			baseUrl: 'https://service.example.org/api',
			fingerprint: '',
			secretsInUse: () => secrets,
			async transport(request) {
				sent.push(request);
				// As n8n does while it sends a request.
				secrets.push('renewed-token');
				if ('code' in answer) throw answer;
				return await Promise.resolve({ headers: {}, text: '', ...answer });
			},
		},
		{ read: () => ({}), rules: [], ...errors },
		{ timeout: 1000, maxRetries },
		createThrottle(undefined),
	);
	return await inFakeTime(async () => {
		const since = Date.now();
		const end: unknown = await client
			.send({ method: 'GET', path: path`/users`, schema: z.unknown(), ...call })
			.catch((error: unknown) => error);
		const seconds = (Date.now() - since) / 1000;
		return { end, sent, seconds, failure: end instanceof Failure ? end : undefined };
	});
}

describe('a request', () => {
	it('has neither query nor body unless there is one', async () => {
		const { sent } = await ask({ status: 200 });
		expect(sent).toStrictEqual([
			{ method: 'GET', url: URL, headers: { Accept: 'application/json' }, timeout: 1000 },
		]);
	});

	it('has query and body as they are given, and the content type of the body', async () => {
		const call = { method: 'POST', query: { a: '1 &', b: '2' }, body: {} } as const;
		const { sent } = await ask({ status: 200 }, call);
		const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
		const url = `${URL}?a=1%20%26&b=2`;
		expect(sent).toStrictEqual([{ method: 'POST', url, headers, body: '{}', timeout: 1000 }]);
	});
});

describe('an answer', () => {
	it.each([
		['JSON', '{"a":["sk-secret"]}', { a: ['***'] }],
		['a token that was fetched for it', '"renewed-token"', '***'],
		['an empty body', '', undefined],
		['white space', ' \r\n', undefined],
	])('with %s is read without secrets', async (_, text, response) => {
		const headers = { a: 'b' };
		const { end } = await ask({ status: 200, text, headers });
		expect(end).toStrictEqual({ data: response, response, headers, mayHaveSucceeded: false });
	});

	it('keeps its body up to 64 kB, and beyond that says that it was left out', async () => {
		const kept = `"${'x'.repeat(64 * 1024 - 2)}"`;
		expect((await ask({ status: 200, text: kept })).end).toMatchObject({
			response: JSON.parse(kept) as string,
		});
		expect((await ask({ status: 200, text: `${kept} ` })).end).toMatchObject({
			data: JSON.parse(kept) as string,
			response: '(response of 65537 characters left out)',
		});
	});

	const long = 'x'.repeat(1990);

	it.each([
		// Without secrets that the cut would leave in pieces.
		[`<b>No</b>\n${long} sk-secret`, `No ${long} ***`],
		['1 < 2 > 0 <img src=x', '1 < 2 > 0'],
		[`${long} ${long}`, `${long} ${'x'.repeat(9)}…`],
	])('is quoted in plain text of 2 kB', async (message, quoted) => {
		const read = () => ({ message, code: '<i>c</i>', traceId: 'sk-secret' });
		const { failure } = await ask({ status: 400, text: '{}' }, {}, { read });
		expect(failure?.serviceError).toEqual({ message: quoted, code: 'c', traceId: '***' });
	});

	it.each([
		[199, 'a failure'],
		[200, 'a success'],
		[299, 'a success'],
		[300, 'a redirect'],
		[399, 'a redirect'],
		[400, 'a failure'],
	])('with status %i is %s', async (status, kind) => {
		const { failure } = await ask({ status, text: '1' });
		const failed = failure?.message.includes('redirects') === true ? 'a redirect' : 'a failure';
		expect(failure ? failed : 'a success').toBe(kind);
	});

	const nested = `${'['.repeat(50_000)}"sk-secret"${']'.repeat(50_000)}`;

	it.each([
		['not JSON', UNREADABLE],
		['too deep to look for secrets', nested],
	])('that is %s fits no schema, and is not passed on', async (_, text) => {
		const { failure } = await ask({ status: 200, text });
		const source = { kind: 'answer', status: 200, error: {}, body: undefined };
		expect(failure?.reason).toBe('unexpectedResponse');
		expect(failure?.facts).toStrictEqual({ source, effect: 'none' });
	});

	it('with an error is read by the table of the service, if it is JSON, and passed on', async () => {
		const read = jest.fn(() => ({ code: 'c-1' }));
		const headers = { 'trace-id': 't-1' };
		const { failure } = await ask({ status: 400, text: '{"a":1}', headers }, {}, { read });
		expect(read.mock.calls).toEqual([[{ a: 1 }, headers]]);
		const answer = { kind: 'answer', status: 400, error: { code: 'c-1' }, body: { a: 1 } };
		expect(failure?.facts.source).toMatchObject(answer);
		const odd = await ask({ status: 400, text: UNREADABLE }, {}, { read });
		expect(odd.failure?.response).toBeUndefined();
		expect(read).toHaveBeenCalledTimes(1);
	});

	it.each([
		[403, UNREADABLE, true],
		[407, UNREADABLE, true],
		[401, UNREADABLE, false],
		[403, '{}', false],
	])('with status %i and the body %j comes from a proxy: %p', async (status, text, isProxy) => {
		const { failure } = await ask({ status, text });
		expect(failure?.message.startsWith('A proxy or firewall')).toBe(isProxy);
	});
});

describe('a retry', () => {
	it.each([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])(
		'follows status %i, after the wait that the service asks for',
		async (status) => {
			const answer = { status, headers: { 'retry-after': '3' } };
			const { sent, seconds } = await ask(answer, {}, {}, 1);
			expect({ sent: sent.length, seconds }).toEqual({ sent: 2, seconds: 3 });
		},
	);

	it.each<[ScriptedAnswer, number]>([
		...[307, 400, 403, 404, 501, 519, 525].map(
			(status) => [{ status }, 1] as [ScriptedAnswer, number],
		),
		[{ status: 200, text: UNREADABLE }, 2],
		[{ code: 'ECONNRESET' }, 2],
	])('after %j makes %i requests', async (answer, count) => {
		expect((await ask(answer, {}, {}, 1)).sent).toHaveLength(count);
	});

	it('waits its own time where the service asks for no wait', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		const answer = { status: 503, headers: { 'retry-after': '0' } };
		expect(await ask(answer, {}, {}, 1)).toMatchObject({ seconds: 0.5 });
	});

	it.each([
		['says why it refuses', { status: 500, reason: 'refused' }],
		['says that waiting does not help', { status: 429, reason: 'rateLimited', isFinal: true }],
	] as const)('does not follow an answer in which the service %s', async (_, rule) => {
		const { sent, failure } = await ask({ status: rule.status }, {}, { rules: [rule] }, 1);
		expect(sent).toHaveLength(1);
		expect(failure?.reason).toBe(rule.reason);
	});
});

describe('the effect', () => {
	it.each<[string, ScriptedAnswer, string]>([
		['status 503', { status: 503 }, 'possible'],
		['an answer of another form', { status: 200, text: UNREADABLE }, 'possible'],
		['a lost connection', { code: 'ECONNRESET' }, 'possible'],
		['too many requests', { status: 429 }, 'none'],
		['a refusal', { status: 400 }, 'none'],
		['a redirect', { status: 303 }, 'possible'],
		['a request that was only accepted', { status: 202, text: '1' }, 'possible'],
		['an error of the server that is not retried', { status: 507 }, 'possible'],
		['a refused connection', { code: 'ECONNREFUSED' }, 'none'],
	])('of a change is, after %s: %j → %s', async (_, answer, effect) => {
		expect((await ask(answer, { changes: true })).failure?.effect).toBe(effect);
		expect((await ask(answer)).failure?.effect ?? 'none').toBe('none');
	});

	it('may be found out by a recovery, which has no headers of its own', async () => {
		const found = { data: 'done', response: { a: 1 } };
		const recover = async () => await Promise.resolve(found);
		const { end } = await ask({ status: 503 }, { changes: true, recover });
		expect(end).toEqual({ ...found, headers: {}, mayHaveSucceeded: true });
	});
});
