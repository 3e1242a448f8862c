/**
 * A plain sentence for error codes of Imburse (API reference 6, "Known error codes"; certainty as
 * marked there). Each completes "Imburse refused it: ...". The validation codes come from families of
 * the form `<FIELD>_<PROBLEM>`, and a code of that form that nobody has published is read by its parts;
 * the rest are listed one by one.
 */
const FIELDS = new Map(
	Object.entries({
		ORDER_REF: 'the order reference',
		INSTRUCTION_REF: 'the instruction reference',
		CUSTOMER_REF: 'the customer reference',
		DIRECTION: 'the direction',
		CURRENCY: 'the currency',
		COUNTRY: 'the country',
		SCHEME: 'the scheme',
		SCHEME_ID: 'the scheme ID',
		AMOUNT: 'the amount',
		SETTLED_BY_DATE: 'the settled-by date',
		OPEN_DATE: 'the open date',
		DUE_DATE: 'the due date',
		FINANCIAL_INSTRUMENT_ID: 'the financial instrument ID',
		METADATA: 'the metadata',
		METADATA_KEY: 'a metadata key',
		METADATA_VALUE: 'a metadata value',
		CUSTOMER_DEFAULTS: 'the customer defaults',
		REWARD_ID: 'the reward ID',
		REASON: 'the reason',
		ACCOUNT_ID: 'the account ID',
		TENANT_ID: 'the tenant ID',
	}),
);

/** How the name of a field ends that nobody has published. */
const NAMES_A_FIELD = /(?:^|_)(?:AMOUNT|CODE|DATE|ID|KEY|NAME|NUMBER|REF|VALUE)$/;

type ProblemKind =
	/** A rule on the form of a field. Nothing but the request can break it, whatever the field is. */
	| 'form'
	/** A field has to be there. An approval may be required, too, which tells how things stand. */
	| 'presence'
	/** A rule on the value of a field. Of what is no field it may tell how things stand. */
	| 'value'
	/** How things stand. */
	| 'state';

interface Problem {
	kind: ProblemKind;
	words: string;
}

/** By the end of the code; `_IS_` before INVALID and NOT is left out. The longest end counts. */
const PROBLEMS: ReadonlyArray<[end: string, problem: Problem]> = Object.entries<Problem>({
	IS_REQUIRED: { kind: 'presence', words: 'is missing' },
	LENGTH_OUT_OF_RANGE: { kind: 'form', words: 'is too long or too short' },
	SIZE_OUT_OF_RANGE: { kind: 'form', words: 'is too long or too short' },
	CONTAINS_INVALID_CHARACTERS: {
		kind: 'form',
		words: 'holds characters that Imburse does not take',
	},
	FORMAT_NOT_RECOGNISED: { kind: 'form', words: 'has a form that Imburse does not recognise' },
	OUT_OF_RANGE: { kind: 'value', words: 'is outside the range that Imburse takes' },
	NOT_RECOGNISED: { kind: 'value', words: 'is not known to Imburse for this tenant' },
	NOT_SUPPORTED: { kind: 'value', words: 'is not one that Imburse takes for this tenant' },
	INVALID: { kind: 'value', words: 'is not valid' },
	NOT_FOUND: { kind: 'state', words: 'does not exist at Imburse' },
	ALREADY_EXISTS: { kind: 'state', words: 'exists already' },
}).sort(([one], [other]) => other.length - one.length);

/** Validation codes that follow no family, or whose parts do not say enough. */
const OTHER_VALIDATION_CODES = new Map(
	Object.entries({
		SCHEME_NAME_REQUIRED: 'the name of the scheme is missing',
		SCHEME_ID_NOT_SUPPORTED:
			'the scheme exists, but not for this direction, country, amount or currency',
		DIRECTION_IS_NOT_RECOGNISED: 'the direction is neither CREDIT nor DEBIT',
		SETTLED_BY_DATE_IS_REQUIRED: 'the settled-by date is missing, and Imburse asks for it here',
		METADATA_DUPLICATED_KEY: 'the metadata has a key twice',
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
		INSTRUCTION_CANCELLED: 'the instruction with this reference was cancelled',
		ORDER_NOT_FOUND: 'there is no order with this reference',
		INSTRUCTION_NOT_FOUND: 'there is no instruction with this reference',
		REWARD_GROUP_IN_USE: 'the reward group is in use',
	}),
);

/** The sentence for a code, or undefined for a code of which not even a part is known. */
export function codeSentence(code: string): string | undefined {
	const listed = STATE_CODES.get(code) ?? OTHER_VALIDATION_CODES.get(code);
	if (listed !== undefined) return listed;
	const parts = partsOf(code);
	return parts && `${FIELDS.get(parts.field) ?? fieldInWords(parts.field)} ${parts.problem.words}`;
}

/** Whether a code says that a field of the request breaks a rule, so that nothing was done. */
export function isValidationCode(code: string): boolean {
	if (OTHER_VALIDATION_CODES.has(code)) return true;
	const { field = '', problem } = partsOf(code) ?? {};
	if (problem?.kind === 'presence') return FIELDS.has(field) || NAMES_A_FIELD.test(field);
	return problem?.kind === 'form' || (problem?.kind === 'value' && FIELDS.has(field));
}

/** Whether a code proves that Imburse did nothing. */
export function provesNothingDone(code: string): boolean {
	return STATE_CODES.has(code) || isValidationCode(code);
}

/** Of a create whose reference belongs to a cancelled instruction (API reference 6, expected). */
export const INSTRUCTION_CANCELLED = 'INSTRUCTION_CANCELLED';

/** `<FIELD>_<PROBLEM>`, where the problem is one that is known. */
function partsOf(code: string): { field: string; problem: Problem } | undefined {
	if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code)) return undefined;
	const text = code.replace(/_IS_(?=INVALID$|NOT_)/, '_');
	for (const [end, problem] of PROBLEMS) {
		if (text.endsWith(`_${end}`)) return { field: text.slice(0, -end.length - 1), problem };
	}
	return undefined;
}

/** A field that nobody has published. */
function fieldInWords(field: string): string {
	return `the ${field.toLowerCase().replaceAll('_', ' ')}`;
}
