import { inspect } from 'node:util';

import { NodeApiError } from 'n8n-workflow';

import { scriptedRun, first, SECRET, type ScriptedAnswer } from './scriptedRun.cts';
import { byId, samples } from './services.cts';

/** An error as n8n's helper rejects with: the request, and with it the key, hangs on it. */
function rejection(code: string) {
	const cause = Object.assign(new Error(code), {
		code,
		config: { headers: { Authorization: `Bearer ${SECRET}` } },
	});
	return { reject: Object.assign(new Error(code), { httpCode: code, cause }) };
}

type Case = readonly [
	what: string,
	answer: ScriptedAnswer,
	reason: string,
	message: string,
	description: string,
	httpCode: string,
];

const UNEXPECTED = 'SERVICE gave an unexpected response';
const DOWN = 'SERVICE is not available at the moment';
const REPEAT = 'Try again later: repeating is safe.';
const CHECK = "Check 'Base URL' in the credential";
const NOT_KNOWN = "It isn't known whether the user was changed.";

const ok = (body: string) => ({ status: 200, body });
const nested = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
const refused = rejection('ECONNREFUSED');
const silent = rejection('ECONNABORTED');
const canceled = rejection('ERR_CANCELED');
const inBody = { status: 500, body: { message: `bad ${SECRET}`, error: { message: SECRET } } };
const inEscapes = `{"message":"${escaped(SECRET)}","error":"${escaped(SECRET)}"}`;
const inHeader = { status: 500, headers: { 'trace-id': `for ${SECRET}` }, body: '{}' };

/** What any service, or something in between, may answer. */
const cases: readonly Case[] = [
	[
		'an HTML page with status 200',
		ok('<html>Welcome</html>'),
		'unexpectedResponse',
		UNEXPECTED,
		`${CHECK}. ${REPEAT} ${NOT_KNOWN}`,
		'200',
	],
	[
		'a body of another form with status 200',
		ok('[]'),
		'unexpectedResponse',
		UNEXPECTED,
		CHECK,
		'200',
	],
	['truncated JSON', ok('{"status":"succ'), 'unexpectedResponse', UNEXPECTED, REPEAT, '200'],
	['a body too deep to read', ok(nested), 'unexpectedResponse', UNEXPECTED, REPEAT, '200'],
	[
		'an HTML page with status 404',
		{ status: 404, body: '<html>Not Found</html>' },
		'unexpectedResponse',
		'address in the credential',
		'in the credential',
		'404',
	],
	[
		'an HTML page with status 403',
		{ status: 403, body: '<html>Blocked</html>' },
		'unexpectedResponse',
		'A proxy or firewall blocked the request',
		'the proxy or firewall between n8n and the service. Nothing was changed.',
		'403',
	],
	[
		'a redirect',
		{ status: 302, headers: { location: 'https://evil.example/' } },
		'unexpectedResponse',
		'The address in the credential redirects to another one',
		'The redirect was not followed',
		'302',
	],
	[
		'status 429',
		{ status: 429, body: 'slow down' },
		'rateLimited',
		'SERVICE received too many requests',
		`${REPEAT} Nothing was changed.`,
		'429',
	],
	[
		'status 500 with an HTML page',
		{ status: 500, body: '<html>Oops</html>' },
		'unavailable',
		DOWN,
		REPEAT,
		'500',
	],
	['status 503', { status: 503 }, 'unavailable', DOWN, REPEAT, '503'],
	[
		'a refused connection',
		refused,
		'unavailable',
		'The service refused the connection',
		CHECK,
		'ECONNREFUSED',
	],
	[
		'no answer in time',
		silent,
		'timeout',
		'The service did not answer within 30 seconds',
		"raise 'Timeout' under 'Options'",
		'ETIMEDOUT',
	],
	[
		'a canceled execution',
		canceled,
		'canceled',
		'The execution was canceled before the service answered',
		`repeating is safe. ${NOT_KNOWN}`,
		'ERR_CANCELED',
	],
	['a key repeated by the service', inBody, 'unavailable', DOWN, REPEAT, '500'],
	[
		'a key repeated in escapes',
		{ status: 500, body: inEscapes },
		'unavailable',
		DOWN,
		REPEAT,
		'500',
	],
	['a key repeated in a header', inHeader, 'unavailable', DOWN, REPEAT, '500'],
];

/** Another id of the same form. */
const altered = (id: string) => id.replace(/.$/, (last) => (last === '2' ? '3' : '2'));

