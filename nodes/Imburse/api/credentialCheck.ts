import { accepted, refused, type Checked, type Violation } from '../rules/violation';
import type { ImburseCredential } from './credential';
import { baseUrlOf } from './environment';
import { isBase64 } from './hmac';

/**
 * Whether a credential is filled in so that requests can be signed with it.
 *
 * @returns its base URL, or every field that has to be mended
 */
export function checkCredential(credential: ImburseCredential): Checked<string> {
	const baseUrl = baseUrlOf(credential);
	const violations = [
		...(baseUrl.ok ? [] : baseUrl.violations),
		...missing('Public Key', credential.publicKey),
		...missing('Private Key', credential.privateKey),
		...notBase64(credential.privateKey.trim()),
		...missing('Account ID', credential.accountId),
		...missing('Token Path', credential.tokenPath),
	];
	return baseUrl.ok && violations.length === 0 ? accepted(baseUrl.value) : refused(...violations);
}

function missing(field: string, value: string): Violation[] {
	if (value.trim() !== '') return [];
	return [{ field, reason: 'it is empty', fix: 'Open the Imburse credential and fill it in.' }];
}

/** API reference 3.1, documented: the private key is Base64 text of 32 bytes. */
function notBase64(privateKey: string): Violation[] {
	if (privateKey === '' || isBase64(privateKey)) return [];
	return [
		{
			field: 'Private Key',
			reason: 'it is not Base64 text',
			fix: 'Copy it again as Imburse showed it when the key was made: 44 characters that usually end in "=". If it is lost, make a new key.',
		},
	];
}
