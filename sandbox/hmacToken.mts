import { createHash, createHmac } from 'node:crypto';

/** The four parts of `Authorization: Hmac publicKey:nonce:epoch:signature` (API reference 3.3). */
export interface HmacToken {
	publicKey: string;
	nonce: string;
	/** The text as it was sent, since that text was signed (API reference 3.4). */
	epoch: string;
	signature: string;
}

/**
 * Reads the Authorization header. The scheme `Hmac` is accepted in any letter case (API reference 3.4:
 * `Hmac` and `hmac` observed, `HMAC` documented). Null when the header holds no HMAC token.
 */
export function parseHmacToken(authorization: string | undefined): HmacToken | null {
	const text = /^hmac +(\S+)$/i.exec(authorization ?? '')?.[1];
	const [publicKey, nonce, epoch, signature, ...rest] = text?.split(':') ?? [];
	if (!publicKey || !nonce || !epoch || !signature || rest.length > 0) return null;
	return { publicKey, nonce, epoch, signature };
}

/** The signature Imburse expects (API reference 3.3, documented and observed). */
export function expectedSignature(
	token: Omit<HmacToken, 'signature'>,
	body: Buffer,
	privateKey: string,
): string {
	const bodyHash = body.length === 0 ? '' : createHash('sha256').update(body).digest('base64');
	return createHmac('sha256', Buffer.from(privateKey, 'base64'))
		.update(`${token.publicKey}:${token.nonce}:${token.epoch}:${bodyHash}`)
		.digest('base64');
}

/**
 * The time of the token in milliseconds. Integer and fractional seconds are both accepted
 * (API reference 3.4, observed). Null when the text is not a number of seconds.
 */
export function epochMilliseconds(epoch: string): number | null {
	return /^\d{1,12}(\.\d{1,9})?$/.test(epoch) ? Number(epoch) * 1000 : null;
}

/**
 * The nonces that were used before: a repeated one is refused (API reference 3.3, documented). They
 * are kept for good, since it is not known how long Imburse remembers them.
 */
export class UsedNonces {
	private readonly used = new Set<string>();

	/** False when this key has used the nonce before. */
	add(publicKey: string, nonce: string): boolean {
		const entry = `${publicKey}:${nonce}`;
		if (this.used.has(entry)) return false;
		this.used.add(entry);
		return true;
	}

	clear(): void {
		this.used.clear();
	}
}
