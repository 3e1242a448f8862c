import { expect, it } from '@jest/globals';
import { findIbans } from '../../../nodes/Imburse/validation/ibans.ts';

it.each<[string, string[]]>([
	['DE89370400440532013000', ['DE89370400440532013000']],
	['to DE89 3704 0044 0532 0130 00, please', ['DE89370400440532013000']],
	['IBAN DE89370400440532013000', ['DE89370400440532013000']],
	['IBANDE89370400440532013000', ['DE89370400440532013000']],
	['de89370400440532013000', ['DE89370400440532013000']],
	['DE88370400440532013000', []],
	['XDE89370400440532013000', []],
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
