import type { Fields } from '../requestBody.mts';
import type { ErrorEntry } from '../apiError.mts';
import type { SandboxOptions } from '../options.mts';
import { allSchemeIds, schemeIdsFor } from '../schemes.mts';
import type { Direction, InstructionRequest } from '../store.mts';
import { parseAmount } from './amount.mts';
import { parseCountry } from './country.mts';
import { parseCurrency } from './currency.mts';
import { parseMetadata } from './metadata.mts';
import { parseFinancialInstrumentId, parseReference, parseSchemeId } from './identifiers.mts';

/**
 * An instruction request (API reference 4.1, "Instruction request object"). Each error found is
 * added to `errors`; the request may only be used when there is none.
 */
export function parseInstruction(
	fields: Fields,
	options: SandboxOptions,
	errors: ErrorEntry[],
): InstructionRequest {
	const direction = parseDirection(fields.direction, errors);
	return {
		instructionRef: parseReference('INSTRUCTION_REF', fields.instructionRef, errors),
		customerRef: parseReference('CUSTOMER_REF', fields.customerRef, errors),
		direction,
		amount: parseAmount(fields.amount, errors),
		currency: parseCurrency(fields.currency, errors),
		country: parseCountry(fields.country, errors),
		schemeId: parseSchemeIdFor(direction, fields.schemeId, options, errors),
		financialInstrumentId: parseFinancialInstrumentId(fields.financialInstrumentId, errors),
		settledByDate: parseSettledByDate(fields.settledByDate, options, errors),
		metadata: parseMetadata(fields.metadata, options.metadataValueLimit, errors),
	};
}

/**
 * CREDIT pays out, DEBIT collects (API reference 4.1, documented). Small letters are refused with
 * 400, and both codes are expected by public test suites (API reference 6).
 */
function parseDirection(value: unknown, errors: ErrorEntry[]): Direction {
	if (value === 'CREDIT' || value === 'DEBIT') return value;
	const isMissing = value === undefined || value === null || value === '';
	errors.push({ code: isMissing ? 'DIRECTION_IS_REQUIRED' : 'DIRECTION_IS_NOT_RECOGNISED' });
	return 'CREDIT';
}

/**
 * A scheme of the tenant that has this direction: SCHEME_ID_NOT_SUPPORTED for one that has another is
 * expected by a public test suite (API reference 6). The sandbox's schemes take every country, currency
 * and amount.
 */
function parseSchemeIdFor(
	direction: Direction,
	value: unknown,
	options: SandboxOptions,
	errors: ErrorEntry[],
): string | null {
	const schemeId = parseSchemeId(value, allSchemeIds(options), errors);
	if (schemeId === null || schemeIdsFor(direction, options).includes(schemeId)) return schemeId;
	errors.push({ code: 'SCHEME_ID_NOT_SUPPORTED' });
	return null;
}

/**
 * `YYYY-MM-DD`. It is documented as optional (API reference 4.1), and a public test suite expects that
 * it is required: an option decides. Both codes are expected (API reference 6). Null when it was not
 * sent.
 */
function parseSettledByDate(
	value: unknown,
	{ settledByDateRequired }: SandboxOptions,
	errors: ErrorEntry[],
): string | null {
	if (value === undefined || value === null || value === '') {
		if (settledByDateRequired) errors.push({ code: 'SETTLED_BY_DATE_IS_REQUIRED' });
		return null;
	}
	if (typeof value === 'string' && isCalendarDate(value)) return value;
	errors.push({ code: 'SETTLED_BY_DATE_IS_INVALID' });
	return null;
}

function isCalendarDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
