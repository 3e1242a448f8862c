import { countCharacters, isLongerThan } from './characterCount';
import { formatValue } from './format';
import { missingValueReason } from './missingValue';
import { invalid, isEmpty, valid, type ValidationResult } from './result';
import { describeNumber, findSensitiveNumbers } from './sensitiveNumbers';

/** A limit of our own: it keeps a mapped document out. */
const MAX_LENGTH = 500;

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
	if (isLongerThan(value, MAX_LENGTH)) {
		const reason = `it has ${countCharacters(value)} characters, and ${MAX_LENGTH} are enough to say why`;
		return invalid({ field, reason, fix: FIX });
	}
	const text = value.trim();
	const [number] = findSensitiveNumbers(text);
	if (number) {
		const reason = `it looks like it holds ${describeNumber(number)}`;
		return invalid({ field, reason, fix: 'Take it out: the reason stays with the payment.' });
	}
	const missing = text === '' ? 'holds nothing but spaces' : missingValueReason(text);
	if (missing === undefined) return valid(text);
	return invalid({ field, reason: `${formatValue(value)} ${missing}`, fix: FIX });
}
