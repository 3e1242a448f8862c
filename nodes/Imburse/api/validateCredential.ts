import { valid, invalid, type ValidationResult, type ValidationError } from '../validation/result';
import type { ImburseCredential } from './credential';
import { baseUrlOf } from './environment';

/**
 * Whether a credential is filled in so that requests can be signed with it.
 *
 * @returns its base URL, or every field that must be corrected
 */
export function validateCredential(credential: ImburseCredential): ValidationResult<string> {
	const baseUrl = baseUrlOf(credential);
	const errors = [
		...(baseUrl.ok ? [] : baseUrl.errors),
		...missing('Public Key', credential.publicKey),
		...notOneWord('Public Key', credential.publicKey),
		...missing('Private Key', credential.privateKey),
		...notBase64(credential.privateKey),
		...missing('Account ID', credential.accountId),
		...notOneWord('Account ID', credential.accountId),
		...notOneWord('Tenant ID', credential.tenantId),
		...missing('Token Path', credential.tokenPath),
		...notAPath(credential.tokenPath),
		...missing('Authorization Scheme', credential.authorizationScheme),
		...notOneWord('Authorization Scheme', credential.authorizationScheme),
	];
	return baseUrl.ok && errors.length === 0 ? valid(baseUrl.value) : invalid(...errors);
}

function missing(field: string, value: string): ValidationError[] {
	if (value !== '') return [];
	return [{ field, reason: 'it is empty', fix: 'Open the Imburse credential and fill it in.' }];
}

/** What can stand in a header, and between the colons of an HMAC token. */
const ONE_WORD = /^[!-9;-~]+$/;

function notOneWord(field: string, value: string): ValidationError[] {
	if (value === '' || ONE_WORD.test(value)) return [];
	return [
		{
			field,
			reason: 'it holds a space or another character that cannot be sent',
			fix: 'Open the Imburse credential and copy it in again.',
		},
	];
}

/** Behind the base URL anything but a plain path could lead the keys to another host. */
const PLAIN_PATH = /^(\/[\w-][\w.-]*)+\/?$/;

function notAPath(tokenPath: string): ValidationError[] {
	if (tokenPath === '' || PLAIN_PATH.test(tokenPath)) return [];
	return [
		{
			field: 'Token Path',
			reason: 'it is not a path that begins with "/"',
			fix: 'Open the Imburse credential and enter a path such as /v1/identity/hmac.',
		},
	];
}

/** API reference 3.1, documented: the private key is Base64 text of 32 bytes. */
function notBase64(privateKey: string): ValidationError[] {
	if (privateKey === '' || isBase64(privateKey)) return [];
	return [
		{
			field: 'Private Key',
			reason: 'it is not Base64 text',
			fix: 'Copy it again as Imburse showed it when the key was made: 44 characters that usually end in "=". If it is lost, make a new key.',
		},
	];
}

/**
 * Whether a text is Base64 in the standard, padded alphabet, the form in which Imburse shows a
 * private key once (API reference 3.1, documented). Node's decoder takes anything, so a mistyped
 * key would sign wrongly instead of being named.
 */
export function isBase64(text: string): boolean {
	return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}
