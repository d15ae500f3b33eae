import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { inspect } from 'node:util';

import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';
import {
	NodeApiError,
	NodeConnectionTypes,
	type ICredentialTestRequest,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeProperties,
	type INodeType,
	type JsonObject,
} from 'n8n-workflow';
import nock from 'nock';

import { testCredential } from '../harness/credentialTest.cts';
import { nockOnly } from '../harness/nockOnly.cts';
import { json, NODE_NAME, runNode, startNode, type NodeRun } from '../harness/runNode.cts';
import { findSecrets } from '../harness/secrets.cts';

const HOST = 'https://toy.example.org';
const TOKEN_URL = 'https://login.example.org/token';
const SECRET = 's3cr3t/of+the=toy';

const field = (name: string, value = ''): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: value,
});

const oAuth2Type = (name: string, grantType: string): ICredentialType => ({
	name,
	displayName: name,
	extends: ['oAuth2Api'],
	properties: [
		field('grantType', grantType),
		field('accessTokenUrl', '={{ $self["login"] }}/token'),
		field('authentication', 'header'),
		field('login', 'https://login.example.org'),
	],
});

/** One credential type for each way in which n8n signs requests. */
const credentialTypes: ICredentialType[] = [
	{
		name: 'toyGeneric',
		displayName: 'Toy',
		properties: [field('key'), field('header', 'X-Toy')],
		authenticate: {
			type: 'generic',
			properties: {
				headers: {
					'={{ $credentials.header }}': '=Key {{ $credentials.key }}',
					'X-Missing': '={{ $credentials.nothing }}',
				},
				qs: { tenant: 'a' },
			},
		},
	},
	{
		name: 'toyFunction',
		displayName: 'Toy',
		properties: [field('key')],
		authenticate: async (data, request) =>
			await Promise.resolve({
				...request,
				headers: { ...request.headers, Authorization: `Toy ${String(data.key)}` },
			}),
	},
	oAuth2Type('toyClientOAuth2Api', 'clientCredentials'),
	oAuth2Type('toyCodeOAuth2Api', 'authorizationCode'),
];

