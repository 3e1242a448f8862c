import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { referenceHints } from '../../../nodes/Imburse/validation/referenceHints.ts';

const hint = (look: string) => [
	`looks like ${look}. If it is made anew on each run, the same data is paid again.`,
];

describe('referenceHints', () => {
	it.each([
		...['1796000000000', 'CLM-1796000000000', '1796000000', 'P_1764325396.1', '20261128102316'],
		...['2026-11-28T10-23-16', '20261128T102316123Z', '20261128T1023', '2026-11-28-10-23-16'],
		...['CLM-20261128-102316', '2026.11.28_10.23.16'],
	])('takes %p for a time stamp', (reference) => {
		expect(referenceHints(reference)).toEqual(hint('a time stamp'));
	});

	it.each([
		...['a3bb189e-8bf9-4888-9912-ace4e6543002', 'CLM-A3BB189E8BF948889912ACE4E6543002'],
		...['01890a5d-ac96-774b-bcce-b302099a8057', '01ARZ3NDEKTSV4RRFFQ69G5FAV', randomUUID()],
	])('takes %p for a random ID', (reference) => {
		expect(referenceHints(reference)).toEqual(hint('a random ID'));
	});

	it.each(['P-48213', '48213', 'CLM-48213-1', 'exec48213'])(
		'finds the number of the execution in %p',
		(reference) => {
			expect(referenceHints(reference, '48213')).toEqual(hint('the number of this execution'));
			expect(referenceHints(reference, '48214')).toEqual([]);
			expect(referenceHints(reference)).toEqual([]);
		},
	);

	it.each([
		...['CLM-17', 'CLM-2026-0017', '20261128-0017', '2026-11-28', '0017960000', '4711000000'],
		...[
			'9796000000000',
			'12345678901234567890',
			'a3bb189e-8bf9-5888-9912-ace4e6543002',
			'CLM-148213',
		],
		...['CLM-1.0.0', '1.0.0-2', 'v2.1.0', 'CLM-5.01-1', '5012.0A'],
		...['20261328102316', '2026-11-28-17', 'CUSTOMER-REFERENCE-0000001', ''],
	])('has nothing to say of %p', (reference) => {
		expect(referenceHints(reference, '48213')).toEqual([]);
	});

	it.each(['CLM-5012.0', 'CLM-5012.', 'A7.00', 'CLM-5012.0-1', '5012.00_A', 'CLM.5012.0', '7.0.A'])(
		'knows that %p may come without its end',
		(text) => {
			expect(referenceHints(text)).toEqual([
				'holds a number that a spreadsheet may have taken for a decimal. Without the point and zeros it is another payment.',
			]);
		},
	);

	it('leaves the small number of an execution to the claims', () => {
		expect(referenceHints('CLM-57', '57')).toEqual([]);
		expect(referenceHints('CLM-abc', 'abc')).toEqual([]);
	});

	it('takes any reference, at once', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[0-9a-fTZ\-_.]{0,50}$/), (reference) => {
				expect(referenceHints(reference, '4821').length).toBeLessThan(3);
			}),
		);
	});
});
