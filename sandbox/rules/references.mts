import type { ErrorCode } from '../error-codes.mts';
import type { Problem } from '../failures.mts';

type ReferenceKind = 'ORDER_REF' | 'INSTRUCTION_REF' | 'CUSTOMER_REF';

const maxLength = 50;

/**
 * 1 to 50 of `a-z A-Z 0-9 - _ .` (API reference 4.1, documented; the codes for an order reference
 * observed). That something else than a text counts as invalid characters is inferred.
 */
export function readReference(kind: ReferenceKind, value: unknown, problems: Problem[]): string {
	if (value === undefined || value === null || value === '') {
		problems.push({ code: `${kind}_IS_REQUIRED` });
		return '';
	}
	const text = typeof value === 'string' ? value : '';
	problems.push(...referenceCodes(kind, text).map((code) => ({ code })));
	return text;
}

function referenceCodes(kind: ReferenceKind, text: string): ErrorCode[] {
	const codes: ErrorCode[] = [];
	if (text.length > maxLength) codes.push(`${kind}_LENGTH_OUT_OF_RANGE`);
	if (!/^[a-zA-Z0-9\-_.]+$/.test(text)) codes.push(`${kind}_CONTAINS_INVALID_CHARACTERS`);
	return codes;
}
