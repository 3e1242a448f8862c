import type { FastifyReply } from 'fastify';
import type { SerializedResponse } from '../serialize.mts';

/** Sends the whole response. */
export function sendResponse(
	reply: FastifyReply,
	{ status, headers, text }: SerializedResponse,
): FastifyReply {
	void reply.code(status).headers(headers);
	return text === '' ? reply.send() : reply.send(text);
}

/** Resets the TCP connection without a byte of a response. */
export function resetConnection(reply: FastifyReply): FastifyReply {
	void reply.hijack();
	reply.raw.socket?.resetAndDestroy();
	return reply;
}

/** Sends nothing, for as long as the caller waits. */
export function leaveUnanswered(reply: FastifyReply): FastifyReply {
	return reply.hijack();
}

/** Sends half of the response, and nothing more for as long as the caller waits. */
export function sendHalf(reply: FastifyReply, response: SerializedResponse): FastifyReply {
	void reply.hijack();
	writeHalf(reply, response);
	return reply;
}

/** Sends half of the response, then closes the connection. */
export function sendHalfAndClose(reply: FastifyReply, response: SerializedResponse): FastifyReply {
	void reply.hijack();
	writeHalf(reply, response);
	reply.raw.socket?.destroySoon();
	return reply;
}

/** The same response with half of its body, as a whole response. */
export function truncateBody(response: SerializedResponse): SerializedResponse {
	const whole = withBody(response);
	return { ...whole, text: firstHalf(whole.text).toString('utf8') };
}

/** The headers announce the whole body. */
function writeHalf(reply: FastifyReply, response: SerializedResponse): void {
	const { status, headers, text } = withBody(response);
	reply.raw.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
	reply.raw.write(firstHalf(text));
}

function firstHalf(text: string): Buffer {
	const bytes = Buffer.from(text);
	return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

/** A response without a body gets an empty object, so that there is something to halve; 204 becomes 200. */
function withBody(response: SerializedResponse): SerializedResponse {
	if (response.text !== '') return response;
	const headers = { ...response.headers, 'content-type': 'application/json; charset=utf-8' };
	return { status: response.status === 204 ? 200 : response.status, headers, text: '{}' };
}
