import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ibanLengths } from '../../../nodes/Imburse/validation/ibanLengths.ts';
import {
	findSensitiveNumbers,
	maskSensitiveNumbers,
} from '../../../nodes/Imburse/validation/sensitiveNumbers.ts';

const CARDS = [
	'4111111111111111',
	'5500000000000004',
	'378282246310005',
	'6011111111111117',
	'3530111333300000',
	'30569309025904',
	'4222222222222',
	'6304000000000000000',
];
const IBANS = [
	'DE89370400440532013000',
	'GB82WEST12345698765432',
	'NO9386011117947',
	'MT84MALT011000012345MTLCAST001S',
	'FR1420041010050500013M02606',
];
const SEPARATORS = [
	...['', ' ', '-', '.', '\u00a0', '  ', '–', '\u200b'],
	// The dashes of other keyboards, and what copying from a PDF, a chat or a right-to-left text brings along.
	...['\u2043', '\ufe58', '\ufe63', '\uff0d'],
	...[
		'\u00ad',
		'\u061c',
		'\u180e',
		'\u200e',
		'\u200f',
		'\u202a',
		'\u202e',
		'\u2064',
		'\u2066',
		'\u2069',
		'\ufe0f',
	],
];

/** An independent reading of ISO/IEC 7812: doubles every second digit from the right. */
function passesLuhn(digits: string): boolean {
	const values = [...digits].reverse().map((digit, place) => {
		const [tens, ones] = String(Number(digit) * (place % 2 ? 2 : 1)).padStart(2, '0');
		return Number(tens) + Number(ones);
	});
	return values.reduce((sum, value) => sum + value, 0) % 10 === 0;
}

function withCheckDigit(digits: string): string {
	return [...'0123456789'].map((digit) => digits + digit).find(passesLuhn)!;
}

/** An independent reading of ISO 13616, with one large number. */
function ibanOf(country: string, account: string): string {
	const number = [...`${account}${country}00`].map((character) => parseInt(character, 36)).join('');
	return `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${account}`;
}

function grouped(text: string, size: number, separator: string): string {
	return text.match(new RegExp(`.{1,${size}}`, 'g'))!.join(separator);
}

const kinds = (text: string) => findSensitiveNumbers(text).map(({ kind }) => kind);

const cards = fc
	.stringMatching(/^[2-9][0-9]{11,17}$/)
	.map(withCheckDigit)
	.filter((digits) => digits.length >= 13);
const ibans = fc.constantFrom(...ibanLengths).chain(([country, length]) =>
	fc
		.array(fc.constantFrom(...'ABCXYZ0123456789'), {
			minLength: length - 4,
			maxLength: length - 4,
		})
		.map((account) => ibanOf(country, account.join(''))),
);

