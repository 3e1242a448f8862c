import { spawnSync } from 'node:child_process';
import { subtle } from 'node:crypto';
import type { SignatureScheme } from '../../../../nodes/Imburse/webhook/verify/signature.ts';
import type { Delivery } from '../../../../nodes/Imburse/webhook/delivery.ts';
import { delivery, NOW } from '../deliveries.mts';

/** A key that can be read as text, as Base64 and as hex, and means other bytes each time. */
export const KEY = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
export const OTHER_KEY = 'ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100';
export const BODY = '{"eventType":"INSTRUCTION","amount":10.50,"status":"SETTLED"}';

export const PLAIN: SignatureScheme = {
	header: 'X-Signature',
	algorithm: 'sha256',
	keyEncoding: 'utf8',
	digestEncoding: 'hex',
	prefix: '',
	timestampHeader: '',
	separator: undefined,
	tolerance: 300,
};

/** Time and body are signed, as usual today. */
export const TIMED: SignatureScheme = {
	...PLAIN,
	prefix: 'v1=',
	timestampHeader: 'X-Timestamp',
	separator: '.',
};

const HASHES = { sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' } as const;

/** The digest by WebCrypto: the trigger uses other code, with only OpenSSL in common. */
export async function digestOf(
	content: Buffer,
	scheme: SignatureScheme,
	keyBytes: Uint8Array,
): Promise<Buffer> {
	const algorithm = { name: 'HMAC', hash: HASHES[scheme.algorithm] };
	const key = await subtle.importKey('raw', new Uint8Array(keyBytes), algorithm, false, ['sign']);
	return Buffer.from(await subtle.sign('HMAC', key, new Uint8Array(content)));
}

/** The digest by the program `openssl`, in hex. */
export function digestByOpenssl(content: Buffer, algorithm: string, keyBytes: Buffer): string {
	const key = `hexkey:${keyBytes.toString('hex')}`;
	const command = ['dgst', `-${algorithm}`, '-mac', 'HMAC', '-macopt', key, '-r'];
	const run = spawnSync('openssl', command, { input: content, encoding: 'utf8' });
	return run.stdout.split(' ')[0] ?? '';
}

const digits = '0123456789abcdef';
const sextets = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bit by bit, as the two encodings are defined (RFC 4648). */
export function written(bytes: Uint8Array, encoding: 'hex' | 'base64'): string {
	const width = encoding === 'hex' ? 4 : 6;
	const alphabet = encoding === 'hex' ? digits : sextets;
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	const groups = bits.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
	const text = groups
		.map((group) => alphabet[Number.parseInt(group.padEnd(width, '0'), 2)])
		.join('');
	return encoding === 'hex' ? text : text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

export interface Signing {
	scheme?: SignatureScheme;
	key?: string;
	body?: string;
	/** What the timestamp header says. */
	timestamp?: string;
}

/** A delivery as the sender makes it. */
export async function signedDelivery({
	scheme = PLAIN,
	key = KEY,
	body = BODY,
	timestamp = String(NOW / 1000),
}: Signing = {}): Promise<Delivery> {
	const content = scheme.separator === undefined ? body : `${timestamp}${scheme.separator}${body}`;
	const keyBytes = Buffer.from(key, scheme.keyEncoding);
	const digest = await digestOf(Buffer.from(content, 'utf8'), scheme, keyBytes);
	const headers: Record<string, string> = {
		[scheme.header.toLowerCase()]: scheme.prefix + written(digest, scheme.digestEncoding),
	};
	if (scheme.timestampHeader !== '') headers[scheme.timestampHeader.toLowerCase()] = timestamp;
	return delivery(body, { headers });
}

/** The same delivery with other headers. */
export function withHeaders(call: Delivery, headers: Delivery['headers']): Delivery {
	return { ...call, headers: { ...call.headers, ...headers } };
}