/** As JSON may write any letter. */
function escaped(text: string): string {
	return [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** The same field, left empty. */
const emptied = (value: unknown) =>
	typeof value === 'string' ? '' : { ...(value as object), value: '' };

const everywhere = (value: unknown) => inspect(value, { depth: Infinity, showHidden: true });

describe.each(
	Object.values(samples).map((sample) => [sample.service.displayName, sample] as const),
)('%s', (displayName, { service, parameters, once, before, success }) => {
	it.each(cases)('answers with %s', async (_, answer, reason, sentence, text, httpCode) => {
		const message = sentence.replace('SERVICE', displayName);
		// As the credential of the service labels its field.
		const description = text.replace('Base URL', service.addressField ?? 'Base URL');
		const run = { parameters, answers: [...once, ...before, answer] };

		const result = await scriptedRun(service, { ...run, continueOnFail: true });
		const { error, details } = first(result);
		expect(error).toContain(message);
		expect(error).toMatch(new RegExp(`^${displayName}\\b`));
		expect(details).toMatchObject({
			...{ service: service.name, operation: 'deactivate', reason, httpCode, item: 0 },
			description: expect.stringContaining(description) as string,
		});
		expect(everywhere(result.output)).not.toContain(SECRET);

		const stopped: unknown = await scriptedRun(service, run).catch((thrown: unknown) => thrown);
		expect(stopped).toBeInstanceOf(NodeApiError);
		expect(stopped).toMatchObject({
			message: expect.stringContaining(message) as string,
			description: expect.stringContaining(description) as string,
			httpCode,
		});
		expect(everywhere(stopped)).not.toContain(SECRET);
	});

	it('sends the credential to the address of the credential only: redirects are off', async () => {
		const { requests } = await scriptedRun(service, {
			parameters,
			answers: [...once, ...before, success],
		});
		for (const request of requests) {
			expect(request).toMatchObject({ disableFollowRedirect: true, timeout: 30_000 });
			expect(new URL(request.url).origin).toBe('https://service.example.org');
		}
	});

	it('passes the allowed domains of the credential on to n8n', async () => {
		const { requests } = await scriptedRun(service, {
			parameters,
			answers: [...once, ...before, success],
			credential: { allowedHttpRequestDomains: 'domains', allowedDomains: 'service.example.org' },
		});
		expect(requests.map(({ allowedDomains }) => allowedDomains)).toEqual(
			requests.map(() => 'service.example.org'),
		);
	});

	it('outputs one item for each input item, whatever happens to it', async () => {
		const answers = [
			...[...once, ...before, success],
			...[...before, { status: 403 }],
			...[...before, success],
		];
		const { output, hints } = await scriptedRun(service, {
			parameters,
			answers,
			items: 3,
			continueOnFail: true,
		});
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(output.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
		expect(hints[0]).toBe('2 users deactivated, 1 failed.');
	});

	it('says what was already done when it stops', async () => {
		const run = {
			parameters,
			answers: [...once, ...before, success, ...before, { status: 403 }],
			items: 2,
		};
		await expect(scriptedRun(service, run)).rejects.toMatchObject({
			message: expect.stringMatching(
				/\. Already done in this run: '.+' \(deactivated\)\.$/,
			) as string,
			context: { itemIndex: 1 },
			description: expect.stringMatching(
				/Already done in this run: '.+' \(deactivated\)\./,
			) as string,
		});
	});

	it('sends nothing if any item is invalid and the node stops on errors', async () => {
		const [name = ''] = Object.keys(parameters);
		const run = {
			parameters: { ...parameters, [name]: [parameters[name], emptied(parameters[name])] },
			answers: [],
			items: 2,
		};
		await expect(scriptedRun(service, run)).rejects.toMatchObject({
			message: expect.stringMatching(/ is empty$/) as string,
			context: { itemIndex: 1 },
		});
	});

	it.each([
		['protectedUser', 1, (account: string) => ({ protectedUsers: account })],
		['safetyLimit', 2, () => ({ safetyLimit: 1 })],
	])('names the account that the guard %s holds back', async (reason, items, optionsFor) => {
		const [field = ''] = ['email', 'userId'].filter((name) => name in parameters);
		const given = parameters[field];
		const account = typeof given === 'string' ? given : (given as { value: string }).value;
		const other = typeof given === 'string' ? `x${given}` : byId(altered(account));
		const { output } = await scriptedRun(service, {
			parameters: { ...parameters, [field]: [given, other], options: optionsFor(account) },
			answers: [],
			items,
			continueOnFail: true,
		});
		expect(output[0]?.json).toMatchObject({ details: { reason, [field]: account } });
		expect(output[0]?.json.error).not.toContain("''");
	});
});
