import {
	characterName,
	invisibleCharacters,
	LOST_CHARACTER_FIX,
	REPLACEMENT_CHARACTER,
} from './characterName';
import { countCharacters, isLongerThan } from './characterCount';
import { formatValue, joinSome, joinWithAnd } from './format';
import { valid, invalid, isEmpty, type ValidationResult, type ValidationError } from './result';

/** What a reference names. */
export type ReferenceKind = 'order' | 'instruction' | 'customer' | 'batch';

interface KindOfReference {
	/** API reference 4.1, documented; refusal observed. A batch's: "Batch" there, documented. */
	maxLength: number;
	/** Where the value comes from. */
	source: string;
}

const KEEPS_FROM_PAYING_TWICE =
	'The node never makes one up: only a reference that is the same on every run keeps a payment from being made twice.';
const KINDS: Readonly<Record<ReferenceKind, KindOfReference>> = {
	order: {
		maxLength: 50,
		source: `Map it from your data, for example the claim number. ${KEEPS_FROM_PAYING_TWICE}`,
	},
	instruction: {
		maxLength: 50,
		source: `Map it from your data, for example the claim number with the number of the payment, such as CLM-17-1. ${KEEPS_FROM_PAYING_TWICE}`,
	},
	customer: {
		maxLength: 50,
		source:
			'Map it from your data, for example the customer number. Imburse knows by it who is paid or who pays, so it is the same for all payments of a customer.',
	},
	batch: {
		maxLength: 100,
		source: 'Enter the reference under which the batch was uploaded.',
	},
};

/** By whole characters, also those of two code units. */
const FOREIGN = /[^a-zA-Z0-9_.-]/gu;
const ALLOWED = 'letters a-z and A-Z, digits, "-", "_" and "."';
/** What JavaScript writes into a text where an expression finds nothing. */
const FOUND_NOTHING = /(?:^|[-_.])(undefined|null|NaN)(?:[-_.]|$)/;

/**
 * Checks a reference of an order, instruction, customer or batch: 1 to 50 characters of
 * `a-z A-Z 0-9 - _ .` (API reference 4.1, documented). `.` and `..` are refused because they change
 * the path of every later call (inferred). Nothing is trimmed or replaced: what is sent is what the
 * user sees. A number is taken when it is whole, not negative and exact.
 */
export function validateReference(
	value: unknown,
	field: string,
	kind: ReferenceKind,
): ValidationResult<string> {
	if (isEmpty(value)) {
		return invalid({ field, reason: 'there is no value', fix: KINDS[kind].source });
	}
	if (typeof value === 'number') return validateNumericReference(value, field);
	if (typeof value === 'string') return validateTextReference(value, field, KINDS[kind]);
	return invalid({
		field,
		reason: `${formatValue(value)} is not a text`,
		fix: 'Map one field that holds a text or a whole number.',
	});
}

function validateNumericReference(value: number, field: string): ValidationResult<string> {
	if (Number.isSafeInteger(value) && value >= 0) return valid(String(value));
	const tooLarge = Number.isInteger(value) && value > 0;
	return invalid(
		tooLarge
			? {
					field,
					reason: `the number ${value} is too large to be exact, its last digits were rounded before they came here`,
					fix: 'Read it as text where the data comes from, for example by formatting the column as text.',
				}
			: {
					field,
					reason: `${value} is not a whole number from 0 upwards`,
					fix: 'Map a field that holds a text or a whole number.',
				},
	);
}

function validateTextReference(
	text: string,
	field: string,
	{ maxLength, source }: KindOfReference,
): ValidationResult<string> {
	const inner = text.trim();
	if (inner === '') {
		return invalid({ field, reason: 'there are only spaces', fix: source });
	}
	if (isDocument(inner)) return invalid({ field, ...lengthProblem(inner, maxLength)! });
	const problems = [
		edgeProblem(text, inner),
		characterProblem(inner),
		lengthProblem(inner, maxLength),
		contentProblem(inner, source),
	];
	const errors = problems.flatMap((problem) => (problem ? [{ field, ...problem }] : []));
	return errors.length > 0 ? invalid(...errors) : valid(text);
}

type Problem = Omit<ValidationError, 'field'>;

function edgeProblem(text: string, inner: string): Problem | undefined {
	if (text === inner) return undefined;
	const edges = [
		...(text.startsWith(inner[0]!) ? [] : [`begins with ${characterName(text[0]!)}`]),
		...(text.endsWith(inner.slice(-1)) ? [] : [`ends with ${characterName(text.slice(-1))}`]),
	];
	return {
		reason: `${formatValue(text)} ${joinWithAnd(edges)}`,
		fix: 'Remove it in your data, or add .trim() to the expression.',
	};
}

/** Of the characters that a reference may not have. */
const MOST_NAMED = 3;

function characterProblem(text: string): Problem | undefined {
	const found = text.match(FOREIGN);
	if (!found) return undefined;
	const foreign = [...new Set(found)];
	return {
		reason: `${formatValue(text)} contains ${joinSome(foreign, MOST_NAMED, characterName)}`,
		fix: foreignFix(foreign),
	};
}

function foreignFix(foreign: readonly string[]): string {
	if (foreign.includes(REPLACEMENT_CHARACTER)) return LOST_CHARACTER_FIX;
	if (invisibleCharacters(foreign.join('')).length === foreign.length) {
		return 'Nobody sees it: remove it in your data, and look for it in the other rows, too.';
	}
	return `Imburse takes ${ALLOWED} in a reference. Map a field that holds nothing else, or replace the other characters so that two references never become equal.`;
}

/** Far more than any reference has: nothing else is looked for in it, which would take its time. */
const DOCUMENT_LENGTH = 1000;

/** Whether a whole document was mapped to where a reference belongs. */
export function isDocument(text: string): boolean {
	return text.length > DOCUMENT_LENGTH;
}

function lengthProblem(text: string, maxLength: number): Problem | undefined {
	if (!isLongerThan(text, maxLength)) return undefined;
	return {
		reason: `${formatValue(text)} has ${countCharacters(text)} characters, Imburse takes at most ${maxLength}`,
		fix: 'Map a shorter field. Do not cut the text off: two references could become equal.',
	};
}

function contentProblem(text: string, source: string): Problem | undefined {
	if (text === '.' || text === '..') {
		return {
			reason: `${formatValue(text)} has a meaning of its own in a web address`,
			fix: source,
		};
	}
	const word = FOUND_NOTHING.exec(text)?.[1];
	if (word === undefined) return undefined;
	return {
		reason: `${formatValue(text)} contains "${word}", which stands where an expression found nothing`,
		fix: 'Check the names of the fields in the expression, and that this item has them.',
	};
}
