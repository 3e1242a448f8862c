import type { FastifyReply } from 'fastify';
import type { Rendered } from '../rendered.mts';

/** The whole answer, as it should be. */
export function deliver(reply: FastifyReply, { status, headers, text }: Rendered): FastifyReply {
	void reply.code(status).headers(headers);
	return text === '' ? reply.send() : reply.send(text);
}

/** A TCP reset, and not a byte of an answer. */
export function resetConnection(reply: FastifyReply): FastifyReply {
	void reply.hijack();
	reply.raw.socket?.resetAndDestroy();
	return reply;
}

/** Nothing at all, for as long as the caller waits. */
export function keepSilent(reply: FastifyReply): FastifyReply {
	return reply.hijack();
}

/** Half of the answer, and nothing more for as long as the caller waits. */
export function leaveUnfinished(reply: FastifyReply, answer: Rendered): FastifyReply {
	void reply.hijack();
	writeHalf(reply, answer);
	return reply;
}

/** Half of the answer, then the end of the connection. */
export function cutConnection(reply: FastifyReply, answer: Rendered): FastifyReply {
	void reply.hijack();
	writeHalf(reply, answer);
	reply.raw.socket?.destroySoon();
	return reply;
}

/** A whole answer with half of the text. */
export function halved(answer: Rendered): Rendered {
	const whole = withBody(answer);
	return { ...whole, text: halfOf(whole.text).toString('utf8') };
}

/** The headers promise the whole text. */
function writeHalf(reply: FastifyReply, answer: Rendered): void {
	const { status, headers, text } = withBody(answer);
	reply.raw.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
	reply.raw.write(halfOf(text));
}

function halfOf(text: string): Buffer {
	const bytes = Buffer.from(text);
	return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

/** There is no half of nothing: an answer without a body gets an empty object, and 204 becomes 200. */
function withBody(answer: Rendered): Rendered {
	if (answer.text !== '') return answer;
	const headers = { ...answer.headers, 'content-type': 'application/json; charset=utf-8' };
	return { status: answer.status === 204 ? 200 : answer.status, headers, text: '{}' };
}
