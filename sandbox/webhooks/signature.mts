import { createHmac } from 'node:crypto';
import type { SignatureScheme } from './vocabulary.mts';

/** Name and value of a header. */
export type Header = readonly [name: string, value: string];

/**
 * The headers that sign a body. How Imburse signs is not known (API reference 7.2); an HMAC of the
 * body under the verification key is the sandbox's guess.
 * @param now epoch milliseconds
 */
export function signatureHeaders(
	scheme: SignatureScheme,
	verificationKey: string,
	body: string,
	now: number,
): Header[] {
	const { algorithm, keyEncoding, digestEncoding, prefix, timestamp, content, separator } = scheme;
	const time = timestamp?.unit === 'milliseconds' ? String(now) : String(Math.floor(now / 1000));
	const digest = createHmac(algorithm, Buffer.from(verificationKey, keyEncoding))
		.update(content === 'body' ? body : `${time}${separator}${body}`)
		.digest(digestEncoding);
	const signed: Header = [scheme.header, `${prefix}${digest}`];
	return timestamp ? [signed, [timestamp.header, time]] : [signed];
}
