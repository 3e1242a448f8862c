import { describe, expect, it } from '@jest/globals';

import { validateAmount } from '../../../nodes/Imburse/validation/amount.ts';
import { validateCalendarDate } from '../../../nodes/Imburse/validation/calendarDate.ts';
import { validateCountry } from '../../../nodes/Imburse/validation/country.ts';
import { validateCurrency } from '../../../nodes/Imburse/validation/currency.ts';
import { validateDirection } from '../../../nodes/Imburse/validation/direction.ts';
import { validateIdentifier } from '../../../nodes/Imburse/validation/identifier.ts';
import { parseMetadataEntries } from '../../../nodes/Imburse/validation/metadata.ts';
import { validateNewReference } from '../../../nodes/Imburse/validation/paymentReference.ts';
import { validateReference } from '../../../nodes/Imburse/validation/reference.ts';
import type { ValidationResult } from '../../../nodes/Imburse/validation/result.ts';

/** A document where a value belongs. Searching in it, as in a value, would take minutes. */
const LENGTH = 200_000;
const DOCUMENTS = {
	letters: 'a'.repeat(LENGTH),
	spaces: `a${' '.repeat(LENGTH)}a`,
	brackets: `${'>'.repeat(LENGTH)}a`,
	separators: '-'.repeat(LENGTH),
	digits: '4 '.repeat(LENGTH / 2),
	zeros: `1.${'0'.repeat(LENGTH)}`,
	addresses: 'a@'.repeat(LENGTH / 2),
	words: 'null-'.repeat(LENGTH / 5),
	halves: '\ud83d'.repeat(LENGTH),
};

const VALIDATORS: Readonly<Record<string, (text: string) => ValidationResult<unknown>>> = {
	country: (text) => validateCountry(text, 'Field'),
	currency: (text) => validateCurrency(text, 'Field'),
	amount: (text) => validateAmount(text, 'EUR', 'Field'),
	date: (text) => validateCalendarDate(text, 'Field', 'UTC'),
	direction: (text) => validateDirection(text, 'Field'),
	identifier: (text) => validateIdentifier(text, 'Field'),
	reference: (text) => validateReference(text, 'Field', 'order'),
	'new reference': (text) => validateNewReference(text, 'Field', 'customer'),
	'metadata value': (value) => parseMetadataEntries([{ key: 'a', value }], 'Field'),
	'metadata key': (key) => parseMetadataEntries([{ key, value: 'a' }], 'Field'),
};

describe.each(Object.entries(VALIDATORS))('a document as %s', (_, validate) => {
	it.each(Object.entries(DOCUMENTS))('of %s is refused, in few words', (_name, text) => {
		const result = validate(text);
		const [error] = result.ok ? [] : result.errors;
		expect(error?.reason.length).toBeGreaterThan(0);
		expect(error?.reason.length).toBeLessThan(500);
	});
});

it('is a reference of so many characters, and nothing else is said of it', () => {
	const result = validateNewReference(DOCUMENTS.words, 'Order Reference', 'order');
	expect(result.ok ? [] : result.errors.map(({ reason }) => reason)).toEqual([
		expect.stringMatching(/has 200000 characters, Imburse takes at most 50$/),
	]);
});
