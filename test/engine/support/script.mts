import type { RequestListener } from 'node:http';
import { startStub, withToken, type StubServer } from './wires.mts';

/** One answer of a scripted Imburse: a status with a body, or a connection that breaks. */
export type Line = 'reset' | { status: number; body?: unknown; headers?: Record<string, string> };

/** Imburse's error body (API reference 6, shape C). */
export function refusedWith(status: number, ...codes: string[]): Line {
	const errors = codes.map((errorCode) => ({ errorCode, message: `${errorCode} in words` }));
	return { status, body: { correlationId: '0HL:1', errors } };
}

/** What somebody else answers in Imburse's place. */
export function html(status: number): Line {
	return { status, body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } };
}

export interface ScriptedImburse extends StubServer {
	/** Method of each call that is no token call. */
	methods: () => string[];
}

/**
 * An Imburse that says its lines: one list for writes, one for each path that is read (by the end
 * of the path). The last line of a list is repeated.
 */
export async function startScript(
	writes: Line[],
	reads: Readonly<Record<string, Line[]>>,
): Promise<ScriptedImburse> {
	const said = new Map<Line[], number>();
	const next = (lines: Line[]): Line => {
		const index = said.get(lines) ?? 0;
		said.set(lines, index + 1);
		return lines[Math.min(index, lines.length - 1)] ?? { status: 500 };
	};
	const listener: RequestListener = (request, response) => {
		const path = Object.keys(reads).find((end) => request.url?.endsWith(end));
		const line = next(request.method === 'GET' ? (reads[path ?? ''] ?? []) : writes);
		if (line === 'reset') return request.socket.destroy();
		const { status, body, headers = {} } = line;
		response.writeHead(status, headers);
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return response.end(body === undefined ? '' : text);
	};
	const stub = await startStub(withToken(listener));
	const calls = () => stub.received.filter((line) => !line.includes('/identity/'));
	return { ...stub, methods: () => calls().map((line) => line.split(' ')[0] ?? '') };
}
