import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findCardNumbers } from '../../../nodes/Imburse/validation/cardNumbers.ts';

const found = (text: string) =>
	findCardNumbers(text).map(({ start, end }) => text.slice(start, end));

describe('findCardNumbers', () => {
	it.each<[string, string[]]>([
		['4111111111111111', ['4111111111111111']],
		['card 4111 1111 1111 1111, paid', ['4111 1111 1111 1111']],
		['4111 1111 1111 1111; 5500-0000-0000-0004', ['4111 1111 1111 1111', '5500-0000-0000-0004']],
		['4 2 2 2 2 2 2 2 2 2 2 2 2', ['4 2 2 2 2 2 2 2 2 2 2 2 2']],
		['4111 - 1111 - 1111 - 1111', ['4111 - 1111 - 1111 - 1111']],
		['4111    1111    1111    1111', []],
		['4111 1111 1111-1111', []],
		['4111111111111112', []],
		['1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', []],
		['x4222222222222', ['4222222222222']],
		['words, 4222222222222', ['4222222222222']],
		['4222222222222, words', ['4222222222222']],
		['4111\t1111\t1111\t1111', ['4111\t1111\t1111\t1111']],
		['4111- 1111 -1111- 1111', []],
		['  4111 1111 1111 1111', ['4111 1111 1111 1111']],
		['- 4111 1111 1111 1111', ['4111 1111 1111 1111']],
		[`${'1 '.repeat(60)}4 2 2 2 2 2 2 2 2 2 2 2 2`, ['4 2 2 2 2 2 2 2 2 2 2 2 2']],
		['4111111111111111a5500000000000004', ['4111111111111111', '5500000000000004']],
		['        \t   ', []],
		['', []],
	])('finds in %j %j', (text, numbers) => {
		expect(found(text)).toEqual(numbers);
	});

	it('counts numbers that overlap as one, with the last digits of the last', () => {
		// Of fours, each 17 are a card number.
		const text = '4 '.repeat(40).trim();
		expect(findCardNumbers(text)).toEqual([{ start: 0, end: text.length, lastDigits: '4444' }]);
	});

	it('takes the last digits from the number, not from what stands behind it', () => {
		expect(findCardNumbers('4111111111111111,6')).toMatchObject([{ lastDigits: '1111' }]);
	});

	it.each([
		['begins before another and ends behind it', '835963213679830'],
		['overlaps two others', '7012101113130801010100101130'],
	])('joins a number that %s', (_what, digits) => {
		const text = [...digits].join(' ');
		expect(found(text)).toEqual([text]);
	});

	it('tells separators apart that look alike', () => {
		expect(found('4111 1111\u00a01111 1111')).toEqual([]);
		expect(found('4111\u2010\u20101111\u2010\u20101111\u2010\u20101111')).toHaveLength(1);
		expect(found('4111\u2010\u20111111\u2011\u20101111\u2010\u20111111')).toEqual([]);
	});

	it('knows nothing of the text before', () => {
		expect(found('4111 1111 1111')).toEqual([]);
		expect(found('1111')).toEqual([]);
		expect(found('1111 4111 1111 1111 1111')).toEqual(['4111 1111 1111 1111']);
	});

	it('finds what a slow search finds that tries every part of the text', () => {
		const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 45 });
		const spaced = fc
			.tuple(
				fc.string({ unit: fc.constantFrom(...'1234588'), minLength: 12, maxLength: 45 }),
				fc.integer({ min: 1, max: 6 }),
				fc.constantFrom('', ' ', '-', '\u00a0', ' - ', '    '),
			)
			.map(([text, size, separator]) =>
				text.match(new RegExp(`.{1,${size}}`, 'g'))!.join(separator),
			);
		const anything = fc.string({ unit: fc.constantFrom(...'4444 5-.x\u2010😀'), maxLength: 60 });
		const texts = fc.array(fc.oneof(digits, spaced, anything), { maxLength: 3 });
		fc.assert(
			fc.property(texts, fc.constantFrom('', ' ', ', '), (parts, between) => {
				const text = parts.join(between);
				expect(found(text)).toEqual(slowlyFound(text));
			}),
			{ numRuns: 500 },
		);
	});
});

/** The rule as it is told: every part of the text is tried, and what overlaps is joined. */
function slowlyFound(text: string): string[] {
	const covered = new Set<number>();
	const joined = new Set<number>();
	for (let start = 0; start < text.length; start++) {
		for (let end = start + 13; end <= Math.min(text.length, start + 73); end++) {
			if (!isCardNumber(text, start, end)) continue;
			for (let at = start; at < end; at++) covered.add(at);
			for (let at = start; at < end - 1; at++) joined.add(at);
		}
	}
	const parts: string[] = [];
	for (let at = 0; at < text.length; at++) {
		if (!covered.has(at)) continue;
		if (at > 0 && joined.has(at - 1)) parts.push(`${parts.pop()}${text[at]}`);
		else parts.push(text[at]!);
	}
	return parts;
}

function isCardNumber(text: string, start: number, end: number): boolean {
	if (!isDigit(text, start) || !isDigit(text, end - 1)) return false;
	if (isDigit(text, start - 1) || isDigit(text, end)) return false;
	const part = text.slice(start, end);
	const digits = part.replace(/[^0-9]/g, '');
	const separators = part.match(/[^0-9]+/g) ?? [];
	return (
		/^[2-9]/.test(part) &&
		digits.length >= 13 &&
		digits.length <= 19 &&
		new Set(separators).size < 2 &&
		separators.every((one) => /^[-.\s\u2010]{1,3}$/.test(one)) &&
		luhnSum(digits) % 10 === 0
	);
}

function isDigit(text: string, at: number): boolean {
	return '0123456789'.includes(text.charAt(at) || 'none');
}

function luhnSum(digits: string): number {
	return [...digits].reverse().reduce((sum, digit, place) => {
		const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
		return sum + (value > 9 ? value - 9 : value);
	}, 0);
}
