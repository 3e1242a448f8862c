import { quoted } from './quoted';
import { accepted, refused, type Checked } from './violation';

/** A list of codes, and the other ways in which people write what a code stands for. */
export interface CodeList {
	/** `currency`, `country`: as it stands in messages. */
	what: string;
	/** The codes that are taken, for messages: `the three letters of ISO 4217, for example EUR`. */
	taken: string;
	has(code: string): boolean;
	/** What else the text is, in the order of asking: each with the code that is meant by it. */
	otherwise: ReadonlyArray<{ reason: string; codeFor: (text: string) => string | undefined }>;
}

/** Takes a code exactly as the list has it, and suggests the code where something else is meant. */
export function checkCode(value: unknown, field: string, list: CodeList): Checked<string> {
	if (value === undefined || value === null || value === '') {
		return refused({ field, reason: 'there is no value', fix: `Give ${list.taken}.` });
	}
	if (typeof value === 'string' && list.has(value)) return accepted(value);
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	for (const { reason, codeFor } of list.otherwise) {
		const code = codeFor(text.trim());
		if (code !== undefined) {
			return refused({ field, reason: `${quoted(value)} ${reason}`, fix: `Write ${code}.` });
		}
	}
	return refused({
		field,
		reason: `${quoted(value)} is not the code of a ${list.what}`,
		fix: `Give ${list.taken}.`,
	});
}

/** The code that the text is when small letters and spaces around it are put right. */
export function respelt(has: (code: string) => boolean): (text: string) => string | undefined {
	return (text) => (has(text.toUpperCase()) ? text.toUpperCase() : undefined);
}

/** The code with this English name, as the platform (Unicode CLDR) calls it. */
export function byEnglishName(
	codes: ReadonlyMap<string, unknown>,
	type: 'currency' | 'region',
): (text: string) => string | undefined {
	const names = new Intl.DisplayNames('en', { type });
	return (text) =>
		[...codes.keys()].find((code) => names.of(code)?.toLowerCase() === text.toLowerCase());
}

/** The code with this number; leading zeros may be missing, as they are in spreadsheets. */
export function byNumber(
	codes: ReadonlyMap<string, { numeric?: string }>,
): (text: string) => string | undefined {
	return (text) => [...codes].find(([, { numeric }]) => numeric === text.padStart(3, '0'))?.[0];
}
