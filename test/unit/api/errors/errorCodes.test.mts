import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	codeSentence,
	isValidationCode,
	provesNothingDone,
} from '../../../../nodes/Imburse/api/errors/errorCodes.ts';

/** Codes of API reference 6, "Known error codes", the families written out. */
const KNOWN: Array<[string, RegExp]> = [
	['ORDER_REF_IS_REQUIRED', /order reference is missing/],
	['ORDER_REF_LENGTH_OUT_OF_RANGE', /order reference is too long or too short/],
	['ORDER_REF_CONTAINS_INVALID_CHARACTERS', /order reference .*characters/],
	['ORDER_ALREADY_EXISTS', /order .*exists already/],
	['ORDER_NOT_FOUND', /no order/],
	['INSTRUCTION_ALREADY_EXISTS', /instruction .*exists already/],
	['INSTRUCTION_NOT_FOUND', /no instruction/],
	['INSTRUCTION_REF_IS_REQUIRED', /^the instruction reference is missing$/],
	['INSTRUCTION_REF_LENGTH_OUT_OF_RANGE', /instruction reference is too long or too short/],
	['INSTRUCTION_REF_CONTAINS_INVALID_CHARACTERS', /instruction reference .*characters/],
	['CUSTOMER_REF_IS_REQUIRED', /customer reference is missing/],
	['CUSTOMER_REF_LENGTH_OUT_OF_RANGE', /customer reference is too long or too short/],
	['CUSTOMER_REF_CONTAINS_INVALID_CHARACTERS', /customer reference .*characters/],
	['CURRENCY_IS_REQUIRED', /currency is missing/],
	['CURRENCY_LENGTH_OUT_OF_RANGE', /currency is too long or too short/],
	['COUNTRY_IS_REQUIRED', /country is missing/],
	['COUNTRY_LENGTH_OUT_OF_RANGE', /country is too long or too short/],
	['SCHEME_IS_REQUIRED', /scheme is missing/],
	['SCHEME_FORMAT_NOT_RECOGNISED', /scheme has a form/],
	['SCHEME_ID_NOT_RECOGNISED', /scheme ID is not known/],
	['AMOUNT_IS_REQUIRED', /amount is missing/],
	['AMOUNT_FORMAT_NOT_RECOGNISED', /amount has a form/],
	['AMOUNT_OUT_OF_RANGE', /amount is outside the range/],
	['OPEN_DATE_IS_REQUIRED', /^the open date is missing$/],
	['OPEN_DATE_FORMAT_NOT_RECOGNISED', /open date has a form/],
	['DUE_DATE_IS_REQUIRED', /^the due date is missing$/],
	['DUE_DATE_FORMAT_NOT_RECOGNISED', /due date has a form/],
	['SCHEME_ID_INVALID', /scheme ID is not valid/],
	['SCHEME_NAME_REQUIRED', /name of the scheme is missing/],
	['TENANT_ID_IS_REQUIRED', /^the tenant ID is missing$/],
	['REWARD_GROUP_IN_USE', /reward group is in use/],
	['METADATA_KEY_SIZE_OUT_OF_RANGE', /metadata key is too long or too short/],
	['METADATA_VALUE_SIZE_OUT_OF_RANGE', /metadata value is too long or too short/],
	['METADATA_DUPLICATED_KEY', /metadata has a key twice/],
	['INSTRUCTION_CANCELLED', /instruction with this reference was cancelled/],
	['AMOUNT_IS_INVALID', /amount is not valid/],
	['CURRENCY_NOT_SUPPORTED', /currency is not one that Imburse takes/],
	['COUNTRY_NOT_SUPPORTED', /country is not one that Imburse takes/],
	['DIRECTION_IS_REQUIRED', /direction is missing/],
	['DIRECTION_IS_NOT_RECOGNISED', /direction is neither CREDIT nor DEBIT/],
	[
		'SCHEME_ID_NOT_SUPPORTED',
		/scheme exists, but not for this direction, country, amount or currency/,
	],
	['SETTLED_BY_DATE_IS_REQUIRED', /settled-by date is missing, and Imburse asks for it/],
	['SETTLED_BY_DATE_IS_INVALID', /settled-by date is not valid/],
];

/** How things stand; all other known codes are rules of fields. */
const STATES = new Set([
	'ORDER_ALREADY_EXISTS',
	'INSTRUCTION_ALREADY_EXISTS',
	'INSTRUCTION_CANCELLED',
	'ORDER_NOT_FOUND',
	'INSTRUCTION_NOT_FOUND',
	'REWARD_GROUP_IN_USE',
]);

