import type { ErrorCode } from '../errorCodes.mts';
import type { ErrorEntry } from '../apiError.mts';

type ReferenceKind = 'ORDER_REF' | 'INSTRUCTION_REF' | 'CUSTOMER_REF';

const maxLength = 50;

/**
 * 1 to 50 of `a-z A-Z 0-9 - _ .` (API reference 4.1, documented; the codes for an order reference
 * observed). That anything but a text counts as invalid characters is inferred.
 */
export function parseReference(kind: ReferenceKind, value: unknown, errors: ErrorEntry[]): string {
	if (value === undefined || value === null || value === '') {
		errors.push({ code: `${kind}_IS_REQUIRED` });
		return '';
	}
	const text = typeof value === 'string' ? value : '';
	errors.push(...referenceErrors(kind, text).map((code) => ({ code })));
	return text;
}

function referenceErrors(kind: ReferenceKind, text: string): ErrorCode[] {
	const codes: ErrorCode[] = [];
	if (text.length > maxLength) codes.push(`${kind}_LENGTH_OUT_OF_RANGE`);
	if (!/^[a-zA-Z0-9\-_.]+$/.test(text)) codes.push(`${kind}_CONTAINS_INVALID_CHARACTERS`);
	return codes;
}

/**
 * A scheme of the tenant; anything else is SCHEME_ID_NOT_RECOGNISED (API reference 4.1, observed). Null
 * when none was sent: it may come from the customer defaults (API reference 4.1, documented).
 */
export function parseSchemeId(
	value: unknown,
	knownSchemeIds: readonly string[],
	errors: ErrorEntry[],
): string | null {
	if (value === undefined || value === null) return null;
	if (typeof value === 'string' && knownSchemeIds.includes(value)) return value;
	errors.push({ code: 'SCHEME_ID_NOT_RECOGNISED' });
	return null;
}

/**
 * A UUID, or nothing; an empty text counts as nothing (API reference 4.1, documented). Any UUID is
 * accepted, since it is not known in general how one is made (API reference 4.2). The code for another
 * text is inferred.
 */
export function parseFinancialInstrumentId(value: unknown, errors: ErrorEntry[]): string | null {
	if (value === undefined || value === null || value === '') return null;
	if (typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) {
		return value;
	}
	errors.push({ code: 'FINANCIAL_INSTRUMENT_ID_FORMAT_NOT_RECOGNISED' });
	return null;
}
