/** What MCP Server Trigger says of a tool. */
interface McpTool {
	readonly name: string;
	readonly description: string;
}

interface Answer {
	readonly result: { readonly tools: readonly McpTool[] };
}

/** Lists the tools of an MCP server as a client does, by Streamable HTTP. */
export async function listMcpTools(url: string): Promise<readonly McpTool[]> {
	const post = async (message: object, session?: string): Promise<Response> =>
		await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(session !== undefined && { 'mcp-session-id': session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
	const begun = await post({
		id: 1,
		method: 'initialize',
		params: {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'test', version: '1' },
		},
	});
	const session = begun.headers.get('mcp-session-id') ?? '';
	await begun.text();
	await post({ method: 'notifications/initialized' }, session);
	const answer = await (await post({ id: 2, method: 'tools/list' }, session)).text();
	// The server answers with a stream of events that holds this one.
	const [, data = answer] = /^data: (.*)$/m.exec(answer) ?? [];
	return (JSON.parse(data) as Answer).result.tools;
}
