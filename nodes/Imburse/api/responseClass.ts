import type { ErrorBody } from './errors/errorBody';
import { isFieldValidation } from './errors/errorCodes';

/** What an answer that is no success proves about the thing that was asked for. */
export type Evidence =
	/** Imburse did nothing with the request: it did not let it in, or a field breaks a rule. */
	| 'refused'
	/** Imburse says that it has it already. */
	| 'exists'
	/** Imburse says that it has no such thing. */
	| 'absent'
	/** Imburse objects in its own words, which rule out nothing by themselves. */
	| 'objected'
	/** No more than that something went wrong. */
	| 'none';

/** Imburse answers so before it has done anything (API reference 6, introduction's table). */
const NOT_LET_IN: ReadonlySet<number> = new Set([401, 403, 429]);
const CONFLICT = 409;
const NOT_FOUND = 404;

/**
 * Reads the evidence out of an answer. A duplicate is documented as 409 and was observed as 400, a
 * missing thing as 404 and as 400 (API reference 9, rows 8 and 9), so the code counts before the
 * status. A 404 that has not Imburse's own shape may come from any gateway and proves nothing.
 */
export function evidenceOf(status: number, details: ErrorBody): Evidence {
	if (NOT_LET_IN.has(status)) return 'refused';
	if (status === CONFLICT || saysThatItExists(details)) return 'exists';
	if (status < 400 || status >= 500 || !details.isImburse) return 'none';
	if (status === NOT_FOUND || details.codes.some((code) => code.endsWith('_NOT_FOUND'))) {
		return 'absent';
	}
	const { codes, errors } = details;
	const plainRefusal = status === 400 && codes.length > 0 && codes.length === errors.length;
	return plainRefusal && codes.every(isFieldValidation) ? 'refused' : 'objected';
}

/** `ORDER_ALREADY_EXISTS` is expected (API reference 6), its spelling was never observed. */
function saysThatItExists({ codes, messages }: ErrorBody): boolean {
	return [...codes, ...messages].some((text) => /already.?exist|duplicate|_EXISTS$/i.test(text));
}
