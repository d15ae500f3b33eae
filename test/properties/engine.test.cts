import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import fc from 'fast-check';
import { WorkflowHasIssuesError } from 'n8n-core';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Service } from '../../nodes/shared/users/service';
import { NODE_NAME, runNode } from '../harness/runNode.cts';
import { SECRET } from '../nodes/scriptedRun.cts';
import { samples } from '../nodes/services.cts';
import { holds } from './check.cts';
import {
	CHANGING,
	factsIn,
	PARAMETERS,
	readRequest,
	repliesTo,
	type Asked,
} from './documented.cts';
import { errorOf, mentions, recordOf } from './output.cts';
import { hostileJson, hostileLocator, hostileText, nearly, EMAIL, USER_IDS } from './values.cts';

/** What n8n's HTTP client and the nodes send, and nothing besides. */
const HEADERS: ReadonlySet<string> = new Set([
	...['accept', 'accept-encoding', 'connection', 'content-length', 'content-type', 'host'],
	...['user-agent', 'authorization', 'x-api-key'],
]);

interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

const json = { 'content-type': 'application/json' };

/** A service that notes what it is asked. */
class Listener {
	asked: Array<Asked & { key: string | undefined }> = [];

	/** What is wrong with what was asked. */
	objections: unknown[] = [];

	service = '';

	answer: (asked: Asked) => Answer = () => ({ status: 500, headers: {}, body: Buffer.alloc(0) });

	readonly server = createServer(async (request, response) => {
		try {
			const { method = '', url = '', headers, rawHeaders } = request;
			for (const name of rawHeaders.filter((_, index) => index % 2 === 0)) {
				if (!HEADERS.has(name.toLowerCase())) throw new Error(`a header ${name}`);
			}
			const body = await text(request);
			const sent = {
				method: method as 'GET',
				url: this.origin + url,
				...(body !== '' && { body }),
			};
			const asked = readRequest(this.service, this.baseUrl, sent);
			const key = headers.authorization ?? String(headers['x-api-key']);
			this.asked.push({ ...asked, key });
			const answer = this.answer(asked);
			response.writeHead(answer.status, answer.headers).end(answer.body);
		} catch (error) {
			this.objections.push(error);
			response.writeHead(500).end();
		}
	});

	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	get baseUrl(): string {
		return `${this.origin}/api/public`;
	}

	/** Begins anew: as a service that does as it is asked, or answers as given. */
	expect(service: Service, answer?: Answer): void {
		this.asked = [];
		this.objections = [];
		this.service = service.name;
		this.answer = (asked) => {
			const { status, body } = repliesTo(service.name, asked).success ?? { status: 500 };
			const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
			return answer ?? { status, headers: json, body: bytes };
		};
	}
}

const listener = new Listener();

beforeAll(async () => {
	listener.server.listen(0, '127.0.0.1');
	await once(listener.server, 'listening');
});

afterAll(() => listener.server.close());

/**
 * Runs a node in n8n's engine; failed items go to the error branch. n8n itself does not begin with a
 * required field that is empty.
 */
async function run(
	service: Service,
	parameters: INode['parameters'],
	input: IDataObject[],
	key = SECRET,
) {
	const { authentication = '', type = '' } = service.credentials[0] ?? {};
	const credential = { baseUrl: listener.baseUrl, apiKey: key, accessToken: key };
	const execution = await runNode({
		node: service.name,
		parameters: { authentication, ...parameters },
		credentials: {
			[type]: service.name === 'aitronos' ? { ...credential, authentication } : credential,
		},
		input,
		settings: { onError: 'continueErrorOutput' },
	}).catch((error: unknown) => {
		if (error instanceof WorkflowHasIssuesError) return undefined;
		throw error;
	});
	expect(listener.objections).toEqual([]);
	if (!execution) {
		expect(listener.asked).toEqual([]);
		return { hasBegun: false, done: [], failed: [] };
	}
	expect(execution.error).toBeUndefined();
	const [done = [], failed = []] = execution.output(NODE_NAME);
	const sources = [...done, ...failed].map(({ pairedItem }) => pairedItem);
	expect(sources).toHaveLength(input.length);
	expect(sources).toEqual(expect.arrayContaining(input.map((_, item) => ({ item }))));
	expect(mentions([done, failed], SECRET)).toBe(false);
	return { hasBegun: true, done, failed };
}

const operations = Object.values(samples).flatMap(({ service }) =>
	Object.keys(service.operations).map(
		(operation) => [service.displayName, operation, service] as const,
	),
);

