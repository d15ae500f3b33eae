/** A workflow that has nothing to do with this package: it answers what it is asked. */
export const PING = {
	id: 'ping',
	name: 'Ping',
	active: false,
	settings: { executionOrder: 'v1' },
	nodes: [
		{
			id: 'ping-webhook',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: 'ping',
			parameters: { path: 'ping', httpMethod: 'POST', responseMode: 'lastNode', options: {} },
		},
		{
			id: 'ping-answer',
			name: 'Answer',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [200, 0],
			parameters: { mode: 'raw', jsonOutput: '{ "pong": true }', options: {} },
		},
	],
	connections: { Webhook: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } },
};
