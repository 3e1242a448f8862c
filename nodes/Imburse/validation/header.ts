import { formatValue } from './format';
import { valid, invalid, type ValidationResult } from './result';

const MAX_LENGTH = 256;

/** RFC 9110, 5.1. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What every request or HTTP itself sets: another value here would break or redirect the request. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
	'accept',
	'authorization',
	'connection',
	'content-encoding',
	'content-length',
	'content-type',
	'cookie',
	'expect',
	'host',
	'proxy-authorization',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'x-account-id',
	'x-correlation-id',
	'x-tenant-id',
]);

/** Checks the name of a header that somebody else may set. */
export function validateHeaderToken(value: unknown, field: string): ValidationResult<string> {
	if (typeof value === 'string' && TOKEN.test(value) && value.length <= MAX_LENGTH) {
		return valid(value);
	}
	return invalid({
		field,
		reason: `${formatValue(value)} cannot be the name of a header`,
		fix: 'Use letters, digits and hyphens only, for example X-Request-Key.',
	});
}

/** Checks the name of a header that the user adds to a request. */
export function validateHeaderName(value: unknown, field: string): ValidationResult<string> {
	const name = validateHeaderToken(value, field);
	if (!name.ok || !RESERVED_NAMES.has(name.value.toLowerCase())) return name;
	return invalid({
		field,
		reason: `the header ${formatValue(value)} is in every request`,
		fix: 'Use the name that Imburse told you, or leave it empty.',
	});
}

/** Checks the value of such a header: what arrives unchanged, whatever lies in between. */
export function validateHeaderValue(value: unknown, field: string): ValidationResult<string> {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text === 'string' && /^[\x21-\x7e]+$/.test(text) && text.length <= MAX_LENGTH) {
		return valid(text);
	}
	return invalid({
		field,
		reason: `${formatValue(value)} cannot be sent in a header`,
		fix: `Use plain letters, digits and signs without spaces, ${MAX_LENGTH} at the most.`,
	});
}
