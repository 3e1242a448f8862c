import { isInCalendar } from '../../validation/calendarDate';

/** From here on a number of seconds would lie thousands of years ahead. */
const FIRST_MILLISECONDS = 1e11;
/** The last moment that a JavaScript date can hold. */
const LATEST_MILLISECONDS = 8.64e15;
const NUMBER = /^\d{1,16}(\.\d{1,9})?$/;
const ISO_WITH_ZONE = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * Reads a moment. Both seconds and milliseconds are spellings of the API (API reference 4.9,
 * documented).
 *
 * @param value seconds or milliseconds since 1970, as number or text, or an ISO date with a zone
 * @returns milliseconds since 1970; undefined for anything else: a time without a zone could be any
 * of many moments
 */
export function parseInstant(value: unknown): number | undefined {
	if (typeof value === 'number') return fromNumber(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (NUMBER.test(text)) return fromNumber(Number(text));
	const day = ISO_WITH_ZONE.exec(text)?.[1];
	if (day === undefined || !isInCalendar(day)) return undefined;
	const time = Date.parse(text);
	return Number.isNaN(time) ? undefined : time;
}

/** A moment as ISO 8601 in UTC; null for what `instantOf` cannot read. */
export function isoInstant(value: unknown): string | null {
	const time = parseInstant(value);
	return time === undefined ? null : new Date(time).toISOString();
}

function fromNumber(value: number): number | undefined {
	const milliseconds = value < FIRST_MILLISECONDS ? value * 1000 : value;
	return milliseconds > 0 && milliseconds <= LATEST_MILLISECONDS ? milliseconds : undefined;
}
