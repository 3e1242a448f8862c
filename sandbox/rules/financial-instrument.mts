import type { Problem } from '../failures.mts';

/**
 * A UUID, or nothing; the empty text counts as nothing (API reference 4.1, documented). Any UUID is
 * taken, since how one is made is not known in general (API reference 4.2). The code for another text
 * is inferred.
 */
export function readFinancialInstrumentId(value: unknown, problems: Problem[]): string | null {
	if (value === undefined || value === null || value === '') return null;
	if (typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) {
		return value;
	}
	problems.push({ code: 'FINANCIAL_INSTRUMENT_ID_FORMAT_NOT_RECOGNISED' });
	return null;
}
