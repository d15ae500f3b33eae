import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { IDataObject, INode } from 'n8n-workflow';

import { byId, json, runNode } from '../harness/runNode.cts';

const KEY = 'k3y-5ecr3t';
const AWORK_ID = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11';

/** What n8n's HTTP client adds to every request, whatever a node asks for. */
const CLIENT_HEADERS = new Set([
	'accept-encoding',
	'connection',
	'content-length',
	'host',
	'user-agent',
]);

interface Exchange {
	line: string;
	headers: IncomingHttpHeaders;
	body: string;
	answer: IDataObject;
}

const bearer = { accept: 'application/json', authorization: `Bearer ${KEY}` };

/** What arrives below the path of the base URL, and what answers. */
const get = (path: string, answer: IDataObject): Exchange => ({
	line: `GET /api/public${path}`,
	headers: bearer,
	body: '',
	answer,
});
const post = (
	path: string,
	body: string,
	answer: IDataObject,
	headers: IncomingHttpHeaders = bearer,
): Exchange => ({
	line: `POST /api/public${path}`,
	headers: { ...headers, ...(body !== '' && { 'content-type': 'application/json' }) },
	body,
	answer,
});

/** All that a node sends to deactivate one user, and with what answers. */
interface Case {
	node: string;
	credential: [type: string, data: Record<string, string>];
	parameters: INode['parameters'];
	exchanges: Exchange[];
}

const userManagement = (node: string): Case => ({
	node,
	credential: [`${node}AdminApi`, { apiKey: KEY }],
	parameters: { email: "kim.o'neil+hr@münchen.example" },
	exchanges: [
		get(
			'/billing/v1/ai-models-included/users?email=kim.o%27neil%2Bhr%40m%C3%BCnchen.example&limit=50',
			{ users: [] },
		),
		post('/user-management/v1/deactivate-user', '{"email":"kim.o\'neil+hr@münchen.example"}', {
			status: 'success',
			message: 'User deactivated',
		}),
	],
});

const aitronos = (data: Record<string, string>, ...exchanges: Exchange[]): Case => ({
	node: 'aitronos',
	credential: ['aitronosAdminApi', data],
	parameters: {
		organizationId: byId('org_1'),
		userId: byId('usr_1'),
		transferResourcesToDepartmentId: byId('dept_2'),
	},
	exchanges,
});
const aitronosChange = [
	'/v1/organizations/org_1/users/usr_1/deactivate',
	'{"transfer_resources_to_department_id":"dept_2"}',
	{ id: 'usr_1', account_state: 'deactivated' },
] as const;

const awork = (includeSummary: boolean): Case => ({
	node: 'awork',
	credential: ['aworkAdminApi', { apiKey: KEY }],
	parameters: { userId: byId(AWORK_ID), includeSummary },
	exchanges: [
		get('/users/me', { id: 'caller' }),
		get(`/users/${AWORK_ID}`, { id: AWORK_ID, isDeactivated: false }),
		post(`/users/${AWORK_ID}/deactivate?includeSummary=${includeSummary}`, '', {
			privateProjectsDeletedCount: 0,
		}),
	],
});

const cases: Record<string, Case> = {
	langdock: userManagement('langdock'),
	odeus: userManagement('odeus'),
	// A key belongs to no user.
	'aitronos with an API key': aitronos(
		{ authentication: 'apiKey', apiKey: KEY, accessToken: 'not-this' },
		post(...aitronosChange, { accept: 'application/json', 'x-api-key': KEY }),
	),
	'aitronos with an access token': aitronos(
		{ authentication: 'accessToken', accessToken: KEY, apiKey: 'not-this' },
		get('/v1/user/me', { id: 'usr_9' }),
		post(...aitronosChange),
	),
	zitadel: {
		node: 'zitadel',
		credential: ['zitadelAdminApi', { accessToken: KEY }],
		parameters: { userId: byId('163840776835432705') },
		exchanges: [
			get('/auth/v1/users/me', { user: { id: '1' } }),
			post('/v2/users/163840776835432705/deactivate', '{}', { details: {} }),
		],
	},
	'awork with a summary': awork(true),
	'awork without': awork(false),
};

it.each(Object.entries(cases))(
	'%s sends these bytes and no others',
	async (_, { node, credential: [type, data], parameters, exchanges }) => {
		const sent: Array<Omit<Exchange, 'answer'>> = [];
		const server = createServer(async (request, response) => {
			const answer = exchanges[sent.length]?.answer ?? {};
			const headers = Object.fromEntries(
				Object.entries(request.headers).filter(([name]) => !CLIENT_HEADERS.has(name)),
			);
			const body = await text(request);
			sent.push({ line: `${request.method} ${request.url}`, headers, body });
			response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		// A path below the host must stay, a slash too many must not.
		const baseUrl = `http://127.0.0.1:${port}/api/public/`;
		const credentials = { [type]: { ...data, baseUrl } };
		const execution = await runNode({ node, credentials, parameters });
		server.close();

		expect(json(execution)).toMatchObject([[{ outcome: 'deactivated' }]]);
		expect(sent).toEqual(exchanges.map(({ line, headers, body }) => ({ line, headers, body })));
	},
);
