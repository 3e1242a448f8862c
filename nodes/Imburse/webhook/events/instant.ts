/** From here on a number of seconds would lie tens of thousands of years ahead. */
const FIRST_MILLISECONDS = 1e11;
/** Both spellings of the API: seconds and milliseconds (API reference 4.9, documented). */
const LATEST_MILLISECONDS = 8.64e15;

/**
 * A moment as ISO 8601 in UTC.
 *
 * @param value seconds or milliseconds since 1970, as number or text, or an ISO date with a zone
 * @returns null for anything else: a time without a zone could be any of many moments
 */
export function instantText(value: unknown): string | null {
	if (typeof value === 'number') return fromNumber(value);
	if (typeof value !== 'string') return null;
	const text = value.trim();
	if (/^\d{1,16}(\.\d+)?$/.test(text)) return fromNumber(Number(text));
	if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text)) return null;
	const time = Date.parse(text);
	return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function fromNumber(value: number): string | null {
	const milliseconds = value < FIRST_MILLISECONDS ? value * 1000 : value;
	if (!(milliseconds > 0 && milliseconds <= LATEST_MILLISECONDS)) return null;
	return new Date(milliseconds).toISOString();
}
