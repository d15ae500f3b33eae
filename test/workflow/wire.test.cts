import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { INode } from 'n8n-workflow';

import { byId, json, runNode } from '../harness/runNode.cts';

const KEY = 'k3y-5ecr3t';

/** What n8n's HTTP client adds to every request, whatever a node asks for. */
const CLIENT_HEADERS = ['accept-encoding', 'connection', 'content-length', 'host', 'user-agent'];

/** All that a node sends to deactivate one user. */
interface Case {
	node: string;
	credential: [type: string, data: Record<string, string>];
	parameters: INode['parameters'];
	/** Of the user. */
	id?: string;
	/** How requests are signed. */
	signed?: IncomingHttpHeaders;
	/** Method, path behind that of the base URL, and body. */
	lines: string[];
}

/** Whatever is asked of whichever service: this is a good answer, but for the user's ID. */
const ANSWER = {
	users: [],
	status: 'success',
	message: '',
	account_state: 'deactivated',
	user: { id: 'caller' },
	details: {},
	isDeactivated: false,
	privateProjectsDeletedCount: 0,
};

const userManagement = (node: string): Case => ({
	node,
	credential: [`${node}AdminApi`, { apiKey: KEY }],
	parameters: { email: "kim.o'neil+hr@münchen.example" },
	lines: [
		'GET /billing/v1/ai-models-included/users?email=kim.o%27neil%2Bhr%40m%C3%BCnchen.example&limit=50',
		'POST /user-management/v1/deactivate-user {"email":"kim.o\'neil+hr@münchen.example"}',
	],
});

const aitronos = (data: Record<string, string>): Case => ({
	node: 'aitronos',
	credential: ['aitronosAdminApi', data],
	parameters: {
		organizationId: byId('org_1'),
		userId: byId('usr_1'),
		transferResourcesToDepartmentId: byId('dept_2'),
	},
	id: 'usr_1',
	lines: [
		// A key belongs to no user.
		...(data.authentication === 'accessToken' ? ['GET /v1/user/me'] : []),
		'POST /v1/organizations/org_1/users/usr_1/deactivate {"transfer_resources_to_department_id":"dept_2"}',
	],
});

const awork = (includeSummary: boolean, id = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11'): Case => ({
	node: 'awork',
	credential: ['aworkAdminApi', { apiKey: KEY }],
	parameters: { userId: byId(id), includeSummary },
	id,
	lines: [
		'GET /users/me',
		`GET /users/${id}`,
		`POST /users/${id}/deactivate?includeSummary=${includeSummary}`,
	],
});

const cases: Record<string, Case> = {
	langdock: userManagement('langdock'),
	odeus: userManagement('odeus'),
	'aitronos with an API key': {
		...aitronos({ authentication: 'apiKey', apiKey: KEY, accessToken: 'not-this' }),
		signed: { 'x-api-key': KEY },
	},
	'aitronos with an access token': aitronos({
		authentication: 'accessToken',
		accessToken: KEY,
		apiKey: 'not-this',
	}),
	zitadel: {
		node: 'zitadel',
		credential: ['zitadelAdminApi', { accessToken: KEY }],
		parameters: { userId: byId('163840776835432705') },
		lines: [
			'GET /auth/v1/users/me',
			'POST /v2/users/163840776835432705/deactivate {}',
			'POST /v2/sessions/search {"query":{"offset":0,"limit":100},"queries":[{"userIdQuery":{"id":"163840776835432705"}}]}',
		],
	},
	'awork with a summary': awork(true),
	'awork without': awork(false),
};

it.each(Object.entries(cases))('%s sends these bytes and no others', async (_, given) => {
	const { node, parameters, id, lines, signed = { authorization: `Bearer ${KEY}` } } = given;
	const [type, data] = given.credential;
	const sent: Array<{ line: string; headers: IncomingHttpHeaders }> = [];
	const server = createServer(async (request, response) => {
		const { method, url = '' } = request;
		const body = await text(request);
		const headers = Object.entries(request.headers).filter(
			([name]) => !CLIENT_HEADERS.includes(name),
		);
		sent.push({ line: `${method} ${url} ${body}`.trim(), headers: Object.fromEntries(headers) });
		const answer = { ...ANSWER, id: url.endsWith('/me') ? 'caller' : id };
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
	expect(sent).toEqual(
		lines.map((line) => ({
			line: line.replace(' /', ' /api/public/'),
			headers: {
				accept: 'application/json',
				...signed,
				...(line.endsWith('}') && { 'content-type': 'application/json' }),
			},
		})),
	);
});
