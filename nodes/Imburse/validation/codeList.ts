import { formatValue } from './format';
import { valid, invalid, isEmpty, type ValidationResult } from './result';

/** A list of codes, and the other ways in which people write what a code stands for. */
export interface CodeList {
	/** `currency`, `country`: as it stands in messages. */
	label: string;
	/** The codes that are taken, for messages: `the three letters of ISO 4217, for example EUR`. */
	expected: string;
	has(code: string): boolean;
	/** What else the text is, in the order of asking: each with the code that is meant by it. */
	alternatives: ReadonlyArray<{ reason: string; codeFor: (text: string) => string | undefined }>;
}

/** No country and no currency has a longer name; what is longer is not looked up. */
const LONGEST_NAME = 100;

/** Takes a code exactly as the list has it, and suggests the code where something else is meant. */
export function validateCode(
	value: unknown,
	field: string,
	list: CodeList,
): ValidationResult<string> {
	if (isEmpty(value)) {
		return invalid({ field, reason: 'there is no value', fix: `Give ${list.expected}.` });
	}
	if (typeof value === 'string' && list.has(value)) return valid(value);
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	for (const { reason, codeFor } of text.length > LONGEST_NAME ? [] : list.alternatives) {
		const code = codeFor(text);
		if (code !== undefined) {
			return invalid({ field, reason: `${formatValue(value)} ${reason}`, fix: `Write ${code}.` });
		}
	}
	return invalid({
		field,
		reason: `${formatValue(value)} is not the code of a ${list.label}`,
		fix: `Give ${list.expected}.`,
	});
}

/** The code that the text is in capital letters. */
export function byLetterCase(has: (code: string) => boolean): (text: string) => string | undefined {
	return (text) => (has(text.toUpperCase()) ? text.toUpperCase() : undefined);
}

/**
 * The code with this English name, as the platform (Unicode CLDR) calls it. The names are made when
 * the first is asked for: they would take half of the time in which n8n loads the node.
 */
export function byEnglishName(
	codes: ReadonlyMap<string, unknown>,
	type: 'currency' | 'region',
): (text: string) => string | undefined {
	let codesByName: ReadonlyMap<string, string> | undefined;
	return (text) => {
		codesByName ??= namesOf(codes, type);
		return codesByName.get(text.toLowerCase());
	};
}

function namesOf(codes: ReadonlyMap<string, unknown>, type: 'currency' | 'region') {
	const names = new Intl.DisplayNames('en', { type });
	return new Map([...codes.keys()].map((code) => [names.of(code)!.toLowerCase(), code]));
}

/** The code with this number; leading zeros may be missing, as they are in spreadsheets. */
export function byNumber(
	codes: ReadonlyMap<string, { numeric?: string }>,
): (text: string) => string | undefined {
	return (text) => [...codes].find(([, { numeric }]) => numeric === text.padStart(3, '0'))?.[0];
}
