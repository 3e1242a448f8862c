import axios, { type AxiosResponse } from 'axios';

/** A client of n8n's MCP Server Trigger, by MCP's Streamable HTTP transport. */
export interface McpClient {
	/** Calls a tool. Resolves to the text of its answer. */
	call(tool: string, input: Record<string, unknown>): Promise<string>;
}

interface RpcResult {
	result?: { content?: { text: string }[] };
	error?: { message: string };
}

/** Opens a session; see "Lifecycle" in MCP's specification. Undefined until n8n has the address. */
export async function openMcpSession(url: string): Promise<McpClient | undefined> {
	let session = {};
	let id = 0;
	const post = async (body: object) =>
		await axios.post<string>(
			url,
			{ jsonrpc: '2.0', ...body },
			{
				headers: { accept: 'application/json, text/event-stream', ...session },
				responseType: 'text',
				transformResponse: (text: string) => text,
				proxy: false,
				validateStatus: () => true,
			},
		);
	const request = async (method: string, params: object) =>
		await post({ id: ++id, method, params });
	const clientInfo = { name: 'test', version: '1' };
	const params = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo };
	const opened = await request('initialize', params);
	if (opened.status !== 200) return undefined;
	session = { 'mcp-session-id': String(opened.headers['mcp-session-id']) };
	await post({ method: 'notifications/initialized' });
	return {
		call: async (name, input) => {
			const { result, error } = resultIn(await request('tools/call', { name, arguments: input }));
			if (error) throw new Error(error.message);
			return (result?.content ?? []).map(({ text }) => text).join('\n');
		},
	};
}

/** The answer is JSON, or one event of a stream. */
function resultIn({ status, data }: AxiosResponse<string>): RpcResult {
	const json = data.startsWith('{') ? data : /^data: (.*)$/m.exec(data)?.[1];
	if (json === undefined) throw new Error(`n8n answered ${status}: ${data}`);
	return JSON.parse(json) as RpcResult;
}
