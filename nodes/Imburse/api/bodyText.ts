/**
 * The longest body that is read, in bytes once it is unpacked. Imburse's answers have some
 * kilobytes; what is longer comes from something else, and would fill the memory of n8n.
 */
export const LARGEST_BODY = 5_000_000;

/** The code of the error for a body that is longer. */
export const BODY_TOO_LARGE = 'IMBURSE_BODY_TOO_LARGE';

/**
 * The text of a body, which is a stream of bytes, or whole where n8n puts an answer of its own in
 * the place of Imburse's.
 *
 * @throws an error with the code `BODY_TOO_LARGE`, and what breaks the stream off
 */
export async function bodyText(body: unknown): Promise<string> {
	if (body === undefined || body === null) return '';
	if (typeof body === 'string') return body;
	return isByteStream(body) ? await readText(body) : JSON.stringify(body);
}

const UTF_8 = new TextDecoder();

type ByteStream = AsyncIterable<Uint8Array>;

function isByteStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

async function readText(stream: ByteStream): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.length;
		if (size > LARGEST_BODY) throw tooLarge();
		chunks.push(chunk);
	}
	return size === 0 ? '' : UTF_8.decode(Buffer.concat(chunks));
}

function tooLarge(): Error {
	const error = new Error(`The answer is longer than ${LARGEST_BODY} bytes`);
	return Object.assign(error, { code: BODY_TOO_LARGE });
}
