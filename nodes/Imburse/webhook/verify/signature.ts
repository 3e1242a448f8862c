import { createHmac, timingSafeEqual } from 'node:crypto';

import {
	ACCEPTED,
	rejected,
	singleHeader,
	type Delivery,
	type VerificationResult,
} from '../delivery';
import { parseInstant } from '../events/instant';

export type Algorithm = 'sha1' | 'sha256' | 'sha512';
export type KeyEncoding = 'utf8' | 'base64' | 'hex';
export type DigestEncoding = 'hex' | 'base64';

/**
 * How a delivery is signed. Imburse publishes only that there is a verification key (API reference
 * 7.2, unknown), so the user can set all of it.
 */
export interface SignatureScheme {
	header: string;
	algorithm: Algorithm;
	/** How the verification key is written. */
	keyEncoding: KeyEncoding;
	/** How the signature is written. */
	digestEncoding: DigestEncoding;
	/** Text before the signature in its header, such as `sha256=`; may be empty. */
	prefix: string;
	/** Empty if there is no header with the time of signing. */
	timestampHeader: string;
	/** Text between time and body if both are signed; undefined if only the body is signed. */
	separator: string | undefined;
	/** Seconds, in both directions. */
	tolerance: number;
}

/**
 * Verifies an HMAC over the bytes as they came.
 *
 * @param keys the current key and, while it is being changed, the previous one; empty keys are ignored
 * @param now milliseconds since 1970
 */
export function verifySignature(
	delivery: Delivery,
	scheme: SignatureScheme,
	keys: readonly string[],
	now: number,
): VerificationResult {
	const decodedKeys = keys.flatMap((key) => decodeKey(key, scheme.keyEncoding) ?? []);
	if (decodedKeys.length === 0) return rejected('there is no verification key that can be used');
	const timestamp = readTimestamp(delivery, scheme);
	if (timestamp === undefined) {
		return rejected(`the header ${scheme.timestampHeader} is missing, or came twice`);
	}
	if (scheme.timestampHeader !== '') {
		const result = verifyTimestamp(timestamp, scheme.tolerance, now);
		if (!result.ok) return result;
	}
	const signature = readSignature(delivery, scheme);
	if (typeof signature === 'string') return rejected(signature);
	const content = signedContent(delivery, scheme, timestamp);
	const matches = decodedKeys.some((key) => {
		const digest = createHmac(scheme.algorithm, key).update(content).digest();
		return digest.length === signature.length && timingSafeEqual(digest, signature);
	});
	return matches
		? ACCEPTED
		: rejected('its signature fits neither the verification key nor the previous one');
}

/** The bytes of a key; undefined if it is empty or not written in that encoding. */
export function decodeKey(key: string, encoding: KeyEncoding): Buffer | undefined {
	return decode(key.trim(), encoding);
}

/**
 * Decodes a text strictly. Node skips characters that do not belong to an encoding; here a text counts
 * only if the bytes are written in exactly this way. Hex may be in capitals.
 */
function decode(text: string, encoding: KeyEncoding): Buffer | undefined {
	const bytes = Buffer.from(text, encoding);
	const written = encoding === 'hex' ? text.toLowerCase() : text;
	return bytes.length > 0 && bytes.toString(encoding) === written ? bytes : undefined;
}

function readTimestamp(delivery: Delivery, { timestampHeader }: SignatureScheme) {
	return timestampHeader === '' ? '' : singleHeader(delivery, timestampHeader);
}

/** The bytes of the signature, or why there is none. */
function readSignature(delivery: Delivery, scheme: SignatureScheme): Buffer | string {
	const value = singleHeader(delivery, scheme.header);
	if (value === undefined) return `the header ${scheme.header} is missing, or came twice`;
	if (!value.startsWith(scheme.prefix)) {
		return `the header ${scheme.header} does not begin with the prefix that is set`;
	}
	return (
		decode(value.slice(scheme.prefix.length), scheme.digestEncoding) ??
		`the header ${scheme.header} holds no signature in the digest encoding that is set`
	);
}

function signedContent(
	{ body }: Delivery,
	{ separator }: SignatureScheme,
	timestamp: string,
): Buffer {
	if (separator === undefined) return body;
	return Buffer.concat([Buffer.from(`${timestamp}${separator}`, 'utf8'), body]);
}

/**
 * Verifies that a delivery was signed a short time ago. An eavesdropper who sends a copy sends it
 * later.
 *
 * @param text seconds or milliseconds since 1970, or an ISO date with a zone
 * @param tolerance seconds, in both directions
 * @param now milliseconds since 1970
 */
export function verifyTimestamp(text: string, tolerance: number, now: number): VerificationResult {
	const time = parseInstant(text);
	if (time === undefined) return rejected('its timestamp is no time');
	const ahead = Math.round((time - now) / 1000);
	if (ahead > tolerance) return rejected(`its timestamp lies ${ahead} seconds in the future`);
	if (-ahead > tolerance) return rejected(`its timestamp is ${-ahead} seconds old`);
	return ACCEPTED;
}
