import type { ImburseCredential } from '../../api/credential';
import { checkHeaderSpelling } from '../../rules/header';
import { quoted } from '../../rules/quoted';
import { accepted, allOf, refused, type Checked, type Violation } from '../../rules/violation';
import { objectOf, textOf, type TriggerParameters } from '../parameters';
import {
	decodeKey,
	type Algorithm,
	type DigestEncoding,
	type KeyEncoding,
	type SignatureScheme,
} from './signature';
import type { Verification } from './verification';

/** Checks that all is there that the chosen verification needs. */
export function checkVerification(
	parameters: TriggerParameters,
	credential: ImburseCredential,
): Checked<Verification> {
	switch (parameters.verification) {
		case 'signature':
			return checkSignature(objectOf(parameters.signature), credential);
		case 'secretInHeader':
			return withSecret(credential, checkHeader(parameters.headerName), (secret, header) => ({
				kind: 'secretInHeader',
				header,
				secret,
			}));
		case 'secretInUrl':
			return withSecret(credential, checkParameter(parameters.queryParameter), (secret, name) => ({
				kind: 'secretInUrl',
				parameter: name,
				secret,
			}));
		case 'none':
			return accepted({ kind: 'none' });
		default:
			return refused({
				field: 'Verification',
				reason: 'it is none of those on the list',
				fix: 'Open the trigger and choose one.',
			});
	}
}

/** Fewer characters could be found out by trying. */
const SHORTEST_SECRET = 16;

function withSecret(
	{ webhookSharedSecret: secret }: ImburseCredential,
	place: Checked<string>,
	build: (secret: string, place: string) => Verification,
): Checked<Verification> {
	const checked = allOf({ secret: checkSecret(secret), place });
	return checked.ok ? accepted(build(checked.value.secret, checked.value.place)) : checked;
}

function checkSecret(secret: string): Checked<string> {
	if (secret.length >= SHORTEST_SECRET) return accepted(secret);
	return refused({
		field: 'Webhook Shared Secret',
		reason: secret === '' ? 'it is empty' : `it is shorter than ${SHORTEST_SECRET} characters`,
		fix: `Open the Imburse credential and enter a long random secret of letters and digits, at least ${SHORTEST_SECRET} of them.`,
	});
}

function checkHeader(value: unknown): Checked<string> {
	return checkHeaderSpelling(textOf(value), 'Header Name');
}

function checkParameter(value: unknown): Checked<string> {
	const name = textOf(value);
	if (/^[A-Za-z0-9_-]+$/.test(name)) return accepted(name);
	return refused({
		field: 'Query Parameter',
		reason: 'it is not a name of letters, digits, "-" and "_"',
		fix: 'Enter a name such as secret.',
	});
}

const ALGORITHMS: readonly Algorithm[] = ['sha1', 'sha256', 'sha512'];
const KEY_ENCODINGS: readonly KeyEncoding[] = ['utf8', 'base64', 'hex'];
const DIGEST_ENCODINGS: readonly DigestEncoding[] = ['base64', 'hex'];
const SIGNED_CONTENTS = ['body', 'timestampAndBody'] as const;

function checkSignature(
	settings: Readonly<Record<string, unknown>>,
	credential: ImburseCredential,
): Checked<Verification> {
	const keyEncoding = chosen(settings.keyEncoding, KEY_ENCODINGS, 'utf8', 'Key Encoding');
	const checked = allOf({
		algorithm: chosen(settings.algorithm, ALGORITHMS, 'sha256', 'Algorithm'),
		digestEncoding: chosen(settings.digestEncoding, DIGEST_ENCODINGS, 'base64', 'Digest Encoding'),
		header: checkHeader(settings.header ?? 'X-Signature'),
		keyEncoding,
		keys: checkKeys(credential, keyEncoding.ok ? keyEncoding.value : 'utf8'),
		timestamp: checkTimestampSettings(settings),
	});
	if (!checked.ok) return checked;
	const { keys, timestamp, ...scheme } = checked.value;
	const prefix = typeof settings.prefix === 'string' ? settings.prefix : '';
	return accepted({ kind: 'signature', keys, scheme: { ...scheme, ...timestamp, prefix } });
}

function chosen<T extends string>(
	value: unknown,
	offered: readonly T[],
	usual: T,
	field: string,
): Checked<T> {
	const found = offered.find((one) => one === (value ?? usual));
	if (found !== undefined) return accepted(found);
	return refused({ field, reason: 'it is none of those on the list', fix: 'Choose one.' });
}

type TimestampSettings = Pick<SignatureScheme, 'timestampHeader' | 'separator' | 'tolerance'>;

function checkTimestampSettings(
	settings: Readonly<Record<string, unknown>>,
): Checked<TimestampSettings> {
	const checked = allOf({
		signedContent: chosen(settings.signedContent, SIGNED_CONTENTS, 'body', 'Signed Content'),
		timestampHeader: checkTimestampHeader(settings.timestampHeader),
		tolerance: checkTolerance(settings.tolerance ?? 300),
	});
	if (!checked.ok) return checked;
	const { signedContent, ...values } = checked.value;
	if (signedContent === 'body') return accepted({ ...values, separator: undefined });
	if (values.timestampHeader === '') {
		return refused({
			field: 'Timestamp Header',
			reason: 'it is empty, though Signed Content names a timestamp',
			fix: 'Enter the header that holds it, or choose Body as Signed Content.',
		});
	}
	const separator = typeof settings.separator === 'string' ? settings.separator : '.';
	return accepted({ ...values, separator });
}

/** Empty for none. */
function checkTimestampHeader(value: unknown): Checked<string> {
	if (value === undefined || value === '') return accepted('');
	return checkHeaderSpelling(typeof value === 'string' ? value.trim() : value, 'Timestamp Header');
}

function checkTolerance(value: unknown): Checked<number> {
	if (typeof value === 'number' && Number.isFinite(value) && value > 0) return accepted(value);
	return refused({
		field: 'Timestamp Tolerance (Seconds)',
		reason: `${quoted(value)} is not a number of seconds`,
		fix: 'Enter a number such as 300.',
	});
}

/** The keys that are filled in; each of them must be written in the encoding that is set. */
function checkKeys(
	{ webhookVerificationKey, webhookPreviousVerificationKey }: ImburseCredential,
	encoding: KeyEncoding,
): Checked<string[]> {
	const violations: Violation[] = [];
	if (webhookVerificationKey === '') {
		violations.push({
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
		violations.push({
			field,
			reason: `it is not written in the Key Encoding that is set (${encoding})`,
			fix: 'Copy the key again, or choose another Key Encoding under Signature Settings.',
		});
	}
	if (violations.length > 0) return refused(...violations);
	return accepted([webhookVerificationKey, webhookPreviousVerificationKey].filter(Boolean));
}
