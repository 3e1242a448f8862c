import { formatValue } from './format';
import { valid, invalid, isEmpty, type ValidationResult } from './result';

/** Which way the money goes, in Imburse's words (API reference 4.1 and 5, documented). */
export type Direction = 'CREDIT' | 'DEBIT';

const CHOICE =
	'Choose Pay Out (CREDIT) to send money to the customer, or Collect (DEBIT) to take money from the customer.';

/** The words that people use, without spaces and hyphens. Refund is left out: it can be either. */
const SYNONYMS: ReadonlyMap<string, Direction> = new Map<string, Direction>([
	['credit', 'CREDIT'],
	['payout', 'CREDIT'],
	['payout(credit)', 'CREDIT'],
	['debit', 'DEBIT'],
	['collect', 'DEBIT'],
	['collect(debit)', 'DEBIT'],
]);

/**
 * Checks the direction: exactly `CREDIT` or `DEBIT`; Imburse is expected to refuse small letters
 * (API reference 4.1, expected by a third party). A wrong direction would take money instead of paying
 * it. So nothing is guessed: what is meant is suggested.
 */
export function validateDirection(value: unknown, field: string): ValidationResult<Direction> {
	if (value === 'CREDIT' || value === 'DEBIT') return valid(value);
	if (isEmpty(value)) {
		return invalid({ field, reason: 'there is no value', fix: CHOICE });
	}
	const meant =
		typeof value === 'string' ? SYNONYMS.get(value.toLowerCase().replace(/[\s-]/g, '')) : undefined;
	return invalid({
		field,
		reason: `${formatValue(value)} is not written as Imburse takes it`,
		fix: meant ? `Write ${meant}. ${CHOICE}` : CHOICE,
	});
}
