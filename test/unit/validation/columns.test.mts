import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { COLUMN_FIELD_NAMES } from '../../../nodes/Imburse/validation/columnNames.ts';
import {
	claimingColumns,
	columnName,
	indexHeaders,
	matchingColumns,
} from '../../../nodes/Imburse/validation/columns.ts';

const match = (name: string, ...headers: string[]) => matchingColumns(name, indexHeaders(headers));

describe('a name of a column', () => {
	it.each([
		['Claim No', 'Claim No'],
		['claim_no', 'Claim No'],
		['CLAIM-NO', 'Claim No'],
		['claimNo', '\uFEFFClaim No'],
		['Claim No ', 'Claim  No'],
		['Zähler', 'Za\u0308hler'],
		['__proto__', '__proto__'],
		['PROTO', '__proto__'],
		['constructor', 'constructor'],
	])('%s means the column "%s"', (name, header) => {
		expect(match(name, 'Other', header)).toEqual([header]);
	});

	it.each(['Claim No.', 'Claim', 'Claim Nr', 'claim.no', 'toString', ''])(
		'"%s" does not mean the column "Claim No"',
		(name) => {
			expect(match(name, 'Claim No')).toEqual([]);
		},
	);

	it('means all that differ in their spelling alone, its own too', () => {
		expect(match('Amount', 'amount', 'x', 'Amount', 'a-mount')).toEqual([
			'amount',
			'Amount',
			'a-mount',
		]);
	});

	it('is found whatever other columns there are', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.string()), fc.nat(), (headers, at) => {
				const name = headers[at % headers.length];
				if (name === undefined) return;
				expect(match(name, ...headers)).toContain(name);
			}),
		);
	});

	it('means the same columns for every spelling of one name', () => {
		const separators = fc.stringMatching(/^[ _-]{0,3}$/);
		fc.assert(
			fc.property(fc.array(fc.string()), separators, separators, (headers, before, between) => {
				const spelt = `${before}CLAIM${between}no`;
				expect(match(spelt, 'Claim No', ...headers)).toEqual(
					match('claim_no', 'Claim No', ...headers),
				);
			}),
		);
	});
});

describe('the columns that say what they hold', () => {
	it('are those that differ from such a name in their spelling alone, too', () => {
		expect(claimingColumns('amount', indexHeaders(['Amount', 'a_mount']))).toEqual([
			'Amount',
			'a_mount',
		]);
		expect(claimingColumns('amount', indexHeaders(['a_mount']))).toEqual([]);
	});

	it('of an amount, a direction and a currency have their very name', () => {
		fc.assert(
			fc.property(fc.string(), (header) => {
				for (const name of ['direction', 'currency'] as const) {
					const isClaimed = claimingColumns(name, indexHeaders([header])).length > 0;
					expect(isClaimed).toBe(header.toLowerCase() === name);
				}
			}),
		);
	});

	it('are among the columns that there are', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), (headers) => {
				for (const name of COLUMN_FIELD_NAMES) {
					for (const one of claimingColumns(name, indexHeaders(headers))) {
						expect(headers).toContain(one);
					}
				}
			}),
		);
	});
});

describe('a name that the editor wrote', () => {
	it.each([
		["['Claim No']", 'Claim No'],
		['["Claim No"]', 'Claim No'],
		["['it\\'s']", "it's"],
		["['a [b]']", 'a [b]'],
		['Claim No', 'Claim No'],
		[' Claim No ', ' Claim No '],
		['[Claim No]', '[Claim No]'],
		['[\'a"]', '[\'a"]'],
		['', ''],
	])('%s is the column "%s"', (text, name) => {
		expect(columnName(text)).toBe(name);
	});
});
