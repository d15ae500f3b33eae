import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { HttpRequest } from '../../../../nodes/shared/http/transport';
import { createTransport } from '../../../../nodes/shared/n8n/transport';

type Helper = (
	this: IExecuteFunctions,
	type: string,
	options: IHttpRequestOptions,
	additional?: unknown,
) => Promise<unknown>;

const CREDENTIAL = { baseUrl: 'https://service.example.org', apiKey: 'sk-secret' };

const REQUEST: HttpRequest = {
	method: 'GET',
	url: 'https://service.example.org/users',
	headers: { Accept: 'application/json' },
	timeout: 60_000,
};

const ok = { statusCode: 200, headers: { a: 'b' }, body: 'text' };

interface Setup extends Partial<Parameters<typeof createTransport>[3]> {
	/** Of the execution. */
	signal?: AbortSignal | undefined;
}

/** A transport whose helper answers as it is told. */
function transportOver(helper: Helper, { signal, limits = {}, token, ...rest }: Setup = {}) {
	const httpRequestWithAuthentication = jest.fn(helper);
	const context = {
		getExecutionCancelSignal: () => signal,
		helpers: { httpRequestWithAuthentication },
	} as unknown as IExecuteFunctions;
	const transport = createTransport(context, 'testApi', CREDENTIAL, { limits, token, ...rest });
	const send = async (request: Partial<HttpRequest> = {}) =>
		await transport({ ...REQUEST, ...request }).catch((error: unknown) => error);
	return { send, calls: httpRequestWithAuthentication.mock.calls };
}

/** Answers or rejections, one after the other. */
function script(...ends: unknown[]): Helper {
	return async () => {
		const end = ends.shift() as { statusCode?: number };
		return await (end.statusCode === undefined
			? Promise.reject(end as Error)
			: Promise.resolve(end));
	};
}

/** A request without an answer. Nothing ends a request for a token, so neither does this. */
const silence: Helper = async () => await new Promise(() => {});

describe('a request with a key', () => {
	it('is sent once, whatever its status, with the credential as it was read', async () => {
		const { send, calls } = transportOver(script({ ...ok, statusCode: 401 }));
		expect(await send()).toEqual({ status: 401, headers: { a: 'b' }, text: 'text' });
		const id = 'testApi';
		const asked = { encoding: 'text', returnFullResponse: true, disableFollowRedirect: true };
		const request = { ...REQUEST, ...asked, ignoreHttpStatusErrors: true };
		const credential = { id, name: id, type: id, data: CREDENTIAL };
		expect(calls).toEqual([[id, request, { credentialsDecrypted: credential }]]);
	});

	it('has a body and the allowed domains, where there are some', async () => {
		const limits = { allowedDomains: 'x.example' };
		const { send, calls } = transportOver(script({ ...ok, body: undefined }), { limits });
		// A missing body of the answer is an empty one.
		expect(await send({ body: '{}' })).toMatchObject({ text: '' });
		expect(calls[0]?.[1]).toMatchObject({ body: '{}', allowedDomains: 'x.example' });
	});

	it('passes on a rejection without an answer', async () => {
		const error = Object.assign(new Error('x'), { cause: { response: { status: 403 } } });
		expect(await transportOver(script(error)).send()).toBe(error);
	});
});

