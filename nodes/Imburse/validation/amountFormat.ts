/** One way of writing an amount that Imburse does not take. */
export interface WrongFormat {
	pattern: RegExp;
	/** Continues the quoted amount: `is negative`. */
	reason: string;
	/** The amount without this mistake, where there is just one that can be meant. */
	suggest?: (text: string) => string;
	/** What to do where there is none. */
	fix?: string;
}

/** Longer texts are no amounts, and are not looked into. */
const MAX_LENGTH = 60;
const SPACES = ' \\u00a0\\u2009\\u202f';

/** What stands around the digits, and is wrong however an amount is written. */
const AROUND_DIGITS: readonly WrongFormat[] = [
	{ pattern: /^\s+$/, reason: 'is only spaces', fix: 'Map the amount from your data.' },
	{
		pattern: /^\s*[-−–]\s*[0-9.,]|[0-9]\s*[-−–]\s*$|^\s*\(.*[0-9].*\)\s*$/,
		reason: 'is negative',
		fix: 'Imburse takes amounts greater than zero: Direction says which way the money goes.',
	},
	{
		pattern: /\p{Sc}|^\s*[A-Z]{3}\s*[0-9]|[0-9]\s*[A-Z]{3}\s*$/u,
		reason: 'contains a currency, which has a field of its own',
		suggest: (text) => text.replace(/[\p{Sc}A-Z]/gu, '').trim(),
	},
	{
		pattern: /^\s|\s$/,
		reason: 'begins or ends with a space',
		suggest: (text) => text.trim(),
	},
	{
		pattern: /^\+[0-9]/,
		reason: 'begins with a plus sign',
		suggest: (text) => text.slice(1),
	},
];

/** In the order in which they are named. */
const WRONG_FORMATS: readonly WrongFormat[] = [
	...AROUND_DIGITS,
	{
		pattern: /^[0-9.,]+e[-+]?[0-9]+$/i,
		reason: 'is written with an exponent, as spreadsheets shorten long numbers',
		fix: 'Show all digits of the column before you export it: the shortened text has lost some.',
	},
	{
		pattern: /^\.[0-9]+$/,
		reason: 'has no digit before the point',
		suggest: (text) => `0${text}`,
	},
	{ pattern: /^[0-9]+\.$/, reason: 'ends with a point', suggest: (text) => text.slice(0, -1) },
	{
		pattern: /^0[0-9]+(\.[0-9]+)?$/,
		reason: 'begins with a zero that does not count',
		suggest: (text) => text.replace(/^0+(?=[0-9])/, ''),
	},
	{
		pattern: /^[0-9]{1,3},[0-9]{3}$/,
		reason: 'can be read in two ways: its comma may separate thousands or decimals',
	},
	{
		pattern: /^[0-9]+,[0-9]+$/,
		reason: 'has a comma before the decimals',
		suggest: (text) => text.replace(',', '.'),
	},
	{
		pattern: new RegExp(`^[0-9]{1,3}([,'’${SPACES}])[0-9]{3}(?:\\1[0-9]{3})*(?:\\.[0-9]+)?$`),
		reason: 'has separators between thousands',
		suggest: (text) => text.replace(/[^0-9.]/g, ''),
	},
	{
		pattern: new RegExp(`^[0-9]{1,3}([.'’${SPACES}])[0-9]{3}(?:\\1[0-9]{3})*(?:,[0-9]+)?$`),
		reason: 'has separators between thousands',
		suggest: (text) => text.replace(/[^0-9,]/g, '').replace(',', '.'),
	},
];

/** The first mistake in the way an amount is written. */
export function findWrongFormat(text: string): WrongFormat | undefined {
	return firstIn(WRONG_FORMATS, text);
}

/** The first mistake around the digits: the same one in every way of writing an amount. */
export function findWrongSurroundings(text: string): WrongFormat | undefined {
	return firstIn(AROUND_DIGITS, text);
}

function firstIn(formats: readonly WrongFormat[], text: string): WrongFormat | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	return formats.find(({ pattern }) => pattern.test(text));
}

/** The amount without any mistake of this kind; undefined where nobody can know what was meant. */
export function suggestAmount(text: string): string | undefined {
	const wrongFormat = findWrongFormat(text);
	if (wrongFormat === undefined) return text;
	const suggestion = wrongFormat.suggest?.(text);
	return suggestion === undefined ? undefined : suggestAmount(suggestion);
}