describe('findSensitiveNumbers', () => {
	it.each(CARDS)('finds the card number %s in every way of writing it', (card) => {
		for (const separator of SEPARATORS) {
			for (const size of [4, 6]) {
				const written = grouped(card, size, separator);
				expect(findSensitiveNumbers(`card ${written}, paid`)).toEqual([
					{
						kind: 'card number',
						start: 5,
						end: 5 + written.length,
						masked: `**** **** **** ${card.slice(-4)}`,
					},
				]);
			}
		}
	});

	it('finds the shortest number at the very end of a text', () => {
		expect(kinds('4222222222222')).toEqual(['card number']);
		expect(kinds('card 4222222222222')).toEqual(['card number']);
		expect(kinds('no9386011117947')).toEqual(['IBAN']);
		expect(kinds('to NO9386011117947')).toEqual(['IBAN']);
	});

	it.each(['IBAN', 'iban', 'Iban '])('finds an IBAN behind the word "%s", however wide', (word) => {
		const iban = grouped('NO9386011117947', 1, ' - ');
		expect(findSensitiveNumbers(`${word}${iban}`)).toMatchObject([
			{ kind: 'IBAN', start: word.length, end: word.length + iban.length },
		]);
		expect(findSensitiveNumbers(`x${word.trim()}${iban}`)).toEqual([]);
	});

	it.each(IBANS)('finds the IBAN %s in every way of writing it', (iban) => {
		for (const separator of SEPARATORS) {
			const written = grouped(iban, 4, separator).toLowerCase();
			expect(findSensitiveNumbers(`pay to ${written} please`)).toEqual([
				{
					kind: 'IBAN',
					start: 7,
					end: 7 + written.length,
					masked: `${iban.slice(0, 2)}** **** **** ${iban.slice(-4)}`,
				},
			]);
		}
	});

	it.each([
		'IBANDE89370400440532013000',
		'IBAN: DE89370400440532013000',
		'iban_DE89370400440532013000',
	])('finds an IBAN that its name stands before: %s', (text) => {
		expect(kinds(text)).toEqual(['IBAN']);
	});

	it('finds an IBAN whose characters all stand apart', () => {
		expect(kinds([...IBANS[0]!].join('  '))).toEqual(['IBAN']);
		expect(kinds([...IBANS[0]!].join('   '))).toEqual(['IBAN']);
	});

	it('finds several, in the order in which they stand there', () => {
		const text = `${CARDS[0]!};${IBANS[0]!};${CARDS[1]!};${IBANS[1]!}`;
		expect(kinds(text)).toEqual(['card number', 'IBAN', 'card number', 'IBAN']);
	});

	it('finds a card number beside a date and after another number', () => {
		expect(maskSensitiveNumbers('2026-11-29 4111 1111 1111 1111')).toBe(
			'2026-11-29 **** **** **** 1111',
		);
		expect(maskSensitiveNumbers('12 4111 1111 1111 1111')).toBe('12 **** **** **** 1111');
	});

	it('masks as one what could be read as two overlapping card numbers', () => {
		expect(maskSensitiveNumbers('2026-11-30 4111 1111 1111 1111.')).toBe(
			'2026-11-**** **** **** 1111.',
		);
	});

	it.each([
		['a wrong check digit', '4111111111111112'],
		['too few digits', '411111111116'],
		['too many digits', '41111111111111111113'],
		['a padded number', '0000000000000000'],
		['a time in milliseconds that passes Luhn', withCheckDigit('170000000000')],
		['two dates side by side', '2026-11-30 2026-12-06'],
		['digits far apart', '4111 1111     1111 1111'],
		['an IBAN with a wrong check digit', 'DE88370400440532013000'],
		['an IBAN that is too short', 'DE8937040044053201300'],
		['an IBAN that goes on', 'DE893704004405320130001'],
		['a country without IBANs', 'US89370400440532013000'],
		['an IBAN inside a word', 'XXDE89370400440532013000'],
		['an amount', '210.00'],
	])('does not count %s', (_what, text) => {
		expect(findSensitiveNumbers(text)).toEqual([]);
	});

	it('finds every generated card number, however it is grouped and whatever stands around it', () => {
		const around = fc.string({ unit: fc.constantFrom(...'abcä!?/, \n') });
		fc.assert(
			fc.property(
				cards,
				fc.integer({ min: 1, max: 8 }),
				fc.constantFrom(...SEPARATORS),
				around,
				around,
				(card, size, separator, before, after) => {
					const written = grouped(card, size, separator);
					const shown = maskSensitiveNumbers(`${before}${written}${after}`);
					expect(shown).toBe(`${before}**** **** **** ${card.slice(-4)}${after}`);
				},
			),
		);
	});

	it('finds every generated IBAN of every country', () => {
		fc.assert(
			fc.property(ibans, fc.constantFrom(...SEPARATORS), (iban, separator) => {
				expect(kinds(`to ${grouped(iban, 4, separator)}.`)).toEqual(['IBAN']);
			}),
			{ numRuns: 500 },
		);
	});

	it('leaves nothing to find in what it masked, and reads any text', () => {
		const digits = fc.string({ unit: fc.constantFrom(...'0123456789 -.DEGB'), maxLength: 80 });
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits), (text) => {
				for (const { start, end } of findSensitiveNumbers(text)) {
					expect(end - start).toBeGreaterThanOrEqual(13);
				}
				expect(findSensitiveNumbers(maskSensitiveNumbers(text))).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});

	it('reads a very long text of digits and letters in one go', () => {
		for (const part of ['1 ', '4111-', 'de12 ', '9', 'DE']) {
			expect(findSensitiveNumbers(`${part.repeat(100_000)} ${IBANS[0]!}`).pop()?.kind).toBe('IBAN');
		}
	});
});
