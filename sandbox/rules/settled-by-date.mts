import type { Problem } from '../failures.mts';

/**
 * `YYYY-MM-DD`, optional (API reference 4.1, documented, although a public test suite expects it to
 * be required). The code follows `DUE_DATE_FORMAT_NOT_RECOGNISED` of 2019 (inferred), where two suites
 * expect SETTLED_BY_DATE_IS_INVALID (API reference 6). Null when it was not sent.
 */
export function readSettledByDate(value: unknown, problems: Problem[]): string | null {
	if (value === undefined || value === null || value === '') return null;
	if (typeof value === 'string' && isDay(value)) return value;
	problems.push({ code: 'SETTLED_BY_DATE_FORMAT_NOT_RECOGNISED' });
	return null;
}

function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
