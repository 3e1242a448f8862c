import { createHash, createHmac } from 'node:crypto';

/** What goes into an HMAC token. Method, path, host and headers are not signed. */
export interface HmacInput {
	publicKey: string;
	/** Base64 text of the key's bytes. */
	privateKey: string;
	/** Random, alphanumeric, used once: a repeated nonce is refused. */
	nonce: string;
	/** Seconds since 1970, UTC, as the very text that is sent. */
	epoch: string;
	/** The body's text; empty for the token call. */
	body?: string;
}

/**
 * The token that stands behind the scheme word of the Authorization header:
 * `publicKey:nonce:epoch:signature`.
 *
 * API reference 3.3, documented and observed. The key is the decoded Base64, not its text: all
 * published code does so, although the written formula leaves it out (API reference 3.4).
 */
export function hmacToken({ publicKey, privateKey, nonce, epoch, body = '' }: HmacInput): string {
	const bodyHash = body === '' ? '' : createHash('sha256').update(body, 'utf8').digest('base64');
	const unsigned = `${publicKey}:${nonce}:${epoch}:${bodyHash}`;
	const signature = createHmac('sha256', Buffer.from(privateKey, 'base64'))
		.update(unsigned, 'utf8')
		.digest('base64');
	return `${publicKey}:${nonce}:${epoch}:${signature}`;
}
