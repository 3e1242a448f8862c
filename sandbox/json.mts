import { DecimalNumber } from './decimal.mts';

/**
 * Writes JSON text like `JSON.stringify`, but a `DecimalNumber` becomes a number with exactly its
 * digits: instruction amounts are numbers in Imburse's answers (API reference 5, documented).
 */
export function toJson(value: unknown): string {
	if (value instanceof DecimalNumber) return value.text;
	if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.map(([key, member]) => `${JSON.stringify(key)}:${toJson(member)}`);
		return `{${members.join(',')}}`;
	}
	return JSON.stringify(value);
}
