import { epochMilliseconds, isInCalendar } from '../../validation/calendarDate';

/** The last instant that a JavaScript date can hold. */
const LATEST_MILLISECONDS = 8.64e15;
const NUMBER = /^\d{1,16}(\.\d{1,9})?$/;
const ISO_WITH_ZONE = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * Parses an instant. The API uses both seconds and milliseconds (API reference 4.9, documented).
 *
 * @param value seconds or milliseconds since 1970, as number or text, or an ISO date with a zone
 * @returns milliseconds since 1970; undefined for anything else. A time without a zone is ambiguous
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

/** ISO 8601 in UTC; null for what `parseInstant` cannot parse. */
export function isoInstant(value: unknown): string | null {
	const time = parseInstant(value);
	return time === undefined ? null : new Date(time).toISOString();
}

function fromNumber(value: number): number | undefined {
	const milliseconds = epochMilliseconds(value);
	return milliseconds > 0 && milliseconds <= LATEST_MILLISECONDS ? milliseconds : undefined;
}