/** Codes that nobody has published, by their parts. */
const BY_PARTS: Array<[string, string]> = [
	['DIRECTION_NOT_SUPPORTED', 'the direction is not one that Imburse takes for this tenant'],
	['DIRECTION_IS_INVALID', 'the direction is not valid'],
	['CURRENCY_IS_NOT_SUPPORTED', 'the currency is not one that Imburse takes for this tenant'],
	['CUSTOMER_REF_IS_INVALID', 'the customer reference is not valid'],
	['METADATA_KEY_IS_REQUIRED', 'a metadata key is missing'],
	['SETTLED_BY_DATE_OUT_OF_RANGE', 'the settled-by date is outside the range that Imburse takes'],
	['EXECUTION_DATE_IS_REQUIRED', 'the execution date is missing'],
	['ADDRESS_LINE1_LENGTH_OUT_OF_RANGE', 'the address line1 is too long or too short'],
	['ORDER_STATUS_IS_INVALID', 'the order status is not valid'],
	['INSTRUCTION_NOT_RECOGNISED', 'the instruction is not known to Imburse for this tenant'],
	['MANDATE_NOT_FOUND', 'the mandate does not exist at Imburse'],
	['SCHEME_ID_NOT_FOUND', 'the scheme ID does not exist at Imburse'],
	['MANDATE_ALREADY_EXISTS', 'the mandate exists already'],
];

describe('codeSentence', () => {
	it.each(KNOWN)('has a sentence for %s', (code, sentence) => {
		expect(codeSentence(code)).toMatch(sentence);
	});

	it('reads well in the middle of a sentence', () => {
		for (const [code] of [...KNOWN, ...BY_PARTS]) {
			expect(codeSentence(code)).toMatch(/^[a-z].*[^.]$/);
		}
	});

	it.each(BY_PARTS)('reads %s by its parts', (code, sentence) => {
		expect(codeSentence(code)).toBe(sentence);
	});

	it.each([
		'',
		'constructor',
		'__proto__',
		'toString',
		'constructor_IS_REQUIRED',
		'__proto___IS_REQUIRED',
		'toString_OUT_OF_RANGE',
		'_IS_REQUIRED',
		'IS_REQUIRED',
		'ORDER_REF',
		'ORDER_REF_',
		'order_ref_is_required',
		'ORDER_REF_IS_REQUIRED ',
		'something_IS_REQUIRED',
		'SERVICE_UNAVAILABLE',
		'SOMETHING_NEW',
		'APPROVAL_REQUIRED',
		'PAYMENT_DUPLICATED_KEY',
	])('knows nothing of %j', (code) => {
		expect(codeSentence(code)).toBeUndefined();
	});

	it('knows nothing of what is not built like a code of Imburse', () => {
		const known = new Set(KNOWN.map(([code]) => code));
		fc.assert(
			fc.property(fc.string(), (code) => {
				fc.pre(!known.has(code));
				expect(codeSentence(code)).toBeUndefined();
			}),
		);
	});
});

describe('whether a code says that a field breaks a rule', () => {
	it.each(KNOWN)('is known of %s', (code) => {
		expect(isValidationCode(code)).toBe(!STATES.has(code));
		expect(provesNothingDone(code)).toBe(true);
	});

	it.each([
		'DIRECTION_NOT_SUPPORTED',
		'DIRECTION_NOT_RECOGNISED',
		'CURRENCY_IS_NOT_SUPPORTED',
		'SETTLED_BY_DATE_OUT_OF_RANGE',
		'METADATA_KEY_IS_REQUIRED',
		'FINANCIAL_INSTRUMENT_ID_IS_INVALID',
		'EXECUTION_DATE_IS_REQUIRED',
		'EXECUTION_DATE_FORMAT_NOT_RECOGNISED',
		'ADDRESS_LINE1_LENGTH_OUT_OF_RANGE',
		'NOTE_SIZE_OUT_OF_RANGE',
		'NOTE_CONTAINS_INVALID_CHARACTERS',
		'POLICY_NUMBER_IS_REQUIRED',
	])('%s does, by its parts', (code) => {
		expect(isValidationCode(code)).toBe(true);
		expect(provesNothingDone(code)).toBe(true);
	});

	it.each([
		'ORDER_STATUS_IS_INVALID',
		'ORDER_NOT_SUPPORTED',
		'INSTRUCTION_NOT_RECOGNISED',
		'TOTAL_OUT_OF_RANGE',
		'MANDATE_NOT_FOUND',
		'SCHEME_ID_NOT_FOUND',
		'CUSTOMER_REF_ALREADY_EXISTS',
		'APPROVAL_REQUIRED',
		'APPROVAL_IS_REQUIRED',
		'MANUAL_REVIEW_IS_REQUIRED',
		'ORDER_REF_DUPLICATED_KEY',
		'SERVICE_UNAVAILABLE',
		'SOMETHING_NEW',
		'',
	])('%j does not: it may say how things stand', (code) => {
		expect(isValidationCode(code)).toBe(false);
		expect(provesNothingDone(code)).toBe(false);
	});
});

it.each([
	['FINANCIAL_INSTRUMENT_ID_IS_INVALID', 'the financial instrument ID is not valid'],
	['REWARD_ID_IS_REQUIRED', 'the reward ID is missing'],
	['ACCOUNT_ID_IS_REQUIRED', 'the account ID is missing'],
	['REASON_LENGTH_OUT_OF_RANGE', 'the reason is too long or too short'],
])('%s is read by its parts: %s', (code, sentence) => {
	expect(codeSentence(code)).toBe(sentence);
});
