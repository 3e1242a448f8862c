/**
 * A plain sentence for error codes of Imburse (API reference 6, "Known error codes"; certainty as
 * marked there). Each completes "Imburse refused it: ...". The validation
 * codes come from families of the form `<FIELD>_<PROBLEM>`; the rest are listed one by one.
 */
const FIELDS = new Map(
	Object.entries({
		ORDER_REF: 'the order reference',
		INSTRUCTION_REF: 'the instruction reference',
		CUSTOMER_REF: 'the customer reference',
		CURRENCY: 'the currency',
		COUNTRY: 'the country',
		SCHEME: 'the scheme',
		SCHEME_ID: 'the scheme ID',
		AMOUNT: 'the amount',
		OPEN_DATE: 'the open date',
		DUE_DATE: 'the due date',
	}),
);

const PROBLEMS: Readonly<Record<string, string>> = {
	IS_REQUIRED: 'is missing',
	LENGTH_OUT_OF_RANGE: 'is too long or too short',
	CONTAINS_INVALID_CHARACTERS: 'holds characters that Imburse does not take',
	FORMAT_NOT_RECOGNISED: 'has a form that Imburse does not recognise',
	OUT_OF_RANGE: 'is outside the range that Imburse takes',
	NOT_RECOGNISED: 'is not known to Imburse for this tenant',
};

/** Validation codes that follow no family. */
const OTHER_VALIDATION_CODES = new Map(
	Object.entries({
		SCHEME_ID_INVALID: 'the scheme ID is not valid',
		SCHEME_NAME_REQUIRED: 'the name of the scheme is missing',
		TENANT_ID_IS_REQUIRED: 'the tenant ID is missing',
		METADATA_KEY_SIZE_OUT_OF_RANGE: 'a metadata key is too long or too short',
	}),
);

/**
 * Codes that speak of the state of things and not of a field. A code with a sentence counts as known:
 * a create that Imburse answers with 400 and known codes alone was refused, and is not read back as
 * unknown. So a code may stand here only if it proves that Imburse did nothing.
 */
const STATE_CODES = new Map(
	Object.entries({
		ORDER_ALREADY_EXISTS: 'an order with this reference exists already',
		INSTRUCTION_ALREADY_EXISTS: 'an instruction with this reference exists already',
		ORDER_NOT_FOUND: 'there is no order with this reference',
		INSTRUCTION_NOT_FOUND: 'there is no instruction with this reference',
		REWARD_GROUP_IN_USE: 'the reward group is in use',
	}),
);

/** The sentence for a code, or undefined for a code that is not known. */
export function codeSentence(code: string): string | undefined {
	return STATE_CODES.get(code) ?? validationSentence(code);
}

/** Whether a code says that a field of the request breaks a rule, so that nothing was done. */
export function isValidationCode(code: string): boolean {
	return validationSentence(code) !== undefined;
}

function validationSentence(code: string): string | undefined {
	const listed = OTHER_VALIDATION_CODES.get(code);
	if (listed) return listed;
	for (const [problem, words] of Object.entries(PROBLEMS)) {
		if (!code.endsWith(`_${problem}`)) continue;
		const field = FIELDS.get(code.slice(0, -problem.length - 1));
		if (field) return `${field} ${words}`;
	}
	return undefined;
}
