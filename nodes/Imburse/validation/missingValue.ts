/** What data frames, databases and spreadsheets write where they have no value; without its marks. */
const WORDS = new Set(
	'null none nil nan nat na n/a n-a n_a n.a n.a. n.v. k.a. undefined void nul blank empty missing infinity'.split(
		' ',
	),
);
/** Brackets around a word, and the marks in front of it. */
const MARKS = /^[#<([{"'\s+-]+|[>)\]}"'\s]+$/g;
/** `#REF!`, `#NAME?`, `#DIV/0!`, `#N/A`, also in other languages (`#WERT!`, `#NV`), and `Err:502`. */
const SPREADSHEET_ERROR = /^#[\p{L}/0_¡¿]+[!?]$|^#(?:N\/[A-Z]|NV|N\.[A-Z]\.)$|^Err:\d{3}$|^#+$/iu;
const ONLY_SEPARATORS = /^[\s\p{P}\p{S}]+$/u;
/** Between separators these can be nothing else, however they are written. */
const PARTS = new Set(['null', 'none', 'nan', 'undefined', 'n/a']);
/** These only as a program writes them: there are companies called NIL and NAT. */
const EXACT_PARTS = new Set(['nil', 'NaT']);
/** At either end of a text these stand for nothing; in its midst they may be part of a name. */
const END_WORDS = '(?:nil|nat|n[._/]a\\.?|infinity|blank|missing|empty|void)';
const AT_AN_END = new RegExp(`^${END_WORDS}(?=[-_.])|(?<=[-_.])${END_WORDS}$`, 'i');
/** Companies' names in front, and not as a program writes them. */
const COMPANY = /^(?:NIL|NAT)(?=[-_.])/;
/** What JavaScript adds to a text, with nothing in between. */
const ADDED = /undefined|(?<=[A-Z0-9])(?:null|NaN)(?![a-z])|(?<![A-Za-z])(?:null|NaN)(?=[A-Z0-9])/;
const OBJECT = /\[object |(?<![a-z])object[-_. ]object(?![a-z])/i;
const INVALID_DATE = /(?<![a-z])invalid[-_. ]?date(?:time)?(?![a-z])/i;

/**
 * Why a text is no value but what somebody's program writes where it has none, as the rest of a
 * sentence on it; undefined where it may be a value.
 */
export function missingValueReason(text: string): string | undefined {
	if (SPREADSHEET_ERROR.test(text)) return "is an error of a spreadsheet's formula";
	if (ONLY_SEPARATORS.test(text)) return 'holds no letter and no digit';
	if (INVALID_DATE.test(text)) return 'is what becomes of a date that could not be read';
	if (OBJECT.test(text)) return 'is what becomes of an object in a text';
	if (WORDS.has(wordIn(text))) return 'stands for a missing value';
	const part =
		text.split(/[-_.]/).find(isMissing) ??
		ADDED.exec(text)?.[0] ??
		AT_AN_END.exec(text.replace(COMPANY, ''))?.[0];
	return part === undefined ? undefined : `contains "${part}", which stands for a missing value`;
}

function isMissing(part: string): boolean {
	return PARTS.has(wordIn(part)) || EXACT_PARTS.has(part) || SPREADSHEET_ERROR.test(part);
}

function wordIn(text: string): string {
	return text.replace(MARKS, '').toLowerCase();
}
