import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import currencyCodes from 'currency-codes';
import { countries } from '../../../nodes/Imburse/validation/countries.ts';
import { currencies } from '../../../nodes/Imburse/validation/currencies.ts';
import { ibanLengths } from '../../../nodes/Imburse/validation/ibanLengths.ts';

describe('the generated tables', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'tables-'));
		execFileSync(process.execPath, [require.resolve('tsx/cli'), 'tools/makeTables.mts', folder]);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	it.each(['currencies.ts', 'countries.ts', 'ibanLengths.ts'])(
		'%s is what the packages say today (otherwise: npm run tables)',
		(file) => {
			const made = readFileSync(join(folder, file), 'utf8');
			expect(readFileSync(join('nodes/Imburse/validation', file), 'utf8')).toBe(made);
		},
	);
});

describe('the currencies', () => {
	it('have the minor units that a second package knows from ISO 4217 itself', () => {
		for (const { code, digits } of currencyCodes.data) {
			const minorUnits = currencies.get(code)?.minorUnits;
			if (minorUnits !== undefined) expect([code, minorUnits]).toEqual([code, digits]);
		}
		expect([...currencies.keys()].filter((code) => !currencyCodes.code(code))).toEqual([
			'XAD',
			'XCG',
		]);
	});

	it.each(['XAU', 'XAG', 'XPT', 'XPD', 'XDR', 'XTS', 'XXX', 'XSU', 'XUA', 'DEM'])(
		'leave out %s, in which nobody is paid',
		(code) => {
			expect(currencies.has(code)).toBe(false);
		},
	);
});

describe('the countries', () => {
	it('are all that ISO 3166-1 assigns, without those that others add', () => {
		expect(countries.size).toBe(249);
		expect(['UK', 'EU', 'XK'].filter((code) => countries.has(code))).toEqual([]);
	});
});

describe('the lengths of IBANs', () => {
	it.each([
		['NO', 15],
		['DE', 22],
		['GB', 22],
		['CH', 21],
		['FR', 27],
		['MT', 31],
	])('know %s', (country, length) => {
		expect(ibanLengths.get(country)).toBe(length);
	});
});
