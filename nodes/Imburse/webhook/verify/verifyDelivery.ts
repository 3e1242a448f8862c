import {
	ACCEPTED,
	singleHeader,
	rejected,
	type Delivery,
	type VerificationResult,
} from '../delivery';
import { equalsSecret } from './secretText';
import { verifySignature, type SignatureScheme } from './signature';

/** How deliveries are verified, with all that is needed for it. */
export type Verification =
	| { kind: 'signature'; scheme: SignatureScheme; keys: string[] }
	| { kind: 'secretInHeader'; header: string; secret: string }
	| { kind: 'secretInUrl'; parameter: string; secret: string }
	| { kind: 'none' };

/**
 * Whether a delivery that was let in certainly comes from somebody who holds the key or the secret. A
 * secret in an address is written into many a log on its way, so it proves less.
 */
export function provesOrigin({ kind }: Verification): boolean {
	return kind === 'signature' || kind === 'secretInHeader';
}

/** Whether a delivery may come in. `now` in milliseconds since 1970. */
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

/** The address that Imburse has to call: with the secret, where it stands there. */
export function callbackUrl(url: string, verification: Verification): string {
	if (verification.kind !== 'secretInUrl') return url;
	const address = new URL(url);
	address.searchParams.set(verification.parameter, verification.secret);
	return address.href;
}
