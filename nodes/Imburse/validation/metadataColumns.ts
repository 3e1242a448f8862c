import { fieldPath, formatValue } from './format';
import type { Metadata } from './metadataPairs';

/** Most values are none of the two below, and are not looked at again. */
const ALL_DIGITS = /^\d+$/;
const WITH_ZEROS = /^0\d+$/;
const WITHOUT_ZEROS = /^[1-9]\d*$/;

/** The longest text with zeros in front that a key has, and the shortest number without. */
interface Column {
	padded?: string;
	bare?: string;
}

/**
 * Hints on keys whose values look like one column out of which a spreadsheet took zeros for some of
 * the items: `00471` in one, `472` in another.
 */
export function lostZeroHints(metadata: Iterable<Metadata>, field: string): string[] {
	const columns = new Map<string, Column>();
	for (const pairs of metadata) {
		for (const [key, value] of Object.entries(pairs)) {
			if (!ALL_DIGITS.test(value)) continue;
			const column = columns.get(key) ?? {};
			columns.set(key, column);
			if (WITH_ZEROS.test(value) && value.length > (column.padded?.length ?? 0)) {
				column.padded = value;
			}
			if (WITHOUT_ZEROS.test(value) && value.length < (column.bare?.length ?? Infinity)) {
				column.bare = value;
			}
		}
	}
	return [...columns].flatMap(([key, { padded = '', bare }]) =>
		bare === undefined || bare.length >= padded.length
			? []
			: [
					`${fieldPath(field, key)}: some items have zeros in front (${formatValue(padded)}), others a shorter number (${formatValue(bare)}). A spreadsheet may have taken the zeros away: format the column as text.`,
				],
	);
}
