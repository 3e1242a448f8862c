import { describe, expect, it } from '@jest/globals';
import { lostZeroHints } from '../../../nodes/Imburse/validation/metadataColumns.ts';

const hints = (...values: string[]) =>
	lostZeroHints(
		values.map((claim) => ({ claim, branch: 'North' })),
		'Metadata',
	);

describe('lostZeroHints', () => {
	it.each([
		[['00471', '472'], '00471', '472'],
		[['472', '00471', '9', '10472'], '00471', '9'],
		[['07', '5', '0012'], '0012', '5'],
	])('says once of %j that zeros may be lost', (values, padded, bare) => {
		expect(hints(...values)).toEqual([
			`Metadata > claim: some items have zeros in front ("${padded}"), others a shorter number ("${bare}"). A spreadsheet may have taken the zeros away: format the column as text.`,
		]);
	});

	it.each([
		[['00471', '10472']],
		[['471', '472', '4711']],
		[['00471', '00472']],
		[['00471', 'CLM-4']],
		[['0', '5']],
		[['0.5', '5']],
		[['00471', '47.2']],
		[[]],
	])('has nothing to say of %j', (values) => {
		expect(hints(...values)).toEqual([]);
	});

	it('keeps keys apart', () => {
		expect(lostZeroHints([{ a: '00471', b: '5' }, { b: '6' }], 'M')).toEqual([]);
		expect(lostZeroHints([{ ['__proto__']: '00471' }, { ['__proto__']: '5' }], 'M')).toHaveLength(
			1,
		);
	});
});