/** Asks for a path per item, with the credential that its parameter names. */
class Toy implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Toy',
		name: 'toy',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			...credentialTypes.map(({ name }) => ({ name })),
			{ name: 'toyByFunction', testedBy: 'toyTest' },
		],
		properties: [field('credential'), field('path')],
	};

	methods: NonNullable<INodeType['methods']> = {
		credentialTest: {
			toyTest: async ({ data }) =>
				await Promise.resolve(
					data?.key === SECRET
						? { status: 'OK', message: 'known' }
						: { status: 'Error', message: 'unknown' },
				),
		},
	};

	async execute(this: IExecuteFunctions) {
		const output = [];
		for (const item of this.getInputData().keys()) {
			const url = `${HOST}/${this.getNodeParameter('path', item) as string}`;
			const credential = this.getNodeParameter('credential', item) as string;
			try {
				const answer = (await this.helpers.httpRequestWithAuthentication.call(this, credential, {
					url,
				})) as IDataObject;
				output.push({ json: answer, pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw new NodeApiError(this.getNode(), error as JsonObject);
				const { httpCode } = error as NodeApiError;
				output.push({ json: { error: 'refused', details: { httpCode } }, pairedItem: { item } });
			}
		}
		return [output];
	}
}

/** Fails as a whole, as a node must not. */
class Careless extends Toy {
	override description = { ...new Toy().description, name: 'careless' };

	override async execute(this: IExecuteFunctions): Promise<never> {
		return await Promise.reject(new NodeApiError(this.getNode(), { message: 'careless' }));
	}
}

const own = { nodes: [new Toy(), new Careless()], credentials: credentialTypes };

/** The paths of the input items, and how the node is set. */
function toyRun(
	paths: readonly string[],
	settings: Partial<INode> = {},
	credential = 'toyFunction',
	data: IDataObject = { key: SECRET },
): NodeRun {
	return {
		own,
		node: 'toy',
		parameters: { credential, path: '={{ $json.path }}' },
		credentials: { [credential]: data as NodeRun['credentials'][string] },
		input: paths.map((path, index) => ({ path, index })),
		settings,
	};
}

const toy = async (...run: Parameters<typeof toyRun>) => await runNode(toyRun(...run));

/** Without a wait: 1 is the shortest that n8n does not take for its default. */
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

nockOnly();

describe('the engine', () => {
	it('evaluates parameters per item and hands out items by branch', async () => {
		nock(HOST).get('/one').reply(200, { answer: 1 }).get('/two').reply(200, { answer: 2 });
		const execution = await toy(['one', 'two']);
		expect(execution.status).toBe('success');
		expect(execution.error).toBeUndefined();
		expect(json(execution)).toEqual([[{ answer: 1 }, { answer: 2 }]]);
		expect(execution.output(NODE_NAME)[0]?.[1]).toMatchObject({ pairedItem: { item: 1 } });
	});

	it('sends failed items to the error branch, merged with their input', async () => {
		nock(HOST).get('/one').reply(500).get('/two').reply(200, { answer: 2 });
		const execution = await toy(['one', 'two'], { onError: 'continueErrorOutput' });
		expect(json(execution)).toEqual([
			[{ answer: 2 }],
			[{ path: 'one', index: 0, error: 'refused', details: { httpCode: '500' } }],
		]);
		expect(execution.status).toBe('success');
	});

	it('keeps failed items among the others if the node has no error branch', async () => {
		nock(HOST).get('/one').reply(500).get('/two').reply(200, { answer: 2 });
		const execution = await toy(['one', 'two'], { onError: 'continueRegularOutput' });
		expect(json(execution)).toEqual([
			[{ error: 'refused', details: { httpCode: '500' } }, { answer: 2 }],
		]);
	});

	it('ends with the node’s error if the node is set to stop', async () => {
		nock(HOST).get('/one').reply(500);
		const execution = await toy(['one', 'two']);
		expect(execution).toMatchObject({ status: 'error', error: { name: 'NodeApiError' } });
		expect(json(execution)).toEqual([]);
	});

	it('takes the input for a success if a node throws although it is to continue', async () => {
		const run = toyRun(['one'], { onError: 'continueErrorOutput' });
		expect(json(await runNode({ ...run, node: 'careless' }))).toEqual([
			[{ path: 'one', index: 0 }],
		]);
	});

	it('runs the whole node again with Retry On Fail', async () => {
		nock(HOST).get('/one').twice().reply(200, { answer: 1 });
		nock(HOST).get('/two').reply(500).get('/two').reply(200, { answer: 2 });
		const execution = await toy(['one', 'two'], retry);
		expect(json(execution)).toEqual([[{ answer: 1 }, { answer: 2 }]]);
	});

	it('gives up after the last try', async () => {
		nock(HOST).get('/one').times(retry.maxTries).reply(500);
		expect((await toy(['one'], retry)).status).toBe('error');
	});

	it('cancels a request that is under way', async () => {
		const events = new EventEmitter();
		nock(HOST)
			.get('/one')
			.reply(async () => {
				events.emit('asked');
				await once(events, 'over');
				return [200];
			});
		const asked = once(events, 'asked');
		const running = startNode(toyRun(['one', 'two']));
		await asked;
		running.cancel();
		const { status } = await running.result;
		events.emit('over');
		expect(status).toBe('canceled');
	});

	it('does not know the developer’s own n8n', async () => {
		nock(HOST).get('/one').reply(200, {});
		await toy(['one']);
		const { n8nFolder } = Container.get(InstanceSettings);
		expect(n8nFolder.startsWith(homedir())).toBe(false);
		expect(existsSync(n8nFolder)).toBe(false);
	});
});

describe('credentials', () => {
	it('sign with expressions in keys and values, in headers and query', async () => {
		const reqheaders = { 'x-toy': `Key ${SECRET}`, 'x-missing': '' };
		nock(HOST, { reqheaders }).get('/one?tenant=a').reply(200, { answer: 1 });
		const execution = await toy(['one'], {}, 'toyGeneric');
		expect(json(execution)).toEqual([[{ answer: 1 }]]);
	});

	it('sign with a function', async () => {
		nock(HOST, { reqheaders: { authorization: `Toy ${SECRET}` } })
			.get('/one')
			.reply(200, { answer: 1 });
		expect(json(await toy(['one']))).toEqual([[{ answer: 1 }]]);
	});

	it('fail the run if the test gave none', async () => {
		const run = toyRun(['one']);
		expect((await runNode({ ...run, credentials: {} })).status).toBe('error');
	});

	const withToken = (token: string) => ({
		reqheaders: { authorization: `Bearer ${token}` },
	});
	const basic = `Basic ${Buffer.from(`toy:${SECRET}`).toString('base64')}`;
	const client = { clientId: 'toy', clientSecret: SECRET };
	const tokenEndpoint = (body: Record<string, string>) => {
		const { origin, pathname } = new URL(TOKEN_URL);
		return nock(origin, { reqheaders: { authorization: basic } }).post(pathname, body);
	};

	it('fetch a token with OAuth2, once, and keep it', async () => {
		tokenEndpoint({ grant_type: 'client_credentials' }).reply(200, { access_token: 'first' });
		nock(HOST, withToken('first')).get('/one').reply(200, {}).get('/two').reply(200, {});
		const { status, credentials } = await toy(['one', 'two'], {}, 'toyClientOAuth2Api', client);
		expect(status).toBe('success');
		expect(credentials.stored.get('toyClientOAuth2Api')).toEqual({
			...client,
			oauthTokenData: { access_token: 'first' },
		});
	});

	it('get a new token on a 401 with OAuth2, and try once again', async () => {
		const oauthTokenData = { access_token: 'first', refresh_token: 'r1', token_type: 'Bearer' };
		nock(HOST, withToken('first')).get('/one').reply(401);
		tokenEndpoint({ grant_type: 'refresh_token', refresh_token: 'r1' }).reply(200, {
			access_token: 'second',
			refresh_token: 'r2',
		});
		nock(HOST, withToken('second')).get('/one').reply(401);
		const data = { ...client, oauthTokenData };
		const { status, credentials } = await toy(['one'], {}, 'toyCodeOAuth2Api', data);
		expect(status).toBe('error');
		expect(credentials.stored.get('toyCodeOAuth2Api')).toMatchObject({
			oauthTokenData: { access_token: 'second', refresh_token: 'r2' },
		});
	});
});

describe('testCredential', () => {
	const test = async (
		testRequest: Partial<ICredentialTestRequest>,
		data: IDataObject = { key: SECRET },
	) => {
		const type: ICredentialType = {
			name: 'toyTested',
			displayName: 'Toy',
			properties: [field('key'), field('baseUrl', HOST)],
			authenticate: {
				type: 'generic',
				properties: { headers: { 'X-Toy': '={{ $credentials.key }}' } },
			},
			test: { request: { baseURL: '={{ $credentials.baseUrl }}', url: '/me' }, ...testRequest },
		};
		return await testCredential(type.name, data as NodeRun['credentials'][string], {
			credentials: [type],
		});
	};
	const me = (status: number, body: IDataObject = {}) =>
		nock(HOST, { reqheaders: { 'x-toy': SECRET } })
			.get('/me')
			.times(status === 401 ? 2 : 1)
			.reply(status, body as nock.Body);

	it('asks with the credential', async () => {
		me(200);
		expect(await test({})).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it('follows a rule about the status', async () => {
		me(401);
		const rules = [
			{ type: 'responseCode' as const, properties: { value: 403, message: 'not this one' } },
			{ type: 'responseCode' as const, properties: { value: 401, message: 'by rule' } },
		];
		expect(await test({ rules })).toEqual({ status: 'Error', message: 'by rule' });
	});

	it('has the reason phrase if no rule speaks of the status', async () => {
		me(500);
		expect(await test({})).toEqual({ status: 'Error', message: 'Internal Server Error' });
	});

	it('follows a rule about the body of a success', async () => {
		const properties = { key: 'is_valid', value: false, message: 'by rule' };
		const rules = [{ type: 'responseSuccessBody' as const, properties }];
		me(200, { is_valid: false });
		expect(await test({ rules })).toEqual({ status: 'Error', message: 'by rule' });
		me(200, { is_valid: true });
		expect(await test({ rules })).toMatchObject({ status: 'OK' });
	});

	it('has only a code for a broken connection', async () => {
		nock(HOST)
			.get('/me')
			.replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
		expect(await test({})).toEqual({ status: 'Error', message: 'ECONNRESET' });
	});

	it.each([
		['toyByFunction', { key: SECRET }, 'OK', 'known'],
		['toyByFunction', { key: 'other' }, 'Error', 'unknown'],
		['toyFunction', { key: SECRET }, 'Error', 'No testing function found'],
		['toyCodeOAuth2Api', { oauthTokenData: { access_token: 'a' } }, 'OK', 'Successful'],
		['toyCodeOAuth2Api', {}, 'Error', 'not connected to an account'],
	])('tests %s with %j as n8n does: %s', async (name, data, status, message) => {
		const byFunction = { name: 'toyByFunction', displayName: 'Toy', properties: [field('key')] };
		const result = await testCredential(name, data as NodeRun['credentials'][string], {
			...own,
			credentials: [...own.credentials, byFunction],
		});
		expect(result).toEqual({
			status,
			message: expect.stringContaining(message) as string,
		});
	});
});

describe('findSecrets', () => {
	const error = new Error('clean');
	const hidden = (value: unknown) => Object.defineProperty({}, 'hidden', { value });
	const circle: Record<string, unknown> = { key: SECRET };
	circle.self = circle;

	it.each<[string, unknown]>([
		['a text', `the key ${SECRET} is wrong`],
		['a key', { [SECRET]: 1 }],
		['depth', { a: [{ b: { c: { d: { e: { f: SECRET } } } } }] }],
		['a long list', [...Array<string>(500).fill('x'), SECRET]],
		['a long text', 'x'.repeat(20_000) + SECRET],
		['a hidden property', hidden(SECRET)],
		['a symbol', { [Symbol('s')]: SECRET }],
		['a getter', Object.defineProperty({}, 'get', { get: () => SECRET })],
		['a cause', new Error('outer', { cause: Object.assign(error, { config: SECRET }) })],
		['a stack', Object.assign(new Error('x'), { stack: `at ${SECRET}` })],
		['a map', new Map([['a', new Set([SECRET])]])],
		['bytes', { body: Buffer.from(`{"key":"${SECRET}"}`) }],
		['JSON alone', { toJSON: () => ({ key: SECRET }) }],
		['an inspector’s text alone', { [inspect.custom]: () => SECRET }],
		['what an inspector hides', { [inspect.custom]: () => 'nothing', key: SECRET }],
		['a property of a function', Object.assign(() => 1, { key: SECRET })],
		['a circle', circle],
		['a URL', `${HOST}/?key=${encodeURIComponent(SECRET)}`],
		['base64', Buffer.from(SECRET).toString('base64')],
		['a Basic header', `Basic ${Buffer.from(`u:${SECRET}`).toString('base64')}`],
		['a Basic header of a longer user', `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`],
		['a part of a JWT', Buffer.from(`{"k":"${SECRET}"}`).toString('base64url')],
	])('finds one in %s', (_, value) => {
		expect(findSecrets(value, ['another-5ecr3t', SECRET])).not.toEqual([]);
	});

	it('finds none where none is', () => {
		expect(findSecrets(new Error('the key is wrong', { cause: { a: [1] } }), [SECRET])).toEqual([]);
	});

	it('refuses an empty secret, with which it could only be wrong', () => {
		expect(() => findSecrets('x', [''])).toThrow('empty secret');
	});
});
