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

interface Case {
	answer: ScriptedAnswer;
	reason: string;
	message: string;
	description: string;
	httpCode: string | undefined;
}

/** What any service, or something in between, may answer. */
const cases: Record<string, Case> = {
	'an HTML page with status 200': {
		answer: { status: 200, body: '<html>Welcome</html>' },
		reason: 'unexpectedResponse',
		message: 'SERVICE gave an unexpected response',
		description:
			"Check 'Base URL' in the credential. Try again later: repeating is safe. It isn't known whether the user was changed.",
		httpCode: '200',
	},
	'a body of another form with status 200': {
		answer: { status: 200, body: '[]' },
		reason: 'unexpectedResponse',
		message: 'SERVICE gave an unexpected response',
		description: "Check 'Base URL' in the credential.",
		httpCode: '200',
	},
	'truncated JSON': {
		answer: { status: 200, body: '{"status":"succ' },
		reason: 'unexpectedResponse',
		message: 'SERVICE gave an unexpected response',
		description: 'Try again later: repeating is safe.',
		httpCode: '200',
	},
	'an HTML page with status 404': {
		answer: { status: 404, body: '<html>Not Found</html>' },
		reason: 'unexpectedResponse',
		message: 'The address in the credential has no',
		description: 'in the credential',
		httpCode: '404',
	},
	'an HTML page with status 403': {
		answer: { status: 403, body: '<html>Blocked</html>' },
		reason: 'unexpectedResponse',
		message: 'A proxy or firewall blocked the request',
		description: 'the proxy or firewall between n8n and the service. Nothing was changed.',
		httpCode: '403',
	},
	'a redirect': {
		answer: { status: 302, headers: { location: 'https://evil.example/' } },
		reason: 'unexpectedResponse',
		message: 'The address in the credential redirects to another one',
		description: 'The redirect was not followed',
		httpCode: '302',
	},
	'status 429': {
		answer: { status: 429, body: 'slow down' },
		reason: 'rateLimited',
		message: 'SERVICE received too many requests',
		description: 'Try again later: repeating is safe. Nothing was changed.',
		httpCode: '429',
	},
	'status 500 with an HTML page': {
		answer: { status: 500, body: '<html>Oops</html>' },
		reason: 'unavailable',
		message: 'SERVICE is not available at the moment',
		description: 'Try again later: repeating is safe.',
		httpCode: '500',
	},
	'status 503': {
		answer: { status: 503 },
		reason: 'unavailable',
		message: 'SERVICE is not available at the moment',
		description: 'Try again later: repeating is safe.',
		httpCode: '503',
	},
	'a refused connection': {
		answer: rejection('ECONNREFUSED'),
		reason: 'unavailable',
		message: 'The service refused the connection',
		description: "Check 'Base URL' in the credential",
		httpCode: 'ECONNREFUSED',
	},
	'no answer in time': {
		answer: rejection('ECONNABORTED'),
		reason: 'timeout',
		message: 'The service did not answer within 30 seconds',
		description: "raise 'Timeout' under 'Options'",
		httpCode: 'ETIMEDOUT',
	},
	'a canceled execution': {
		answer: rejection('ERR_CANCELED'),
		reason: 'canceled',
		message: 'The execution was canceled before the service answered',
		description: "repeating is safe. It isn't known whether the user was changed.",
		httpCode: 'ERR_CANCELED',
	},
	'a key repeated by the service': {
		answer: { status: 500, body: { message: `bad ${SECRET}`, error: { message: SECRET } } },
		reason: 'unavailable',
		message: 'SERVICE is not available at the moment',
		description: 'Try again later: repeating is safe.',
		httpCode: '500',
	},
	'a key repeated by the service in escapes': {
		answer: { status: 500, body: `{"message":"${escaped(SECRET)}","error":"${escaped(SECRET)}"}` },
		reason: 'unavailable',
		message: 'SERVICE is not available at the moment',
		description: 'Try again later: repeating is safe.',
		httpCode: '500',
	},
	'a key repeated by the service in a header': {
		answer: { status: 500, headers: { 'trace-id': `for ${SECRET}` }, body: '{}' },
		reason: 'unavailable',
		message: 'SERVICE is not available at the moment',
		description: 'Try again later: repeating is safe.',
		httpCode: '500',
	},
	'a body that is nested deeper than can be read': {
		answer: { status: 200, body: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}` },
		reason: 'unexpectedResponse',
		message: 'SERVICE gave an unexpected response',
		description: 'Try again later: repeating is safe.',
		httpCode: '200',
	},
};

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
	describe.each(Object.entries(cases))(
		'answers with %s',
		(_, { description: text, message: sentence, ...expected }) => {
			const message = sentence.replace('SERVICE', displayName);
			// As the credential of the service labels its field.
			const description = text.replace('Base URL', service.addressField ?? 'Base URL');
			const run = { parameters, answers: [...once, ...before, expected.answer] };

			it('fails with the right reason and words on the error branch', async () => {
				const result = await scriptedRun(service, { ...run, continueOnFail: true });
				const { error, details } = first(result);
				expect(error).toContain(message);
				expect(error).toMatch(new RegExp(`^${displayName}\\b`));
				expect(details).toMatchObject({
					service: service.name,
					operation: 'deactivate',
					reason: expected.reason,
					description: expect.stringContaining(description) as string,
					httpCode: expected.httpCode,
					item: 0,
				});
				expect(everywhere(result.output)).not.toContain(SECRET);
			});

			it('stops with the same words', async () => {
				const error: unknown = await scriptedRun(service, run).catch((thrown: unknown) => thrown);
				expect(error).toBeInstanceOf(NodeApiError);
				expect(error).toMatchObject({
					message: expect.stringContaining(message) as string,
					description: expect.stringContaining(description) as string,
					httpCode: expected.httpCode,
				});
				expect(everywhere(error)).not.toContain(SECRET);
			});
		},
	);

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
		const { output } = await scriptedRun(service, {
			parameters,
			answers,
			items: 3,
			continueOnFail: true,
		});
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(output.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
	});

	it.each([2, 3] as const)(
		'never stops as a tool of an AI Agent of version %s: the model has to read what happened',
		async (asToolOf) => {
			const { output } = await scriptedRun(service, {
				parameters,
				answers: [...once, ...before, { status: 403 }],
				asToolOf,
			});
			expect(output[0]?.json).toMatchObject({ details: { reason: 'forbidden' } });
		},
	);

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

	it('outputs the raw response by option', async () => {
		const result = await scriptedRun(service, {
			parameters: { ...parameters, options: { output: 'raw' } },
			answers: [...once, ...before, success],
		});
		expect(first(result)).toEqual('body' in success ? success.body : {});
	});

	it('waits as long as the option says', async () => {
		const { requests } = await scriptedRun(service, {
			parameters: { ...parameters, options: { timeout: 5 } },
			answers: [...once, ...before, success],
		});
		expect(requests.map(({ timeout }) => timeout)).toEqual(requests.map(() => 5000));
	});

	it.each([
		[{ timeout: 0 }, "'Timeout' must be at least 1"],
		[{ timeout: '5' }, "'Timeout' must be a number of seconds"],
		[{ maxRetries: -1 }, "'Max Retries' must be at least 0"],
		[{ maxRetries: 21 }, "'Max Retries' must be at most 20"],
		[{ maxRetries: '5' }, "'Max Retries' must be a number of retries"],
		[{ parallelRequests: -1 }, "'Parallel Requests' must be at least 0"],
		[{ parallelRequests: 51 }, "'Parallel Requests' must be at most 50"],
		[{ parallelRequests: 2.5 }, "'Parallel Requests' must be a whole number"],
		[{ output: 'xml' }, "'Output' must be 'record' or 'raw'"],
		[{ ifAlreadyDeactivated: true }, "'If Already Deactivated' must be 'fail' or 'succeed'"],
	])('refuses the options %j', async (options, message) => {
		await expect(
			scriptedRun(service, { parameters: { ...parameters, options }, answers: [] }),
		).rejects.toThrow(message);
	});
});
