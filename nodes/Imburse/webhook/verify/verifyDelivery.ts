import { createHash, timingSafeEqual } from 'node:crypto';

import {
	ACCEPTED,
	rejected,
	singleHeader,
	type Delivery,
	type VerificationResult,
} from '../delivery';
import { verifySignature, type SignatureScheme } from './signature';

/** How deliveries are verified, with what that needs. */
export type Verification =
	| { kind: 'signature'; scheme: SignatureScheme; keys: string[] }
	| { kind: 'secretInHeader'; header: string; secret: string }
	| { kind: 'secretInUrl'; parameter: string; secret: string }
	| { kind: 'none' };

/**
 * Whether an accepted delivery certainly comes from somebody who has the key or the secret. A secret in
 * a URL proves less: servers on its way write it into their logs.
 */
export function provesOrigin({ kind }: Verification): boolean {
	return kind === 'signature' || kind === 'secretInHeader';
}

/** @param now milliseconds since 1970 */
export function verifyDelivery(
	delivery: Delivery,
	verification: Verification,
	now: number,
): VerificationResult {
	switch (verification.kind) {
		case 'signature':
			return verifySignature(delivery, verification.scheme, verification.keys, now);
		case 'secretInHeader':
			return equalsSecret(singleHeader(delivery, verification.header), verification.secret)
				? ACCEPTED
				: rejected(`the header ${verification.header} does not hold the Webhook Shared Secret`);
		case 'secretInUrl':
			return equalsSecret(delivery.query[verification.parameter], verification.secret)
				? ACCEPTED
				: rejected(
						`its address does not hold the Webhook Shared Secret under "${verification.parameter}"`,
					);
		case 'none':
			return ACCEPTED;
	}
}

/** The URL that Imburse has to call: the trigger's own, with the secret if it belongs there. */
export function callbackUrlOf(url: string, verification: Verification): string {
	if (verification.kind !== 'secretInUrl') return url;
	const withSecret = new URL(url);
	withSecret.searchParams.set(verification.parameter, verification.secret);
	return withSecret.href;
}

/**
 * Compares a text with the secret. The time it takes does not depend on how much of the text is right.
 * Nothing equals an empty secret.
 */
export function equalsSecret(given: unknown, secret: string): boolean {
	if (typeof given !== 'string' || secret === '') return false;
	return timingSafeEqual(sha256(given), sha256(secret));
}

/** Digests have the same length for every text. */
function sha256(text: string): Buffer {
	return createHash('sha256').update(text, 'utf8').digest();
}
