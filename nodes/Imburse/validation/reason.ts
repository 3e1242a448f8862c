import { formatValue } from './format';
import { missingValueReason } from './missingValue';
import { invalid, isEmpty, valid, type ValidationResult } from './result';

const FIX = 'Write in a few words why, for whoever looks the payment up later.';

/**
 * Why something is done, in words that stay with it at Imburse. It is required here; Imburse's own limits
 * are not known (API reference 4.1, expected).
 */
export function validateReason(value: unknown, field: string): ValidationResult<string> {
	if (isEmpty(value)) return invalid({ field, reason: 'there is no value', fix: FIX });
	if (typeof value !== 'string') {
		return invalid({ field, reason: `${formatValue(value)} is not a text`, fix: FIX });
	}
	const text = value.trim();
	const missing = text === '' ? 'holds nothing but spaces' : missingValueReason(text);
	if (missing === undefined) return valid(text);
	return invalid({ field, reason: `${formatValue(value)} ${missing}`, fix: FIX });
}