describe.each(operations)("%s, %s, in n8n's engine", (_, operation, service) => {
	const valid = { ...PARAMETERS[service.name], operation };
	const ids = Object.values(USER_IDS);
	const field = service.name === 'langdock' || service.name === 'odeus' ? 'email' : 'userId';

	/** As the editor stores it: as it is, or as an expression. */
	const stored: fc.Arbitrary<unknown> =
		field === 'email'
			? fc.oneof(nearly(EMAIL), hostileText, fc.constant('={{ $json.value }}'))
			: fc.oneof(
					hostileLocator([EMAIL, ...ids]).filter((value) => isJson(value) && canBeChecked(value)),
					fc
						.record({
							__rl: fc.constant(true),
							mode: fc.constantFrom('id', 'email', 'list', '={{ $json.value }}'),
							value: fc.constantFrom('={{ $json.value }}', '={{ $json }}'),
							__regex: fc.constantFrom('(.*)', '^(\\.\\.)', '('),
						})
						.map((locator) => locator as unknown),
					fc.constant('={{ $json.value }}'),
				);
	const given = fc.oneof(
		fc.oneof(...ids.map(nearly), nearly(EMAIL)) as fc.Arbitrary<unknown>,
		hostileJson,
		hostileLocator(ids).filter(isJson),
	);

	it('outputs each item once, as a record or on the error branch', async () => {
		const options = fc.constantFrom<IDataObject | string>(
			{},
			{},
			{ dryRun: true },
			'={{ $json.value }}',
		);
		const items = fc.array(given, { minLength: 1, maxLength: 3 });
		await holds(50, fc.tuple(stored, options, items), async ([value, chosen, values]) => {
			listener.expect(service);
			const parameters = { ...valid, [field]: value, options: chosen } as INode['parameters'];
			const input = values.map((each) => ({ value: each }) as IDataObject);
			const { done, failed } = await run(service, parameters, input);
			for (const item of done) {
				if (chosen === '={{ $json.value }}') continue;
				expect(recordOf(item).operation).toBe(operation);
			}
			for (const item of failed) expect(errorOf(service, withoutInput(item))).toBeDefined();
			if (operation === 'get' || (chosen as IDataObject).dryRun === true) {
				expect(listener.asked.filter(({ kind }) => CHANGING.has(kind))).toEqual([]);
			}
		});
	});

	it('never takes odd bytes for an answer', async () => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
			hostileJson.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
			fc.constantFrom(
				Buffer.from('{"status":"success","message":"\xff\xfe"}', 'latin1'),
				Buffer.from('{"a":"'.repeat(10)),
				Buffer.from(`\ufeff{}`),
				Buffer.from('{}', 'utf16le'),
				Buffer.from('<html>'),
			),
		);
		const headers = fc.record(
			{
				'content-type': fc.constantFrom(
					...['text/html', 'application/json; charset=utf-16', 'image/png', 'x', 'a/b;'],
					...['multipart/form-data', 'application/octet-stream', 'text/event-stream'],
				),
				'retry-after': fc.constantFrom('-1', 'soon', '1e99', 'Thu, 01 Jan 1970 00:00:00 GMT'),
				'content-encoding': fc.constantFrom('gzip', 'br', 'x'),
				location: fc.constantFrom('http://127.0.0.1:1/', '//evil.example', ''),
				'set-cookie': fc.constant('a=b'),
			},
			{ requiredKeys: [] },
		) as fc.Arbitrary<Record<string, string>>;
		const status = fc.constantFrom(200, 200, 201, 203, 206, 301, 307, 400, 401, 403, 404, 409, 422);
		const answer = fc.record({ status, headers, body: bytes });
		await holds(25, answer, async (reply) => {
			listener.expect(service, reply);
			const parameters = { ...valid, options: { maxRetries: 0 } } as INode['parameters'];
			const { hasBegun, done, failed } = await run(service, parameters, [{}]);
			expect(hasBegun).toBe(true);
			for (const item of failed) expect(errorOf(service, withoutInput(item))).toBeDefined();
			// Now and then an answer says yes in spite of all, as nothing at all does at awork.
			const text = new TextDecoder().decode(reply.body);
			const saysYes = listener.asked.some((asked) =>
				factsIn(service.name, asked, reply.status, text).includes('done'),
			);
			for (const item of done) expect(recordOf(item).changed && !saysYes).toBe(false);
		});
	});
});

/** n8n merges a failed item with its input. */
function withoutInput<T extends { json: IDataObject }>(item: T): T {
	const { error, details } = item.json;
	return { ...item, json: { error, details } as IDataObject };
}

/** n8n's mark of an expression, in a credential too. */
const isExpression = (value: string): boolean => value.startsWith('=');

/** n8n checks a saved locator before anything of ours runs, and for that calls `toString` of its value. */
function canBeChecked(locator: unknown): boolean {
	const { value } = locator as { value?: unknown };
	return typeof value !== 'object' || value === null || !Object.hasOwn(value, 'toString');
}

function isJson(value: unknown): boolean {
	try {
		expect(JSON.parse(JSON.stringify(value))).toEqual(value);
		return true;
	} catch {
		return false;
	}
}

describe('a key with other characters in it', () => {
	it.each(Object.values(samples).map(({ service }) => [service.displayName, service] as const))(
		'%s: is sent as one header, or not at all',
		async (_, service) => {
			// Not a text that is in an answer: of that, nothing would be left but asterisks.
			const key = fc
				.oneof(
					nearly(SECRET),
					hostileText.map((part) => `${part.slice(0, 500)}${SECRET}`),
					fc.constantFrom('', ' \n', '\u200b', '\0', 'x'),
				)
				.filter((value) => !isExpression(value));
			await holds(50, key, async (value) => {
				listener.expect(service);
				const parameters = { ...PARAMETERS[service.name], operation: 'deactivate' };
				const { hasBegun, failed } = await run(
					service,
					{ ...parameters, options: { maxRetries: 0 } } as INode['parameters'],
					[{}],
					value,
				);
				expect(hasBegun).toBe(true);
				for (const { key: sent } of listener.asked) {
					expect(sent?.replace(/^Bearer ?/, '')).toBe(value.trim());
				}
				for (const item of failed) {
					const { details } = errorOf(service, withoutInput(item)) ?? {};
					expect(details?.reason).toBe('invalidInput');
					expect(listener.asked).toEqual([]);
				}
			});
		},
	);
});
