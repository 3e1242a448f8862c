import type { ImburseCredential } from '../../api/credential';
import { validateHeaderToken } from '../../validation/header';
import { asJsonObject } from '../../validation/jsonObject';
import { validateNumber, type NumberRange } from '../../validation/number';
import { validateOneOf } from '../../validation/oneOf';
import {
	allOf,
	invalid,
	valid,
	type ValidationError,
	type ValidationResult,
} from '../../validation/result';
import { trimmedText, type TriggerParameters } from '../triggerParameters';
import {
	decodeKey,
	type Algorithm,
	type DigestEncoding,
	type KeyEncoding,
	type SignatureScheme,
} from './signature';
import type { Verification } from './verifyDelivery';

/** Validates that the chosen verification has everything that it needs. */
export function validateVerification(
	parameters: TriggerParameters,
	credential: ImburseCredential,
): ValidationResult<Verification> {
	switch (parameters.verification) {
		case 'signature':
			return validateSignature(asJsonObject(parameters.signature), credential);
		case 'secretInHeader':
			return validateSecretInHeader(parameters, credential);
		case 'secretInUrl':
			return validateSecretInUrl(parameters, credential);
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

/** A shorter secret could be guessed. */
const MIN_SECRET_LENGTH = 16;

function validateSecretInHeader(
	{ headerName }: TriggerParameters,
	{ webhookSharedSecret }: ImburseCredential,
): ValidationResult<Verification> {
	const validated = allOf({
		secret: validateSecret(webhookSharedSecret),
		header: validateHeaderName(headerName),
	});
	return validated.ok ? valid({ kind: 'secretInHeader', ...validated.value }) : validated;
}

function validateSecretInUrl(
	{ queryParameter }: TriggerParameters,
	{ webhookSharedSecret }: ImburseCredential,
): ValidationResult<Verification> {
	const validated = allOf({
		secret: validateSecret(webhookSharedSecret),
		parameter: validateQueryParameter(queryParameter),
	});
	return validated.ok ? valid({ kind: 'secretInUrl', ...validated.value }) : validated;
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
const TOLERANCE_SECONDS: NumberRange = {
	moreThan: 0,
	expected: 'a number of seconds',
	fix: 'Enter a number such as 300.',
};
const SIGNED_CONTENTS = ['body', 'timestampAndBody'] as const;

function validateSignature(
	settings: Readonly<Record<string, unknown>>,
	credential: ImburseCredential,
): ValidationResult<Verification> {
	const keyEncoding = validateOneOf(settings.keyEncoding ?? 'utf8', KEY_ENCODINGS, 'Key Encoding');
	const validated = allOf({
		algorithm: validateOneOf(settings.algorithm ?? 'sha256', ALGORITHMS, 'Algorithm'),
		digestEncoding: validateOneOf(
			settings.digestEncoding ?? 'base64',
			DIGEST_ENCODINGS,
			'Digest Encoding',
		),
		header: validateHeaderName(settings.header ?? 'X-Signature'),
		keyEncoding,
		keys: validateKeys(credential, keyEncoding.ok ? keyEncoding.value : 'utf8'),
		timestamp: validateTimestampSettings(settings),
	});
	if (!validated.ok) return validated;
	const { keys, timestamp, ...scheme } = validated.value;
	const prefix = typeof settings.prefix === 'string' ? settings.prefix : '';
	return valid({ kind: 'signature', keys, scheme: { ...scheme, ...timestamp, prefix } });
}

type TimestampSettings = Pick<SignatureScheme, 'timestampHeader' | 'separator' | 'tolerance'>;

function validateTimestampSettings(
	settings: Readonly<Record<string, unknown>>,
): ValidationResult<TimestampSettings> {
	const validated = allOf({
		signedContent: validateOneOf(
			settings.signedContent ?? 'body',
			SIGNED_CONTENTS,
			'Signed Content',
		),
		timestampHeader: validateTimestampHeader(settings.timestampHeader),
		tolerance: validateNumber(
			settings.tolerance ?? 300,
			'Timestamp Tolerance (Seconds)',
			TOLERANCE_SECONDS,
		),
	});
	if (!validated.ok) return validated;
	const { signedContent, ...values } = validated.value;
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

/** The keys that are filled in. Each must be written in the chosen encoding. */
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
