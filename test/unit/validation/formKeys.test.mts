import { describe, expect, it } from '@jest/globals';
import { formKeyErrors, unsafeFormKeys } from '../../../nodes/Imburse/validation/formKeys.ts';

describe('unsafeFormKeys', () => {
	it.each([
		...['a[b', 'a]', '[]', 'a[b]', '[a', 'a.b', '.', 'a ', ' a', 'a  b', '+', 'a+b', 'a&b', 'a=b'],
		...[
			'%5B',
			'a%',
			'__proto__',
			'constructor',
			'toString',
			'',
			' ',
			'a\tb',
			'a\nb',
			'a;b',
			'\ufeffa',
		],
		...['a\u00a0b', 'a#b', '😀'],
	])('finds %p', (key) => {
		expect(unsafeFormKeys(['ok', key])).toEqual([key]);
	});

	it.each(['claimNumber', 'claim-number', 'claim_number', 'Branch 7', 'Straße', '0', '番号'])(
		'takes %p',
		(key) => {
			expect(unsafeFormKeys([key])).toEqual([]);
		},
	);

	it('finds the second of two that differ in capital and small letters', () => {
		expect(unsafeFormKeys(['Claim', 'branch', 'claim'])).toEqual(['claim']);
	});

	it('says what to do', () => {
		expect(formKeyErrors(['a[b'], 'Metadata')).toEqual([
			{
				field: 'Metadata > a[b',
				reason: 'in a form-encoded body the key may be read as another one',
				fix: 'Set Body Format to JSON in the Imburse credential, or give the key letters, digits, "-" and "_" only.',
			},
		]);
	});
});
