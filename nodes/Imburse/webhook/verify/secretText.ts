import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a text is the secret, in a time that tells nothing of how much of it is right. Nothing is
 * equal to an empty secret.
 */
export function equalsSecret(given: unknown, secret: string): boolean {
	if (typeof given !== 'string' || secret === '') return false;
	return timingSafeEqual(sha256(given), sha256(secret));
}

/** Of one length, whatever was given. */
function sha256(text: string): Buffer {
	return createHash('sha256').update(text, 'utf8').digest();
}
