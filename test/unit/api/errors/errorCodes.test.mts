import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeSentence, isValidationCode } from '../../../../nodes/Imburse/api/errors/errorCodes.ts';

/** Codes of API reference 6, "Known error codes", the families written out. */
const KNOWN: Array<[string, RegExp]> = [
	['ORDER_REF_IS_REQUIRED', /order reference is missing/],
	['ORDER_REF_LENGTH_OUT_OF_RANGE', /order reference is too long or too short/],
	['ORDER_REF_CONTAINS_INVALID_CHARACTERS', /order reference .*characters/],
	['ORDER_ALREADY_EXISTS', /order .*exists already/],
	['ORDER_NOT_FOUND', /no order/],
	['INSTRUCTION_ALREADY_EXISTS', /instruction .*exists already/],
	['INSTRUCTION_NOT_FOUND', /no instruction/],
	['INSTRUCTION_REF_IS_REQUIRED', /instruction reference is missing/],
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
	['OPEN_DATE_IS_REQUIRED', /open date is missing/],
	['OPEN_DATE_FORMAT_NOT_RECOGNISED', /open date has a form/],
	['DUE_DATE_IS_REQUIRED', /due date is missing/],
	['DUE_DATE_FORMAT_NOT_RECOGNISED', /due date has a form/],
	['SCHEME_ID_INVALID', /scheme ID is not valid/],
	['SCHEME_NAME_REQUIRED', /name of the scheme is missing/],
	['TENANT_ID_IS_REQUIRED', /tenant ID is missing/],
	['REWARD_GROUP_IN_USE', /reward group is in use/],
	['METADATA_KEY_SIZE_OUT_OF_RANGE', /metadata key is too long or too short/],
];

describe('codeSentence', () => {
	it.each(KNOWN)('has a sentence for %s', (code, sentence) => {
		expect(codeSentence(code)).toMatch(sentence);
	});

	it('reads well in the middle of a sentence', () => {
		for (const [code] of KNOWN) expect(codeSentence(code)).toMatch(/^[a-z].*[^.]$/);
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
		'SOMETHING_IS_REQUIRED',
		'METADATA_KEY_IS_REQUIRED',
	])('knows nothing of %j', (code) => {
		expect(codeSentence(code)).toBeUndefined();
	});

	it('knows nothing of what nobody has documented', () => {
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
	it.each(['AMOUNT_IS_REQUIRED', 'SCHEME_ID_INVALID', 'METADATA_KEY_SIZE_OUT_OF_RANGE'])(
		'%s does',
		(code) => {
			expect(isValidationCode(code)).toBe(true);
		},
	);

	it.each(['ORDER_ALREADY_EXISTS', 'ORDER_NOT_FOUND', 'REWARD_GROUP_IN_USE', 'SOMETHING_NEW', ''])(
		'%j does not',
		(code) => {
			expect(isValidationCode(code)).toBe(false);
		},
	);
});
