import { createHash } from 'node:crypto';

import type { ImburseCredential } from '../credential';

/** A token as it is kept in the credential's hidden, encrypted field. */
export interface StoredToken {
	/** The JWT that Imburse gave out. */
	token: string;
	/** From this moment on a new one is fetched. Milliseconds since 1970, this machine's clock. */
	renewAt: number;
}

type Owner = Pick<ImburseCredential, 'publicKey' | 'privateKey' | 'tokenPath'>;

/**
 * The text that is stored. It begins with a fingerprint of what the token was given out for, so
 * that a token never outlives a change of the base URL or of the keys.
 */
export function writeStoredToken(stored: StoredToken, baseUrl: string, owner: Owner): string {
	return `${fingerprint(baseUrl, owner)}.${stored.renewAt}.${stored.token}`;
}

/**
 * Reads what `writeStoredToken` wrote.
 *
 * @returns undefined when nothing is stored, or when it belongs to another base URL or other keys
 */
export function readStoredToken(
	text: string,
	baseUrl: string,
	owner: Owner,
): StoredToken | undefined {
	const [owned, renewAt, ...token] = text.split('.');
	if (owned !== fingerprint(baseUrl, owner)) return undefined;
	return { token: token.join('.'), renewAt: Number(renewAt) };
}

export function isFresh(stored: StoredToken, now: number): boolean {
	return now < stored.renewAt;
}

function fingerprint(baseUrl: string, { tokenPath, publicKey, privateKey }: Owner): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, tokenPath, publicKey, privateKey]))
		.digest('hex')
		.slice(0, 32);
}
