import { createHmac, timingSafeEqual } from 'node:crypto';

import {
	singleHeader,
	rejected,
	ACCEPTED,
	type Delivery,
	type VerificationResult,
} from '../delivery';
import { verifyTimestamp } from './timestamp';

export type Algorithm = 'sha1' | 'sha256' | 'sha512';
export type KeyEncoding = 'utf8' | 'base64' | 'hex';
export type DigestEncoding = 'hex' | 'base64';

/**
 * How a delivery is signed. Imburse publishes none of it beyond the existence of a verification key
 * (API reference 7.2, unknown), so all of it can be set.
 */
export interface SignatureScheme {
	/** Name of the header with the signature. */
	header: string;
	algorithm: Algorithm;
	/** How the verification key is written. */
	keyEncoding: KeyEncoding;
	/** How the signature is written. */
	digestEncoding: DigestEncoding;
	/** What stands before the signature in its header, such as `sha256=`; empty for nothing. */
	prefix: string;
	/** Header with the time of signing; empty where there is none. */
	timestampHeader: string;
	/** What stands between the time and the body where both are signed; undefined where only the body is. */
	separator: string | undefined;
	/** Seconds, both ways. */
	tolerance: number;
}

/**
 * Verifies an HMAC over the very bytes that came.
 *
 * @param keys the current key and, while it is being changed, the one before; empty ones verify nothing
 * @param now milliseconds since 1970
 */
export function verifySignature(
	delivery: Delivery,
	scheme: SignatureScheme,
	keys: readonly string[],
	now: number,
): VerificationResult {
	const decoded = keys.flatMap((key) => decodeKey(key, scheme.keyEncoding) ?? []);
	if (decoded.length === 0) return rejected('there is no verification key that can be used');
	const timestamp = readTimestamp(delivery, scheme);
	if (timestamp === undefined) {
		return rejected(`the header ${scheme.timestampHeader} is missing, or came twice`);
	}
	if (scheme.timestampHeader !== '') {
		const inTime = verifyTimestamp(timestamp, scheme.tolerance, now);
		if (!inTime.ok) return inTime;
	}
	const signature = readSignature(delivery, scheme);
	if (typeof signature === 'string') return rejected(signature);
	const content = signedContent(delivery, scheme, timestamp);
	const matches = decoded.some((key) => {
		const digest = createHmac(scheme.algorithm, key).update(content).digest();
		return digest.length === signature.length && timingSafeEqual(digest, signature);
	});
	return matches
		? ACCEPTED
		: rejected('its signature fits neither the verification key nor the previous one');
}

/**
 * The bytes of a key.
 *
 * @returns undefined when it is empty or not written in that encoding
 */
export function decodeKey(key: string, encoding: KeyEncoding): Buffer | undefined {
	return decode(key.trim(), encoding);
}

/**
 * The bytes that a text stands for. Node leaves out what does not belong there; here nothing but the
 * one way to write them counts, apart from capitals in hex.
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
