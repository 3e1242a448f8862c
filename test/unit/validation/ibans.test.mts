import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findIbans } from '../../../nodes/Imburse/validation/ibans.ts';

it.each<[string, string[]]>([
	['DE89370400440532013000', ['DE89370400440532013000']],
	['to DE89 3704 0044 0532 0130 00, please', ['DE89370400440532013000']],
	['IBAN DE89370400440532013000', ['DE89370400440532013000']],
	['IBANDE89370400440532013000', ['DE89370400440532013000']],
	['de89370400440532013000', ['DE89370400440532013000']],
	['DE88370400440532013000', []],
	['XDE89370400440532013000', []],
	['XXIBANDE89370400440532013000', []],
	['ıbanDE89370400440532013000', []],
	['of 20, is 20 or no 93', []],
	['DE12 NO9386011117947', ['NO9386011117947']],
	['NO9386011117947 DE89370400440532013000', ['NO9386011117947', 'DE89370400440532013000']],
	['NO9386011117947, DE89370400440532013000', ['NO9386011117947', 'DE89370400440532013000']],
	['NO93 8601 1117 947x', []],
	['NO93 8601 1117 947 x', ['NO9386011117947']],
	['N\tO\t9\t3\t8601\t1117\t947', ['NO9386011117947']],
	['N   O   9   3   8   6   0   1   1117   947', ['NO9386011117947']],
	['mt84 malt 0110 0001 2345 mtlc ast0 01s', ['MT84MALT011000012345MTLCAST001S']],
	['GB71 NO93 8601 1117 947 123', ['GB71NO9386011117947123']],
	['NO93    8601 1117 947', []],
	['NO93 8601 _ 1117 947', []],
	['no digit at all', []],
	['', []],
])('finds in %j the IBANs %j', (text, ibans) => {
	expect(findIbans(text).map(({ iban }) => iban)).toEqual(ibans);
});

it('says where each stands', () => {
	const text = 'IBAN DE89370400440532013000 and GB29 NWBK 6016 1331 9268 19.';
	expect(findIbans(text).map(({ start, end }) => text.slice(start, end))).toEqual([
		'DE89370400440532013000',
		'GB29 NWBK 6016 1331 9268 19',
	]);
});

it('never goes on behind another character, whatever the check digits are', () => {
	for (let digits = 10; digits < 100; digits++) {
		expect(findIbans(`NO${digits} 8601_111794`)).toEqual([]);
		expect(findIbans(`NO${digits} 8601    111794`)).toEqual([]);
	}
});

it('finds one at the end of a text of any length', () => {
	for (let length = 990; length < 1040; length++) {
		const text = `AT12 ${'x'.repeat(length)} NO9386011117947`;
		expect(findIbans(text)).toMatchObject([{ end: text.length, iban: 'NO9386011117947' }]);
	}
});

it('finds one behind a thousand that are none', () => {
	for (const begun of ['DE12 ', 'AT12 ', ' LC12', 'de 1-2 x,']) {
		const text = `${begun.repeat(1000)}, GB29 NWBK 6016 1331 9268 19`;
		expect(findIbans(text)).toEqual([
			{ start: text.length - 27, end: text.length, iban: 'GB29NWBK60161331926819' },
		]);
	}
});

it('finds what a slow search finds that tries every place', () => {
	const unit = fc.constantFrom(
		...'NO93860111179478611 -,xA',
		'NO93',
		'IBAN',
		'8601 1117 947',
		'   ',
	);
	const iban = fc.constantFrom('NO9386011117947', 'no93 8601 1117 947', 'NO 93-86-01-11-17-947');
	const text = fc
		.array(fc.oneof(iban, fc.string({ unit, maxLength: 8 })), { maxLength: 6 })
		.map((parts) => parts.join(''));
	fc.assert(
		fc.property(text, (searched) => {
			expect(findIbans(searched).map(({ start, end }) => [start, end])).toEqual(
				slowlyFound(searched),
			);
		}),
		{ numRuns: 2000 },
	);
});

/** Of Norway, whose IBANs are the shortest: 15 characters. */
function slowlyFound(text: string): number[][] {
	const found: number[][] = [];
	const written =
		/^N[ -]{0,3}O[ -]{0,3}[0-9](?:[ -]{0,3}[0-9])(?:[ -]{0,3}[A-Z0-9]){11}(?![A-Z0-9])/i;
	for (let start = 0; start < text.length; start++) {
		const before = text.slice(0, start);
		if (/[a-z0-9]$/i.test(before) && !/(?<![a-z0-9])iban$/i.test(before)) continue;
		const [match] = written.exec(text.slice(start)) ?? [];
		if (match === undefined || !hasCheckDigits(match.replace(/[ -]/g, ''))) continue;
		found.push([start, start + match.length]);
		start += match.length - 1;
	}
	return found;
}

function hasCheckDigits(iban: string): boolean {
	const moved = `${iban.slice(4)}${iban.slice(0, 4)}`;
	return BigInt([...moved].map((one) => parseInt(one, 36)).join('')) % 97n === 1n;
}
