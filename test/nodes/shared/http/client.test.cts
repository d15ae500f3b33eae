import { z } from 'zod';

import type { ErrorTable } from '../../../../nodes/shared/http/errorTable';
import { Failure } from '../../../../nodes/shared/model/failure';
import { createThrottle } from '../../../../nodes/shared/http/throttle';
import { path } from '../../../../nodes/shared/model/path';
import { createApi, type Call } from '../../../../nodes/shared/http/client';
import type { HttpRequest } from '../../../../nodes/shared/http/transport';

const UNREADABLE = '<html>';

/** One call, answered once; what comes of it, and what was sent. */
async function ask(
	answer: { status: number; text?: string; headers?: Record<string, unknown> },
	call: Partial<Call<unknown>> = {},
	errors: Partial<ErrorTable> = {},
) {
	const sent: HttpRequest[] = [];
	const api = createApi(
		{
			baseUrl: 'https://service.example.org/api',
			secrets: ['sk-secret'],
			transport: async (request) => {
				sent.push(request);
				return await Promise.resolve({ headers: {}, text: '', ...answer });
			},
		},
		{ read: () => ({}), rules: [], ...errors },
		{ timeout: 1000, maxRetries: 0 },
		createThrottle(undefined),
	);
	const end: unknown = await api
		.send({ method: 'GET', path: path`/users`, schema: z.unknown(), ...call })
		.catch((error: unknown) => error);
	return { end, sent, facts: end instanceof Failure ? end.facts : undefined };
}

describe('a request', () => {
	it('has neither query nor body unless there is one', async () => {
		const { sent } = await ask({ status: 200 });
		expect(sent).toStrictEqual([
			{
				method: 'GET',
				url: 'https://service.example.org/api/users',
				headers: { Accept: 'application/json' },
				timeout: 1000,
			},
		]);
	});

	it('has query and body as they are given, and says what the body is', async () => {
		const call = { method: 'POST', query: { a: '1 &', b: '2' }, body: {} } as const;
		const { sent } = await ask({ status: 200 }, call);
		expect(sent).toStrictEqual([
			{
				method: 'POST',
				url: 'https://service.example.org/api/users?a=1+%26&b=2',
				headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
				body: '{}',
				timeout: 1000,
			},
		]);
	});
});

describe('an answer', () => {
	it.each([
		['JSON', '{"a":["sk-secret"]}', { a: ['***'] }],
		['an empty body', '', undefined],
		['white space', ' \r\n', undefined],
	])('with %s is read without secrets', async (_, text, response) => {
		const { end } = await ask({ status: 200, text });
		expect(end).toStrictEqual({ data: response, response, isRepeat: false });
	});

	it.each([200, 201, 299])('with status %i is a good one', async (status) => {
		expect((await ask({ status, text: '1' })).end).toMatchObject({ data: 1 });
	});

	it.each([199, 300, 307, 399, 400])('with status %i is none to believe', async (status) => {
		expect((await ask({ status, text: '1' })).end).toBeInstanceOf(Failure);
	});

	it.each([
		[300, true],
		[399, true],
		[400, false],
	])('with status %i leads elsewhere: %p', async (status, isRedirect) => {
		const { facts } = await ask({ status });
		expect(facts?.summary?.includes('redirects') === true).toBe(isRedirect);
	});

	it('that is no JSON is believed by no schema, and is not handed on', async () => {
		const { end, facts } = await ask({ status: 200, text: UNREADABLE });
		expect(end).toMatchObject({ reason: 'unexpectedResponse' });
		expect(facts).toStrictEqual({ httpCode: '200', retry: 'mayHaveActed' });
	});

	it('that is an error is read by the table of the service, and handed on', async () => {
		const read = jest.fn(() => ({ message: 'not sk-secret', code: 'c-1' }));
		const headers = { 'trace-id': 't-1' };
		const { facts } = await ask({ status: 400, text: '{"a":1}', headers }, {}, { read });
		expect(read).toHaveBeenCalledWith({ a: 1 }, headers);
		expect(facts).toMatchObject({ message: 'not ***', code: 'c-1', response: { a: 1 } });
	});

	it('that is an error, but no JSON, is not the table’s', async () => {
		const read = jest.fn(() => ({}));
		const { facts } = await ask({ status: 400, text: UNREADABLE }, {}, { read });
		expect(read).not.toHaveBeenCalled();
		expect(facts).not.toHaveProperty('response');
	});

	it.each([
		[403, UNREADABLE, true],
		[407, UNREADABLE, true],
		[401, UNREADABLE, false],
		[403, '{}', false],
	])('with status %i and the body %j comes from a proxy: %p', async (status, text, isProxy) => {
		const { facts } = await ask({ status, text });
		expect(facts?.summary?.startsWith('A proxy or firewall') === true).toBe(isProxy);
	});
});

describe('another attempt', () => {
	it.each([
		[408, 'mayHaveActed'],
		[429, 'didNothing'],
		[500, 'mayHaveActed'],
		[501, undefined],
		[502, 'mayHaveActed'],
		[503, 'mayHaveActed'],
		[504, 'mayHaveActed'],
		[519, undefined],
		[520, 'mayHaveActed'],
		[521, 'mayHaveActed'],
		[522, 'mayHaveActed'],
		[523, 'mayHaveActed'],
		[524, 'mayHaveActed'],
		[525, undefined],
		[400, undefined],
		[403, undefined],
	])('after status %i: %p', async (status, retry) => {
		const { facts } = await ask({ status, headers: { 'retry-after': '3' } });
		expect(facts?.retry).toBe(retry);
		expect(facts?.retryAfter).toBe(retry === undefined ? undefined : 3000);
	});

	it('is not worth it where the service says why it refuses', async () => {
		const rules = [{ status: 500, reason: 'refused' }] as const;
		expect((await ask({ status: 500 }, {}, { rules })).facts?.retry).toBeUndefined();
	});

	it('is not worth it where the service says that waiting does not help', async () => {
		const rules = [{ status: 429, reason: 'rateLimited', isFinal: true }] as const;
		expect((await ask({ status: 429 }, {}, { rules })).facts?.retry).toBeUndefined();
	});
});

describe('what may have been carried out', () => {
	it('is a change without a proper answer', async () => {
		expect((await ask({ status: 503 }, { changes: true })).facts?.isFateUnknown).toBe(true);
	});

	it('is nothing that only reads', async () => {
		expect((await ask({ status: 503 })).facts).not.toHaveProperty('isFateUnknown');
	});
});