describe('a request with a token', () => {
	const oAuth2 = { token: 'oAuth2' } as const;
	const unauthorized = { ...ok, statusCode: 401 };

	it.each([
		['oAuth2', undefined],
		['own', expect.objectContaining({ credentialsDecrypted: expect.anything() as object })],
	] as const)('leaves a 401 to n8n, which renews the token (%s)', async (token, decrypted) => {
		const { send, calls } = transportOver(script(ok), { token });
		expect(await send()).toMatchObject({ status: 200 });
		expect(calls).toHaveLength(1);
		expect(calls[0]?.[1].ignoreHttpStatusErrors).toEqual({ ignore: true, except: [401] });
		expect(calls[0]?.[2]).toEqual(decrypted);
	});

	it('tells once that the first answer is there, before it gives it', async () => {
		const afterFirst = jest.fn(async () => await Promise.resolve());
		const { send } = transportOver(script(ok, ok), { ...oAuth2, afterFirst });
		await Promise.all([send(), send()]);
		expect(afterFirst).toHaveBeenCalledTimes(1);
	});

	it.each([
		['with headers', { headers: { a: 'b' }, data: 'no' }, { a: 'b' }, 'no'],
		['without headers and body', {}, {}, ''],
	])('reads a rejection as the 401 that it is, %s', async (_, response, headers, text) => {
		const error = { httpCode: '401', cause: { response: { status: 401, ...response } } };
		const { send } = transportOver(script(error), oAuth2);
		expect(await send()).toEqual({ status: 401, headers, text });
	});

	it('lets older releases reject a 401, since only then do they fetch a token', async () => {
		const { send, calls } = transportOver(script(unauthorized, ok), oAuth2);
		expect(await send()).toMatchObject({ status: 200 });
		const ignored = calls.map(([, { ignoreHttpStatusErrors }]) => ignoreHttpStatusErrors);
		expect(ignored).toEqual([{ ignore: true, except: [401] }, false]);
	});

	it('asks older releases again for the answer that they keep to themselves', async () => {
		const answers = script(unauthorized, { httpCode: '403' }, { ...ok, statusCode: 403 });
		const { send, calls } = transportOver(answers, oAuth2);
		expect(await send()).toMatchObject({ status: 403 });
		expect(calls[2]?.[1].ignoreHttpStatusErrors).toBe(true);
	});

	it.each([undefined, 'ECONNRESET', 'E403', '4031', '40', 403])(
		'does not ask again after a rejection without an answer, with the code %p',
		async (httpCode) => {
			const error = { httpCode };
			const { send, calls } = transportOver(script(unauthorized, error, ok), oAuth2);
			expect(await send()).toBe(error);
			expect(calls).toHaveLength(2);
		},
	);

	it('is sent alone if it is the first, and with others afterwards', async () => {
		const open: Array<() => void> = [];
		const { send, calls } = transportOver(async () => {
			await new Promise<void>((resolve) => open.push(resolve));
			return ok;
		}, oAuth2);
		const settled = async () => await new Promise((resolve) => setImmediate(resolve));
		const all = [send(), send(), send()];
		for (const sent of [1, 3]) {
			await settled();
			expect(calls).toHaveLength(sent);
			for (const answer of open.splice(0)) answer();
		}
		expect(await Promise.all(all)).toHaveLength(3);
	});

	it('lets the next ones be sent if the first failed', async () => {
		const error = new Error('down');
		const { send } = transportOver(script(error, ok), oAuth2);
		expect(await Promise.all([send(), send()])).toMatchObject([error, { status: 200 }]);
	});
});

describe('a request without an answer', () => {
	it.each([
		['that can not be canceled', undefined],
		['that could be canceled, too', new AbortController().signal],
	])('ends at its deadline in an execution %s', async (_, signal) => {
		const { send } = transportOver(silence, { signal });
		expect(await send({ timeout: 1 })).toEqual({ code: 'ETIMEDOUT' });
	});

	it('ends when the execution is canceled, or at once if it was before', async () => {
		const execution = new AbortController();
		const { send } = transportOver(silence, { signal: execution.signal });
		const sent = send();
		execution.abort();
		expect(await sent).toEqual({ code: 'ERR_CANCELED' });
		expect(await send()).toEqual({ code: 'ERR_CANCELED' });
	});

	it('hands both limits on to n8n as the signal of the request', async () => {
		const execution = new AbortController();
		let signal: AbortSignal | undefined;
		const seen: Helper = async function () {
			signal = this.getExecutionCancelSignal();
			return await Promise.resolve(ok);
		};
		await transportOver(seen, { signal: execution.signal }).send();
		expect(signal?.aborted).toBe(false);
		execution.abort();
		expect(signal?.aborted).toBe(true);
	});
});
