import type { ImburseCredential } from '../../api/credential';
import { validateHeaderToken } from '../../validation/header';
import { formatValue } from '../../validation/format';
import {
	valid,
	allOf,
	invalid,
	type ValidationResult,
	type ValidationError,
} from '../../validation/result';
import { objectOf, trimmedText, type TriggerParameters } from '../parameters';
import {
	decodeKey,
	type Algorithm,
	type DigestEncoding,
	type KeyEncoding,
	type SignatureScheme,
} from './signature';
import type { Verification } from './verifyDelivery';

/** Checks that all is there that the chosen verification needs. */
export function validateVerification(
	parameters: TriggerParameters,
	credential: ImburseCredential,
): ValidationResult<Verification> {
	switch (parameters.verification) {
		case 'signature':
			return validateSignature(objectOf(parameters.signature), credential);
		case 'secretInHeader':
			return validateSharedSecret(
				credential,
				validateHeaderName(parameters.headerName),
				(secret, header) => ({
					kind: 'secretInHeader',
					header,
					secret,
				}),
			);
		case 'secretInUrl':
			return validateSharedSecret(
				credential,
				validateQueryParameter(parameters.queryParameter),
				(secret, name) => ({
					kind: 'secretInUrl',
					parameter: name,
					secret,
				}),
			);
		case 'none':
			return valid({ kind: 'none' });
		default:
			return invalid({
				field: 'Verification',
				reason: 'it is none of those on the list',
				fix: 'Open the trigger and choose one.',
			});
	}
}

/** Fewer characters could be found out by trying. */
const MIN_SECRET_LENGTH = 16;

function validateSharedSecret(
	{ webhookSharedSecret: secret }: ImburseCredential,
	place: ValidationResult<string>,
	build: (secret: string, place: string) => Verification,
): ValidationResult<Verification> {
	const checked = allOf({ secret: validateSecret(secret), place });
	return checked.ok ? valid(build(checked.value.secret, checked.value.place)) : checked;
}

function validateSecret(secret: string): ValidationResult<string> {
	if (secret.length >= MIN_SECRET_LENGTH) return valid(secret);
	return invalid({
		field: 'Webhook Shared Secret',
		reason: secret === '' ? 'it is empty' : `it is shorter than ${MIN_SECRET_LENGTH} characters`,
		fix: `Open the Imburse credential and enter a long random secret of letters and digits, at least ${MIN_SECRET_LENGTH} of them.`,
	});
}

function validateHeaderName(value: unknown): ValidationResult<string> {
	return validateHeaderToken(trimmedText(value), 'Header Name');
}

function validateQueryParameter(value: unknown): ValidationResult<string> {
	const name = trimmedText(value);
	if (/^[A-Za-z0-9_-]+$/.test(name)) return valid(name);
	return invalid({
		field: 'Query Parameter',
		reason: 'it is not a name of letters, digits, "-" and "_"',
		fix: 'Enter a name such as secret.',
	});
}

const ALGORITHMS: readonly Algorithm[] = ['sha1', 'sha256', 'sha512'];
const KEY_ENCODINGS: readonly KeyEncoding[] = ['utf8', 'base64', 'hex'];
const DIGEST_ENCODINGS: readonly DigestEncoding[] = ['base64', 'hex'];
const SIGNED_CONTENTS = ['body', 'timestampAndBody'] as const;

function validateSignature(
	settings: Readonly<Record<string, unknown>>,
	credential: ImburseCredential,
): ValidationResult<Verification> {
	const keyEncoding = validateChoice(settings.keyEncoding, KEY_ENCODINGS, 'utf8', 'Key Encoding');
	const checked = allOf({
		algorithm: validateChoice(settings.algorithm, ALGORITHMS, 'sha256', 'Algorithm'),
		digestEncoding: validateChoice(
			settings.digestEncoding,
			DIGEST_ENCODINGS,
			'base64',
			'Digest Encoding',
		),
		header: validateHeaderName(settings.header ?? 'X-Signature'),
		keyEncoding,
		keys: validateKeys(credential, keyEncoding.ok ? keyEncoding.value : 'utf8'),
		timestamp: validateTimestampSettings(settings),
	});
	if (!checked.ok) return checked;
	const { keys, timestamp, ...scheme } = checked.value;
	const prefix = typeof settings.prefix === 'string' ? settings.prefix : '';
	return valid({ kind: 'signature', keys, scheme: { ...scheme, ...timestamp, prefix } });
}

function validateChoice<T extends string>(
	value: unknown,
	offered: readonly T[],
	usual: T,
	field: string,
): ValidationResult<T> {
	const found = offered.find((one) => one === (value ?? usual));
	if (found !== undefined) return valid(found);
	return invalid({ field, reason: 'it is none of those on the list', fix: 'Choose one.' });
}

type TimestampSettings = Pick<SignatureScheme, 'timestampHeader' | 'separator' | 'tolerance'>;

function validateTimestampSettings(
	settings: Readonly<Record<string, unknown>>,
): ValidationResult<TimestampSettings> {
	const checked = allOf({
		signedContent: validateChoice(
			settings.signedContent,
			SIGNED_CONTENTS,
			'body',
			'Signed Content',
		),
		timestampHeader: validateTimestampHeader(settings.timestampHeader),
		tolerance: validateTolerance(settings.tolerance ?? 300),
	});
	if (!checked.ok) return checked;
	const { signedContent, ...values } = checked.value;
	if (signedContent === 'body') return valid({ ...values, separator: undefined });
	if (values.timestampHeader === '') {
		return invalid({
			field: 'Timestamp Header',
			reason: 'it is empty, though Signed Content names a timestamp',
			fix: 'Enter the header that holds it, or choose Body as Signed Content.',
		});
	}
	const separator = typeof settings.separator === 'string' ? settings.separator : '.';
	return valid({ ...values, separator });
}

/** Empty for none. */
function validateTimestampHeader(value: unknown): ValidationResult<string> {
	if (value === undefined || value === '') return valid('');
	return validateHeaderToken(typeof value === 'string' ? value.trim() : value, 'Timestamp Header');
}

function validateTolerance(value: unknown): ValidationResult<number> {
	if (typeof value === 'number' && Number.isFinite(value) && value > 0) return valid(value);
	return invalid({
		field: 'Timestamp Tolerance (Seconds)',
		reason: `${formatValue(value)} is not a number of seconds`,
		fix: 'Enter a number such as 300.',
	});
}

/** The keys that are filled in; each of them must be written in the encoding that is set. */
function validateKeys(
	{ webhookVerificationKey, webhookPreviousVerificationKey }: ImburseCredential,
	encoding: KeyEncoding,
): ValidationResult<string[]> {
	const errors: ValidationError[] = [];
	if (webhookVerificationKey === '') {
		errors.push({
			field: 'Webhook Verification Key',
			reason: 'it is empty',
			fix: 'Open the Imburse credential and enter the key that the Tenant Portal showed when the webhook was set up, or choose another Verification.',
		});
	}
	for (const [field, key] of [
		['Webhook Verification Key', webhookVerificationKey],
		['Previous Webhook Verification Key', webhookPreviousVerificationKey],
	] as const) {
		if (key === '' || decodeKey(key, encoding)) continue;
		errors.push({
			field,
			reason: `it is not written in the Key Encoding that is set (${encoding})`,
			fix: 'Copy the key again, or choose another Key Encoding under Signature Settings.',
		});
	}
	if (errors.length > 0) return invalid(...errors);
	return valid([webhookVerificationKey, webhookPreviousVerificationKey].filter(Boolean));
}
